"""Every page of the admin opens for whom it is meant, and for nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import keys
from claims.models import (
    BlindSwitch,
    Claimant,
    NotificationSettings,
    PersonChannel,
    RatingGate,
    RatingLabel,
    Recheck,
    Reminder,
    SavedView,
    Topic,
)
from sources.models import Check, Host, Publisher
from tests.admin.conftest import list_of, page
from tests.factories import (
    NOW,
    make_article,
    make_claim,
    make_evidence,
    make_snapshot,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

EVERYBODY = {"contributor", "reviewer", "editor", "administrator"}
LISTS = {
    ("claims", "article"): EVERYBODY,
    ("claims", "claim"): EVERYBODY,
    ("claims", "claimant"): EVERYBODY,
    ("claims", "evidence"): EVERYBODY,
    ("claims", "proposal"): EVERYBODY,
    ("claims", "verdict"): EVERYBODY,
    ("claims", "recheck"): EVERYBODY,
    ("claims", "policy"): EVERYBODY,
    ("claims", "ratinglabel"): EVERYBODY,
    ("claims", "ratinggate"): EVERYBODY,
    ("claims", "blindswitch"): EVERYBODY,
    ("claims", "correction"): EVERYBODY,
    ("claims", "topic"): EVERYBODY,
    ("claims", "savedview"): EVERYBODY,
    ("sources", "source"): EVERYBODY,
    ("sources", "snapshot"): EVERYBODY,
    ("sources", "check"): EVERYBODY,
    ("sources", "host"): EVERYBODY,
    ("sources", "publisher"): EVERYBODY,
    ("pghistory", "events"): EVERYBODY,
    ("claims", "user"): {"editor", "administrator"},
    ("auth", "group"): {"editor", "administrator"},
    ("claims", "apikey"): {"editor", "administrator"},
    ("claims", "reminder"): {"administrator"},
    ("claims", "notificationsettings"): {"administrator"},
    ("claims", "personchannel"): {"administrator"},
}
ADDING = {
    ("claims", "article"): EVERYBODY,
    ("claims", "evidence"): EVERYBODY,
    ("claims", "claimant"): EVERYBODY,
    ("sources", "source"): EVERYBODY,
    ("sources", "publisher"): EVERYBODY,
    ("claims", "ratinglabel"): {"editor", "administrator"},
    ("claims", "blindswitch"): {"editor", "administrator"},
    ("claims", "topic"): {"editor", "administrator"},
    ("claims", "ratinggate"): set(),
    ("claims", "correction"): set(),
    ("claims", "user"): {"administrator"},
    ("claims", "apikey"): {"administrator"},
    ("claims", "notificationsettings"): {"administrator"},
    ("claims", "personchannel"): set(),
    ("claims", "claim"): set(),
    ("claims", "proposal"): set(),
    ("claims", "verdict"): set(),
    ("claims", "policy"): set(),
    ("claims", "recheck"): set(),
    ("claims", "reminder"): set(),
    ("claims", "savedview"): set(),
    ("sources", "snapshot"): set(),
    ("sources", "check"): set(),
    ("sources", "host"): set(),
    ("auth", "group"): set(),
}


@pytest.fixture
def everything():
    """One row of each kind, by (app, model)."""
    claim = make_claim(make_article(), claimant=Claimant.objects.create(name="Ines Falk"))
    evidence = make_evidence(claim)
    publish(claim)
    verdict = publish(claim, "false", change="our_error")
    recheck = Recheck.objects.open().get()
    user = make_user()
    view = SavedView.objects.create(owner=user, name="New", query="state=new", shared=True)
    reminder = Reminder.objects.create(
        recheck=recheck,
        person=user,
        channel="inbox",
        text="The bridge is closed.",
        why="Look",
        due_at=NOW,
        created_at=NOW,
        not_before=NOW,
    )
    snapshot = make_snapshot(make_source())
    key, _ = keys.create(owner=user, name="wire", scopes=["read"], at=timezone.now())
    return {
        ("claims", "article"): claim.appearances.get().article,
        ("claims", "claim"): claim,
        ("claims", "claimant"): claim.claimant,
        ("claims", "evidence"): evidence,
        ("claims", "proposal"): verdict.proposal,
        ("claims", "verdict"): verdict,
        ("claims", "recheck"): recheck,
        ("claims", "ratinglabel"): RatingLabel.objects.create(name="Nonsense", rating="false"),
        ("claims", "ratinggate"): RatingGate.objects.get(rating="true"),
        ("claims", "blindswitch"): BlindSwitch.objects.create(set_by=user, set_at=NOW),
        ("claims", "correction"): verdict.correction,
        ("claims", "topic"): Topic.objects.create(name="Harbour"),
        ("claims", "savedview"): view,
        ("claims", "user"): user,
        ("claims", "apikey"): key,
        ("claims", "reminder"): reminder,
        ("claims", "notificationsettings"): NotificationSettings.objects.create(person=user),
        ("claims", "personchannel"): PersonChannel.objects.create(person=user, name="email"),
        ("auth", "group"): user.groups.get(),
        ("sources", "source"): evidence.source,
        ("sources", "snapshot"): snapshot,
        ("sources", "check"): Check.objects.create(
            source=make_source(), asked_at=NOW, not_before=NOW, scheduled=True
        ),
        ("sources", "host"): Host.objects.create(name="records.example", next_at=NOW, promised_at=NOW),
        ("sources", "publisher"): Publisher.objects.create(name="Harbour Gazette"),
    }


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_lists_and_rows_open_for_the_roles_that_may_see_them(client, enter, everything, role):
    enter(role)
    for (app, model), roles in LISTS.items():
        expected = 200 if role in roles else 403
        assert client.get(list_of(model, app=app)).status_code == expected, (role, model)
        if row := everything.get((app, model)):
            assert client.get(page(model, row.pk, app=app)).status_code == expected, (role, model)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_forms_for_new_rows_open_for_the_roles_that_may_add(client, enter, role):
    enter(role)
    for (app, model), roles in ADDING.items():
        expected = 200 if role in roles else 403
        assert client.get(page(model, what="add", app=app)).status_code == expected, (role, model)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_the_overview_and_the_side_bar_show_what_the_role_may_see(client, enter, role):
    enter(role)
    body = client.get(reverse("admin:index")).text
    for (app, model), roles in LISTS.items():
        assert (f'href="{list_of(model, app=app)}"' in body) == (role in roles), (role, model)


def test_nobody_enters_without_signing_in(client):
    answer = client.get(list_of("claim"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("login"))


def test_an_account_without_a_role_is_turned_away(client, enter):
    user = make_user(is_staff=False)
    user.groups.clear()
    enter(user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_a_role_is_enough_to_enter(client, enter):
    enter(make_user("contributor", is_staff=False))
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_administrator_cannot_change_a_superuser(client, enter):
    chief = make_user("administrator")
    enter("administrator")
    answer = client.post(page("user", chief.pk), {"username": "taken over"})
    assert answer.status_code == 403
    assert client.get(f"/admin/claims/user/{chief.pk}/password/").status_code == 403


def test_an_administrator_adds_a_person_with_a_role(client, enter):
    enter("administrator")
    role = make_user("contributor").groups.get()
    words = {
        "username": "nora",
        "password1": "a-long-phrase-7",
        "password2": "a-long-phrase-7",
        "groups": [role.pk],
    }
    assert client.post(page("user", what="add"), words).status_code == 302
    nora = role.user_set.get(username="nora")
    assert nora.check_password("a-long-phrase-7")
    assert not nora.is_superuser


def test_an_administrator_sets_what_somebody_is_told(client, enter):
    enter("administrator")
    nora = make_user()
    words = {
        "person": nora.pk,
        "time_zone": "Europe/Kyiv",
        "rhythm": "daily",
        "digest_hour": 7,
        "digest_weekday": 0,
    }
    assert client.post(page("notificationsettings", what="add"), words).status_code == 302
    wishes = NotificationSettings.objects.get(person=nora)
    assert (wishes.time_zone, wishes.rhythm) == ("Europe/Kyiv", "daily")
    refused = client.post(page("notificationsettings", wishes.pk), words | {"time_zone": "Nowhere"})
    assert "Give a time zone by its name" in refused.text
    wishes.refresh_from_db()
    assert wishes.time_zone == "Europe/Kyiv"


def test_an_address_with_a_password_in_it_is_not_shown_in_full(client, enter):
    enter("administrator")
    row = PersonChannel.objects.create(
        person=make_user(), name="slack", is_on=True, address="https://hooks.example/T1/hush"
    )
    assert "https://hooks.example/…" in client.get(page("personchannel", row.pk)).text
    assert "hush" not in client.get(page("personchannel", row.pk)).text
