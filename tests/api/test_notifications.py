"""One's own reminders and settings, and pausing a due re-check."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import reminders
from claims.models import NotificationSettings, PersonChannel
from tests.api.conftest import caller, is_problem
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/notifications"


@pytest.fixture
def due(api):
    """A re-check of the caller's that is due now, with its reminders made."""
    claim = make_claim(text="The bridge is closed.")
    publish(claim, by=api.user)
    claim.rechecks.update(due_at=timezone.now())
    reminders.remind_due(at=timezone.now())
    return claim.rechecks.get()


def tomorrow(number=1):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def ids(response):
    assert response.status_code == 200, response.content
    return [row["channel"] for row in response.json()["results"]]


def test_ones_own_are_listed(api, due):
    publish(make_claim(), by=make_user())
    row = api.get("/reminders?channel=inbox").json()["results"][0]
    assert (row["recheck"], row["claim_text"], row["stage"]) == (due.pk, "The bridge is closed.", "due")
    assert (row["waiting"], row["read_at"]) == (False, None)
    assert ids(caller().get("/reminders")) == []


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 2), ("?stage=due", 2), ("?stage=stale", 0), ("?channel=email", 1), ("?unread=false", 0),
     ("?recheck={recheck}", 2), ("?recheck=999", 0), ("?limit=1", 1)],
)  # fmt: skip
def test_each_filter(api, due, query, number):
    assert len(ids(api.get("/reminders" + query.format(recheck=due.pk)))) == number


def test_settings_as_they_are_without_any(api):
    read = api.get(SETTINGS).json()
    assert (read["time_zone"], read["rhythm"], read["quiet_from"]) == ("", "at_once", None)
    assert [(one["name"], one["on"]) for one in read["channels"]] == [
        ("email", True), ("webhook", False), ("slack", False),
    ]  # fmt: skip
    assert not NotificationSettings.objects.exists()


def test_settings_are_changed_in_part(api):
    api.patch(SETTINGS, {"quiet_from": "22:00", "quiet_until": "07:00", "time_zone": "Europe/Kyiv"})
    answer = api.patch(SETTINGS, {"rhythm": "weekly"}).json()
    assert (answer["quiet_from"], answer["time_zone"], answer["rhythm"]) == ("22:00", "Europe/Kyiv", "weekly")
    assert api.patch(SETTINGS, {"quiet_from": None, "quiet_until": None}).json()["quiet_until"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_hour": "8"}, "digest_hour"),
        ({"digest_weekday": 7}, "digest_weekday"),
        ({"dsk": True}, "dsk"),
        ({"channels": [{"name": "webhook", "on": True}]}, "address"),
        ({"channels": [{"name": "webhook", "on": True, "address": "http://10.0.0.1/"}]}, "address"),
    ],
)
def test_what_cannot_be_is_refused_by_name(api, body, field):
    is_problem(api.patch(SETTINGS, body), 422, field=field)


def test_all_of_it_or_nothing(api):
    body = {"desk": True, "channels": [{"name": "slack", "on": True, "address": "http://localhost/"}]}
    is_problem(api.patch(SETTINGS, body), 422, field="address")
    assert not NotificationSettings.objects.exists()
    assert not PersonChannel.objects.exists()


def test_a_channel_is_turned_on_and_its_password_not_told(api):
    channel = {"name": "slack", "on": True, "address": "https://hooks.example/T1/hush"}
    answer = api.patch(SETTINGS, {"channels": [channel]})
    assert {"name": "slack", "on": True, "address": "https://hooks.example/…"}.items() <= answer.json()[
        "channels"
    ][2].items()
    assert b"hush" not in api.get(SETTINGS).content


def test_a_key_that_only_reads_changes_nothing():
    is_problem(caller("reviewer", "read").patch(SETTINGS, {"desk": True}), 403, "no_scope")


def test_a_due_one_is_snoozed_and_acknowledged(api, due):
    made = api.post(f"/rechecks/{due.pk}/snooze", {"until": tomorrow(2), "why": "The court decides."})
    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["number"]) == ("snooze", 1)
    assert api.get(f"/rechecks/{due.pk}").json()["quiet_until"] == made.json()["until"]
    again = api.post(f"/rechecks/{due.pk}/acknowledge", {"until": tomorrow(), "why": "Asked them."}).json()
    assert (again["kind"], again["by"]["username"]) == ("acknowledge", api.user.username)


@pytest.mark.parametrize("act", ["snooze", "acknowledge"])
def test_pauses_have_their_limits(api, due, act):
    is_problem(api.post(f"/rechecks/{due.pk}/{act}", {"until": tomorrow(50), "why": "x"}), 422, field="until")
    is_problem(api.post(f"/rechecks/{due.pk}/{act}", {"until": tomorrow(), "why": " "}), 422, field="why")
    due.due_at = NOW + days(9999)
    due.save()
    is_problem(api.post(f"/rechecks/{due.pk}/{act}", {"until": tomorrow(), "why": "x"}), 409, "not_due")
    other = caller("contributor")
    is_problem(other.post(f"/rechecks/{due.pk}/{act}", {"until": tomorrow(), "why": "x"}), 403, "not_allowed")


def test_the_policy_says_when_it_is_overdue_and_how_long_it_is_snoozed(api):
    policy = api.get("/rechecks/policy").json()
    assert (policy["overdue_after"], policy["stale_after"], policy["snooze_times"]) == (3, 30, 3)
