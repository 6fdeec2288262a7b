"""A claim's status in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from claims.models import Verdict


def in_force(given: Iterable[Verdict], as_of: date) -> Verdict | None:
    """The verdict that holds on that day, of all that are known now; in SQL: `VerdictQuerySet.in_force`."""
    holding = [
        verdict
        for verdict in given
        if verdict.applies_from <= as_of and (verdict.applies_until is None or as_of < verdict.applies_until)
    ]
    return max(holding, key=lambda verdict: verdict.number, default=None)


def status_words(
    *, made_on: date | None, made: Verdict | None, now: Verdict | None, last: Verdict | None, waiting: bool
) -> str:
    """The status as made and now: "True when made on 28 June 2019; false since 7 September 2019."

    `made` holds on `made_on`, `now` holds today, `last` is the newest verdict.
    """
    if last is None:
        return "No verdict yet; one waits for review." if waiting else "Not checked yet: there is no verdict."
    if now is not None and not now.rating:
        return f"Withdrawn on {_day(timezone.localdate(now.decided_at))}: no rating stands today."
    if now is None:
        until = f" until {_day(last.applies_until)}" if last.applies_until else ""
        since = "" if until else f" from {_day(last.applies_from)}"
        return f"No verdict speaks of today. The newest says {_rating(last)}{until}{since}."
    if made_on is None or made is None or not made.rating:
        return f"{_rating(now).capitalize()} since {_day(now.applies_from)}."
    if made.rating == now.rating:
        return f"{_rating(now).capitalize()} when made on {_day(made_on)}, and today."
    return (
        f"{_rating(made).capitalize()} when made on {_day(made_on)}; "
        f"{_rating(now)} since {_day(now.applies_from)}."
    )


def _rating(verdict: Verdict) -> str:
    return (verdict.label or verdict.get_rating_display()).lower()


def _day(day: date) -> str:
    return date_format(day, "j F Y")
