"""What I am told, when and where; unsubscribing and the calendar without signing in."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from claims import notifications, reminders
from claims.channels import webhook
from claims.models import NotificationSettings, PersonChannel, Recheck, User
from claims.unsubscribing import unsubscribe_link
from tests.factories import make_claim, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import words

PAGE = "/settings/notifications/"
WISHES = {
    "time_zone": "Europe/Kyiv", "quiet_from": "22:00", "quiet_until": "07:30", "rhythm": "weekly",
    "digest_hour": "9", "digest_weekday": "4",
}  # fmt: skip


@pytest.fixture
def due(ravi: User) -> Recheck:
    """A re-check of Ravi's that fell due a day ago."""
    claim = make_claim(text="The harbour bridge is closed, they say; open, others say.", volatility="fast")
    publish(claim, by=ravi, at=timezone.now() - timedelta(days=8))
    return Recheck.objects.get()


def test_hours_and_rhythm_are_kept(desk: Client, ravi: User) -> None:
    assert "Noted." in words(desk.post(PAGE, WISHES, follow=True))
    wishes = NotificationSettings.objects.get(person=ravi)
    assert (wishes.time_zone, wishes.quiet_from, wishes.quiet_until) == ("Europe/Kyiv", time(22), time(7, 30))
    assert (wishes.rhythm, wishes.digest_hour, wishes.digest_weekday, wishes.desk) == ("weekly", 9, 4, False)
    page = desk.get(PAGE).content.decode()
    assert 'value="22:00"' in page
    assert '<option value="Europe/Kyiv" selected>' in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Client) -> None:
    answer = desk.post(PAGE, WISHES | {"quiet_until": ""})
    assert answer.status_code == 422
    assert "Give both times of the quiet hours, or neither." in words(answer)
    assert 'value="22:00"' in answer.content.decode()


