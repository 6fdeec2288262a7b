"""When a person may be told: quiet hours and digests on their own clock, as moments. Pure.

A clock time that a day has twice (clocks go back) means the first, one that it has not (they go forward)
the moment as far after the change: each day has each quiet time and each digest once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from claims.models import NotificationSettings

DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7


def may_tell_from(settings: NotificationSettings, at: datetime) -> datetime:
    """`at`, or where it lies in the quiet hours their end."""
    start, end = settings.quiet_from, settings.quiet_until
    if start is None or end is None:
        return at
    for day in _days_around(at, settings.zone):
        begins = moment(day, start, settings.zone)
        ends = moment(day if end > start else day + DAY, end, settings.zone)
        if begins <= at < ends:
            return ends
    return at


def next_digest(settings: NotificationSettings, at: datetime) -> datetime:
    """When the next digest goes out, `at` included."""
    hour = time(settings.digest_hour)
    for day in _days_around(at, settings.zone):
        if settings.rhythm == settings.Rhythm.WEEKLY and day.weekday() != settings.digest_weekday:
            continue
        goes = may_tell_from(settings, moment(day, hour, settings.zone))
        if goes >= at:
            return goes
    raise AssertionError("a week has every weekday")


def mail_from(settings: NotificationSettings, at: datetime) -> datetime:
    """When a mail that is made at `at` may go out."""
    return next_digest(settings, at) if settings.in_digests else may_tell_from(settings, at)


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """What the clock shows as this time on this day, in UTC."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _days_around(at: datetime, zone: ZoneInfo) -> Iterator[date]:
    """From the day before to beyond a week: quiet hours can have begun yesterday."""
    today = at.astimezone(zone).date()
    for number in range(-1, DAYS_OF_A_WEEK + 2):
        yield today + number * DAY
