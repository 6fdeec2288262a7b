"""The clock is set back and forward, summer time begins and ends: no reminder is early, lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from claims import reminders
from claims.models import Recheck, Reminder
from tests.factories import make_claim, make_user, publish

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 6, 0, tzinfo=UTC)
HOUR, STEP = timedelta(hours=1), timedelta(minutes=10)
LONG = 60  # steps


def sweep(at: datetime) -> None:
    reminders.take_back_messages(at=at)
    while reminders.remind_due(at=at):
        pass
    while reminders.send_next(at=at):
        pass


@pytest.fixture
def due() -> list[Recheck]:
    """One re-check every half hour."""
    person = make_user()
    for number in range(12):
        publish(make_claim(), by=person)
        claim_due = START + number * timedelta(minutes=30)
        Recheck.objects.filter(pk=Recheck.objects.latest("pk").pk).update(due_at=claim_due)
    return list(Recheck.objects.all())


def clock(jumps: dict[int, timedelta]) -> Iterator[datetime]:
    """The time of day at each step, with these jumps before some of them."""
    now = START - 6 * STEP
    for step in range(LONG):
        now += jumps.get(step, timedelta(0)) + STEP
        yield now


@pytest.mark.parametrize(
    "jumps",
    [
        {},
        {20: -HOUR},
        {20: HOUR},
        {10: HOUR, 12: -HOUR, 14: HOUR, 16: -HOUR, 30: -HOUR},
    ],
    ids=["steady", "back", "forward", "to and fro"],
)
def test_each_due_look_is_reminded_of_once_and_never_before_its_time(
    jumps: dict[int, timedelta], due: list[Recheck]
) -> None:
    for at in clock(jumps):
        sweep(at)
        early = Reminder.objects.filter(recheck__due_at__gt=at, created_at=at)
        assert not early.exists()
    for recheck in due:
        assert sorted(recheck.reminders.values_list("channel", flat=True)) == ["email", "inbox"]
    assert not Reminder.objects.filter(sent_at=None).exists()
    assert len(mail.outbox) == len({sent.message()["Message-ID"] for sent in mail.outbox}) == len(due)


def test_a_worker_that_dies_before_the_clock_is_set_back_leaves_its_mail_to_the_next(
    due: list[Recheck],
) -> None:
    while reminders.remind_due(at=START):
        pass
    Reminder.objects.filter(channel="email").update(
        work_state="running", attempts=1, lease_until=START + reminders.LEASE
    )
    sweep(START - HOUR)
    sweep(START - HOUR + STEP)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("zone", "decided"),
    [
        ("Europe/Berlin", date(2026, 3, 14)),  # summer time begins on 29 March, ends on 25 October
        ("Europe/Berlin", date(2026, 10, 10)),
        ("America/New_York", date(2026, 2, 22)),  # 8 March, 1 November
        ("America/New_York", date(2026, 10, 18)),
        ("Australia/Lord_Howe", date(2026, 3, 22)),  # half an hour: 5 April
    ],
)
def test_a_look_is_due_at_eight_in_the_morning_on_both_sides_of_the_change(zone: str, decided: date) -> None:
    with timezone.override(ZoneInfo(zone)):
        noon = datetime(decided.year, decided.month, decided.day, 12, tzinfo=ZoneInfo(zone))
        for _ in range(8):
            publish(make_claim(), at=noon)
        due = sorted(Recheck.objects.values_list("due_at", flat=True))
        assert {moment.astimezone(ZoneInfo(zone)).hour for moment in due} == {8}
        for moment in sorted(set(due)):
            before = Reminder.objects.count()
            sweep(moment - timedelta(seconds=1))
            assert Reminder.objects.count() == before
            sweep(moment)
            assert Reminder.objects.count() == before + 2 * due.count(moment)
    assert len(mail.outbox) == 8