def test_every_field_has_its_label(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    fields = re.findall(r'<(?:input|select)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
    assert len(fields) == len(set(fields)) > 10
    assert set(fields) <= labelled


def test_a_webhook_is_turned_on_with_its_secret_shown(desk: Client) -> None:
    answer = desk.post(f"{PAGE}webhook/", {"is_on": "on", "address": "https://hooks.example/a"}, follow=True)
    assert "Webhook is on." in words(answer)
    assert PersonChannel.objects.get().secret in answer.content.decode()


def test_an_address_that_cannot_be_used_stays_in_its_field(desk: Client) -> None:
    answer = desk.post(f"{PAGE}slack/", {"is_on": "on", "address": "http://10.0.0.1/"})
    assert answer.status_code == 422
    assert "10.0.0.1 is not an address on the public internet." in words(answer)
    assert 'value="http://10.0.0.1/"' in answer.content.decode()
    assert desk.post(f"{PAGE}pigeon/", {"is_on": "on"}).status_code == 404


def test_a_test_is_sent_from_the_page(desk: Client, ravi: User) -> None:
    assert "The test went out." in words(desk.post(f"{PAGE}email/test/", {"next": PAGE}, follow=True))
    assert mail.outbox[0].to == [ravi.email]


def test_a_test_that_fails_says_why(desk: Client, ravi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> int:
        raise webhook.FetchError("http_status", "The site answered with status 404.", final=True)

    monkeypatch.setattr(webhook, "post", refuse)
    desk.post(f"{PAGE}webhook/", {"is_on": "on", "address": "https://hooks.example/a"})
    answer = desk.post(f"{PAGE}webhook/test/", {"next": PAGE}, follow=True)
    assert "The test did not go out. The site answered with status 404." in words(answer)
    assert "The last try failed" in words(desk.get(PAGE))


def test_a_channel_that_was_switched_off_is_told_in_the_inbox(desk: Client, ravi: User) -> None:
    PersonChannel.objects.create(
        person=ravi, name="slack", address="https://hooks.example/a", failure="No <such> site.",
        switched_off_at=timezone.now(),
    )  # fmt: skip
    assert "“Slack” was switched off" in words(desk.get("/inbox/"))
    assert "No <such> site." in words(desk.get("/inbox/"))
    desk.post(f"{PAGE}slack/", {"address": "https://hooks.example/a"})
    assert "was switched off" not in words(desk.get("/inbox/"))


def test_the_signed_link_asks_first_then_turns_mails_off(ravi: User, client: Client) -> None:
    link = unsubscribe_link(ravi).removeprefix("http://localhost:8000")
    page = client.get(link)
    assert "Turn mails off?" in words(page)
    assert not PersonChannel.objects.filter(is_on=False).exists()
    assert "Mails are off" in words(client.post(link))
    assert not PersonChannel.objects.get(person=ravi, name="email").is_on


def test_a_mail_program_unsubscribes_by_itself(ravi: User) -> None:
    """RFC 8058: a POST from somewhere else, without cookies, and no redirect in the answer."""
    link = unsubscribe_link(ravi).removeprefix("http://localhost:8000")
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not PersonChannel.objects.get(person=ravi).is_on


@pytest.mark.parametrize("change", [lambda link: link[:-3] + "xx/", lambda link: link.replace("/1", "/9")])
def test_a_link_that_was_tampered_with_does_nothing(ravi: User, client: Client, change) -> None:
    link = change(unsubscribe_link(ravi).removeprefix("http://localhost:8000").replace(f"/{ravi.pk}", "/1"))
    assert client.post(link).status_code == 404
    assert not PersonChannel.objects.exists()


def feed_of(person: User) -> str:
    return f"/calendar/{notifications.renew_calendar(person=person, by=person, at=timezone.now())}.ics"


def test_the_calendar_is_read_by_a_calendar_program(client: Client, due: Recheck, ravi: User) -> None:
    answer = client.get(feed_of(ravi))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["UID"] == f"recheck-{due.pk}@localhost"
    assert event.decoded("DTSTART") == due.due_at
    assert event.decoded("DURATION") == timedelta(minutes=30)
    assert str(event["SUMMARY"]).startswith("Re-check: The harbour bridge is closed, they say; open")
    assert f"/claims/{due.claim_id}/" in str(event["URL"])
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_an_event_keeps_its_uid_and_counts_its_changes(client: Client, due: Recheck, ravi: User) -> None:
    address = feed_of(ravi)
    before = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    due.due_at += timedelta(days=2)
    due.save()
    after = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client, due: Recheck, ravi: User) -> None:
    address = feed_of(ravi)
    etag = client.get(address).headers["ETag"]
    reminders.remind_due(at=timezone.now())
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    due.why = "Another reason."
    due.save()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_only_ones_own_open_ones_of_about_a_year(
    client: Client, due: Recheck, ravi: User, edith: User
) -> None:
    assert b"VEVENT" not in client.get(feed_of(edith)).content
    Recheck.objects.update(due_at=timezone.now() + timedelta(days=400))
    assert b"VEVENT" not in client.get(feed_of(ravi)).content


def test_the_address_is_shown_once_and_a_new_one_ends_it(desk: Client, client: Client, ravi: User) -> None:
    page = desk.post(f"{PAGE}calendar/", {"do": "renew"}).content.decode()
    found = re.search(r"http://localhost:8000(/calendar/[\w-]{43}\.ics)", page)
    assert found
    assert client.get(found[1]).status_code == 200
    assert found[1] not in desk.get(PAGE).content.decode()
    assert found[1][10:-4] not in str(NotificationSettings.objects.values())
    desk.post(f"{PAGE}calendar/", {"do": "renew"})
    assert client.get(found[1]).status_code == 404
    desk.post(f"{PAGE}calendar/", {"do": "end"})
    assert NotificationSettings.objects.get().calendar_hash == ""


@pytest.mark.parametrize("token", ["x", "x" * 43])
def test_a_calendar_that_is_nobodys(client: Client, db: None, token: str) -> None:
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def tomorrow(days: int = 1) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_due_one_is_acknowledged_and_snoozed_on_its_page(desk: Client, due: Recheck) -> None:
    page = f"/claims/{due.claim_id}/"
    assert "I am working on it" in words(desk.get(page))
    answer = desk.post(
        f"/rechecks/{due.pk}/acknowledge/", {"until": tomorrow(), "why": "Asked the <mayor>."}, follow=True
    )
    assert "Nobody is reminded until" in words(answer)
    assert "acknowledged until" in words(answer)
    assert "by Ravi Lind: Asked the <mayor>." in words(answer)
    desk.post(f"/rechecks/{due.pk}/snooze/", {"until": tomorrow(3), "why": "No answer yet."})
    history = words(desk.get(f"{page}history/"))
    assert "Ravi Lind added the pause of reminders" in history
    assert "No answer yet." in history


def test_a_pause_that_is_too_long_is_refused_with_what_was_typed(desk: Client, due: Recheck) -> None:
    answer = desk.post(f"/rechecks/{due.pk}/snooze/", {"until": tomorrow(60), "why": "Later."})
    assert answer.status_code == 422
    assert "Give a day from tomorrow to 14 days from now." in words(answer)
    assert 'value="Later."' in answer.content.decode()


def test_an_assigned_contributor_pauses_their_own(due: Recheck, carl: User) -> None:
    Recheck.objects.update(assignee=carl)
    contributor = browser_of(carl)
    assert "Snooze…" in words(contributor.get(f"/claims/{due.claim_id}/"))
    contributor.post(f"/rechecks/{due.pk}/snooze/", {"until": tomorrow(), "why": "In court."})
    assert Recheck.objects.get().quiet_until is not None
