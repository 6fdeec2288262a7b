"""What a time expression means, and what it is read by."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from claims.extraction.periods import Period, in_words, iso, timex

Tense = Literal["past", "present", "future"]
STEPS: Final = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
NO_NUMBER: Final = r"(?![\d%]|[.,:]\d)"  # behind a day or year: "May 3.5 million", "2010%"
COMMA: Final = r"\s?,?\s+"  # some texts are published with a space before each mark
PARTS: Final = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nights": "NI"}
PART: Final = rf"(?P<part>{'|'.join(PARTS)})"


@dataclass(frozen=True, slots=True)
class Setting:
    """The day of publication; the tense of the clause, `sure` where a word beside the expression tells it;
    and the dates the text has told before: the last of all, the last day, and the last quarter."""

    published: date | None
    tense: Tense
    sure: bool = False
    told: Period | None = None
    told_day: Period | None = None
    quarter: Period | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """`value` is TIMEX3; `when` an ISO prefix or range, None of what is no point in time; `words` the
    expression written out where it leans on another day; `period` what a later "that year" may lean on. A
    time of the day `leans` on the day told beside it."""

    value: str
    when: str | None = None
    words: str | None = None
    period: Period | None = None
    leans: bool = False


Reader = Callable[[re.Match[str], Setting], Meaning | None]
Rules = Mapping[str, tuple[str, Reader]]


def at(period: Period, words: str | None = None, *, part: str | None = None, clock: str = "") -> Meaning:
    """A stretch of the calendar; with a part of its day ("night") or a time of the day ("T09:00")."""
    inner = f"T{PARTS[part.lower()]}" if part else clock
    return Meaning(timex(period) + inner, iso(period), words, period)


def is_title(m: re.Match[str]) -> bool:
    """Whether the words are the name of a programme or paper: "on This Morning"."""
    words = m.group().split()
    return m.start() > 0 and len(words) > 1 and all(w.istitle() for w in words)


def placed(period: Period, part: str | None = None) -> str:
    """ "on June 28, 2019", "on the night of June 28, 2019", "in June 2019"."""
    if part:
        return f"on the {part.lower().removesuffix('s')} of {in_words(period)}"
    return f"{'on' if period.unit in ('day', 'weekend') else 'in'} {in_words(period)}"


def pointed(period: Period, part: str | None = None) -> Meaning:
    """A stretch of the calendar that the text leaves to be worked out."""
    return at(period, placed(period, part), part=part)


NEAR: Final = 60  # days


def year_near(setting: Setting, month: int, day: int | None = None) -> int:
    """The year of a month and day told without one: of the last such day in a past clause, of the next in a
    future one, but rather a few weeks off in the other direction than most of a year."""
    assert setting.published is not None
    published = setting.published if day else setting.published.replace(day=1)

    def days_ahead(year: int) -> int:
        return (date(year, month, min(day or 1, 28)) - published).days

    years = [max(1, min(published.year + step, 9999)) for step in (-1, 0, 1)]
    near = 0 if setting.sure or day is None else NEAR
    match setting.tense:
        case "past":
            return max(y for y in years if days_ahead(y) <= near)
        case "future":
            return min(y for y in years if days_ahead(y) >= -near)
        case _:
            return min(years, key=lambda y: abs(days_ahead(y)))
