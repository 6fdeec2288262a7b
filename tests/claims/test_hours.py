"""Quiet hours and digests go by the person's own clock, also on the days it is changed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from claims import hours
from claims.models import NotificationSettings

BERLIN = "Europe/Berlin"  # forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC
NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def wishes(**fields: object) -> NotificationSettings:
    return NotificationSettings(**({"time_zone": BERLIN} | fields))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (utc(2026, 3, 2, 12), utc(2026, 3, 2, 12)),
        (utc(2026, 3, 2, 20, 59), utc(2026, 3, 2, 20, 59)),
        (utc(2026, 3, 2, 21), utc(2026, 3, 3, 6)),
        (utc(2026, 3, 3, 2), utc(2026, 3, 3, 6)),
        (utc(2026, 3, 3, 5, 59), utc(2026, 3, 3, 6)),
        (utc(2026, 3, 3, 6), utc(2026, 3, 3, 6)),
    ],
)
def test_quiet_hours_over_midnight(at: datetime, told: datetime) -> None:
    assert hours.may_tell_from(wishes(**NIGHT), at) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [(utc(2026, 3, 2, 11), utc(2026, 3, 2, 11)), (utc(2026, 3, 2, 11, 30), utc(2026, 3, 2, 13))],
)
def test_quiet_hours_within_a_day(at: datetime, told: datetime) -> None:
    assert hours.may_tell_from(wishes(quiet_from=time(12, 15), quiet_until=time(14)), at) == told


def test_another_zone_is_quiet_at_another_time() -> None:
    at = utc(2026, 3, 2, 23)
    assert hours.may_tell_from(wishes(**NIGHT, time_zone="America/New_York"), at) == at
    assert hours.may_tell_from(wishes(**NIGHT, time_zone="Asia/Kathmandu"), at) == utc(2026, 3, 3, 1, 15)


def test_the_night_of_the_change_ends_at_seven_by_the_new_clock() -> None:
    assert hours.may_tell_from(wishes(**NIGHT), utc(2026, 3, 28, 22)) == utc(2026, 3, 29, 5)
    assert hours.may_tell_from(wishes(**NIGHT), utc(2026, 10, 24, 22)) == utc(2026, 10, 25, 6)


def test_an_end_that_the_day_has_not_comes_as_far_after_the_change() -> None:
    settings = wishes(quiet_from=time(23), quiet_until=time(2, 30))
    assert hours.may_tell_from(settings, utc(2026, 3, 29, 0, 50)) == utc(2026, 3, 29, 1, 30)


def test_an_end_that_the_day_has_twice_is_the_first_and_quiet_does_not_come_back() -> None:
    settings = wishes(quiet_from=time(23), quiet_until=time(2, 30))
    assert hours.may_tell_from(settings, utc(2026, 10, 25, 0, 10)) == utc(2026, 10, 25, 0, 30)
    second_time = utc(2026, 10, 25, 1, 10)  # 02:10 on the clock, again
    assert hours.may_tell_from(settings, second_time) == second_time


@pytest.mark.parametrize("start", [utc(2026, 3, 26, 12), utc(2026, 10, 22, 12)])
@pytest.mark.parametrize("hour", range(24))
def test_a_daily_digest_comes_once_on_every_day_of_a_change(start: datetime, hour: int) -> None:
    settings = wishes(rhythm="daily", digest_hour=hour)
    days, at = [], start
    for _ in range(7):
        at = hours.next_digest(settings, at)
        days.append(settings.local(at).date())
        at += timedelta(seconds=1)
    assert days == [days[0] + timedelta(days=number) for number in range(7)]


def test_a_digest_comes_at_its_hour_and_not_before() -> None:
    settings = wishes(rhythm="daily", digest_hour=8)
    assert hours.next_digest(settings, utc(2026, 3, 2, 7)) == utc(2026, 3, 2, 7)
    assert hours.next_digest(settings, utc(2026, 3, 2, 7, 0, 1)) == utc(2026, 3, 3, 7)
    assert hours.next_digest(settings, utc(2026, 3, 28, 7, 0, 1)) == utc(2026, 3, 29, 6)


def test_a_weekly_digest_comes_on_its_day() -> None:
    settings = wishes(rhythm="weekly", digest_weekday=4, digest_hour=6)  # Friday
    assert hours.next_digest(settings, utc(2026, 3, 2, 12)) == utc(2026, 3, 6, 5)
    assert hours.next_digest(settings, utc(2026, 3, 6, 5, 1)) == utc(2026, 3, 13, 5)


def test_a_digest_in_the_quiet_hours_waits_for_their_end() -> None:
    settings = wishes(**NIGHT, rhythm="daily", digest_hour=3)
    assert hours.next_digest(settings, utc(2026, 3, 2, 12)) == utc(2026, 3, 3, 6)
    assert hours.next_digest(settings, utc(2026, 3, 3, 4)) == utc(2026, 3, 3, 6)


def test_without_wishes_at_once() -> None:
    at = utc(2026, 3, 2, 2)
    assert hours.mail_from(NotificationSettings(), at) == at
