"""The time a claim is about: an ISO year, month or day, or a range of two of them ("2019-07/2019-09")."""

from __future__ import annotations

from calendar import month_name
from datetime import date


def first_day(when: str) -> date | None:
    """The day on which it begins; None for an empty one. ValueError: it is no such time."""
    prefix = when.partition("/")[0]
    if not prefix:
        return None
    return date.fromisoformat(prefix if len(prefix) == 10 else prefix + "-01-01"[len(prefix) - 4 :])


def last_begins(when: str) -> date | None:
    """The first day of its last year, month or day."""
    return first_day(when.rpartition("/")[2])


def in_words(when: str) -> str:
    """For reading: "2019-06-28" is "28 June 2019", "2019-07/2019-09" is "July 2019 to September 2019"."""
    return " to ".join(_point_in_words(point) for point in when.split("/") if point)


def _point_in_words(point: str) -> str:
    year, *rest = point.split("-")
    if not rest:
        return point
    month = month_name[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
