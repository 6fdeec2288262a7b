"""The time a claim is about: an ISO year, month or day, or a range of two of them ("2019-07/2019-09")."""

from __future__ import annotations

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
