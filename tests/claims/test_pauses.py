"""Not now, or I am on it: a due re-check keeps quiet for a while, with a reason and within limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction

from claims import audit, pauses, rechecks, reminders
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Recheck, RecheckPause, Reminder, User
from claims.policy import morning
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)  # NOW
WHY = "The court decides on Friday."


@pytest.fixture
def rita() -> User:
    return make_user(username="rita")


@pytest.fixture
def recheck(rita: User) -> Recheck:
    """Rita's, due now and told to her."""
    claim = make_claim()
    publish(claim, by=rita, approved_by=make_user("editor", username="edith"), at=NOW - days(20))
    claim.rechecks.update(due_at=NOW)
    sweep(NOW)
    return claim.rechecks.get()


def sweep(at: datetime) -> None:
    while reminders.remind_due(at=at):
        pass


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def inbox(person: User) -> int:
    return person.reminders.filter(channel="inbox").count()


def test_a_snoozed_one_reminds_again_on_the_morning_of_its_day(recheck: Recheck, rita: User) -> None:
    pause = pauses.snooze(recheck=recheck, until=day(2), why=WHY, by=rita, at=NOW)
    assert pause.until == morning(day(2))
    sweep(pause.until - timedelta(seconds=1))
    assert inbox(rita) == 1
    sweep(pause.until)
    sweep(pause.until + days(0.1))
    assert inbox(rita) == 2


def test_an_acknowledged_one_is_not_told_to_the_desk_until_then(recheck: Recheck, rita: User) -> None:
    edith = User.objects.get(username="edith")
    pauses.acknowledge(recheck=recheck, until=day(6), why=WHY, by=rita, at=NOW)
    sweep(NOW + days(5))
    assert inbox(edith) == 0
    sweep(morning(day(6)))
    assert Reminder.objects.get(person=edith, channel="inbox").stage == Reminder.Stage.OVERDUE


def test_the_claim_is_no_fresher_for_it(recheck: Recheck, rita: User) -> None:
    pauses.snooze(recheck=recheck, until=day(5), why=WHY, by=rita, at=NOW)
    assert Claim.objects.with_freshness(at=NOW + days(4)).get().freshness == "overdue"  # type: ignore[attr-defined]


def test_a_mail_that_waits_is_not_sent_in_a_pause(recheck: Recheck, rita: User) -> None:
    pauses.snooze(recheck=recheck, until=day(2), why=WHY, by=rita, at=NOW)
    while reminders.send_next(at=NOW):
        pass
    assert mail.outbox == []


@pytest.mark.parametrize("act", [pauses.snooze, pauses.acknowledge])
def test_a_reason_is_needed(act: object, recheck: Recheck, rita: User) -> None:
    with pytest.raises(Invalid) as refused:
        act(recheck=recheck, until=day(1), why="  ", by=rita, at=NOW)  # type: ignore[operator]
    assert refused.value.field == "why"


@pytest.mark.parametrize(
    ("act", "until"),
    [(pauses.snooze, 0), (pauses.snooze, -1), (pauses.snooze, 15), (pauses.acknowledge, 8)],
)
def test_no_longer_than_the_policy_says(act: object, until: int, recheck: Recheck, rita: User) -> None:
    with pytest.raises(Invalid, match="days from now") as refused:
        act(recheck=recheck, until=day(until), why=WHY, by=rita, at=NOW)  # type: ignore[operator]
    assert refused.value.field == "until"
    assert not RecheckPause.objects.exists()


def test_not_more_often_than_the_policy_says(recheck: Recheck, rita: User) -> None:
    for number in range(3):
        pauses.snooze(recheck=recheck, until=day(number + 1), why=WHY, by=rita, at=NOW + days(number))
    with pytest.raises(Conflict, match="3 times"):
        pauses.snooze(recheck=recheck, until=day(9), why=WHY, by=rita, at=NOW + days(5))
    pauses.acknowledge(recheck=recheck, until=day(9), why=WHY, by=rita, at=NOW + days(5))


def test_only_what_is_due_and_open(recheck: Recheck, rita: User) -> None:
    with pytest.raises(Conflict, match="not due"):
        pauses.snooze(recheck=recheck, until=day(1), why=WHY, by=rita, at=NOW - days(1))
    rechecks.record_outcome(recheck=recheck, outcome="still_so", by=rita, at=NOW)
    with pytest.raises(Conflict, match="meanwhile"):
        pauses.snooze(recheck=recheck, until=day(1), why=WHY, by=rita, at=NOW)


def test_ones_own_or_a_reviewer(recheck: Recheck) -> None:
    pauses.acknowledge(recheck=recheck, until=day(1), why=WHY, by=make_user("reviewer"), at=NOW)
    stranger = make_user("contributor")
    with pytest.raises(Forbidden):
        pauses.acknowledge(recheck=recheck, until=day(1), why=WHY, by=stranger, at=NOW)
    Recheck.objects.update(assignee=stranger)
    recheck.refresh_from_db()
    pauses.acknowledge(recheck=recheck, until=day(1), why=WHY, by=stranger, at=NOW)


def test_something_new_or_a_new_owner_ends_it(recheck: Recheck, rita: User) -> None:
    pauses.snooze(recheck=recheck, until=day(9), why=WHY, by=rita, at=NOW)
    rechecks.bring_forward(claim=recheck.claim, rule="source_gone", why="A source is gone.", at=NOW)
    sweep(NOW)
    assert inbox(rita) == 2
    pauses.snooze(recheck=recheck, until=day(9), why=WHY, by=rita, at=NOW)
    ines = make_user()
    rechecks.hand_over(recheck=recheck, assignee=ines, by=rita, at=NOW)
    sweep(NOW)
    assert inbox(ines) == 1


def test_it_stands_in_the_history_for_good(recheck: Recheck, rita: User) -> None:
    pauses.snooze(recheck=recheck, until=day(2), why=WHY, by=rita, at=NOW)
    entry = next(one for one in audit.trail(recheck.claim) if one.kind == "pause of reminders")
    assert (entry.verb, {edit.field: edit.after for edit in entry.edits}["why"]) == ("added", WHY)
    with pytest.raises(ProgrammingError), transaction.atomic():
        RecheckPause.objects.update(why="Never mind.")
    with pytest.raises(ProgrammingError), transaction.atomic():
        RecheckPause.objects.all().delete()
