"""Expressions that name a day: dates, weekdays, "yesterday", holidays.

Each rule is a pattern and its reader; where several fit, the first of the table counts.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from claims.extraction.calendar_words import (
    DAY,
    MONTH,
    WEEKDAY,
    YEAR,
    any_of,
    ordinal_of,
    year_number,
)
from claims.extraction.lexicon import MONTHS, WEEKDAYS
from claims.extraction.meanings import (
    COMMA,
    NO_NUMBER,
    PART,
    STEPS,
    Meaning,
    Rules,
    Setting,
    at,
    is_title,
    pointed,
    year_near,
)
from claims.extraction.periods import Period, around, in_words, moved, shift, valid_day


def _iso(m: re.Match[str], setting: Setting) -> Meaning | None:
    day = valid_day(int(m["year"]), int(m["m"]), int(m["d"]))
    return at(day, clock=f"T{m['clock']}" if m["clock"] else "") if day else None


def _slashed(m: re.Match[str], setting: Setting) -> Meaning | None:
    """Month first; which of two small numbers is the month depends on the country, so only the year is
    sure."""
    year = int(m["year"]) + (0 if len(m["year"]) == 4 else 1900 if int(m["year"]) > 50 else 2000)
    first, second = int(m["m"]), int(m["d"])
    day = valid_day(year, first, second) or valid_day(year, second, first)
    if day is None:
        return None
    unsure = first != second and max(first, second) <= 12
    return replace(at(day), when=str(year)) if unsure else at(day)


def _attacks(m: re.Match[str], setting: Setting) -> Meaning:
    return at(Period("day", date(2001, 9, 11)))


_NOUN_NEXT: Final = re.compile(r"\s+[a-z]")


def _is_spelled_day(m: re.Match[str]) -> bool:
    """ "March eighth" and "the eighth of March", not "the first March" and "in March second place"."""
    if m.start("day") < m.start("month"):
        return m.string[m.end("day") : m.start("month")].strip().lower() == "of"
    return not _NOUN_NEXT.match(m.string, m.end("day"))


def _date(m: re.Match[str], setting: Setting) -> Meaning | None:
    month, number = MONTHS[m["month"].lower()], ordinal_of(m["day"])
    if m["day"].isalpha() and not _is_spelled_day(m):
        return None
    if m["year"]:
        day = valid_day(year_number(m["year"]), month, number)
        return at(day) if day else None
    if setting.published is None:
        return None
    year = _which_year(m["which"], setting.published) or year_near(setting, month, number)
    day = valid_day(year, month, number)
    if day is None:
        return None
    written = f"{in_words(day)}" if m["which"] else f"{m.group()}, {year}"
    return at(day, written)


def _which_year(which: str | None, published: date) -> int | None:
    return published.year + STEPS.get(which.lower(), 0) if which else None


def _week_of(m: re.Match[str], setting: Setting) -> Meaning | None:
    day = _date(m, setting)
    if day is None or day.period is None:
        return None
    period = around("week", day.period.first)
    return at(period, None if m["year"] else in_words(period))


def _month_days(m: re.Match[str], setting: Setting) -> Meaning | None:
    month, first, last = MONTHS[m["month"].lower()], ordinal_of(m["day"]), ordinal_of(m["last"])
    if not m["year"] and setting.published is None:
        return None
    year = year_number(m["year"]) if m["year"] else year_near(setting, month, first)
    begin, end = valid_day(year, month, first), valid_day(year, month, last)
    if begin is None or end is None:
        return None
    return replace(
        at(begin, None if m["year"] else f"{m.group()}, {year}"),
        when=f"{begin.first.isoformat()}/{end.first.isoformat()}",
    )


_NAMED_DAYS: Final = re.compile(r"\b(?:super|black|bloody|good|holy|ash|easter|palm|cyber|giving)\s+$", re.I)


def _weekday(m: re.Match[str], setting: Setting) -> Meaning | None:
    if _NAMED_DAYS.search(m.string[max(0, m.start() - 10) : m.start()]):
        return None
    number = WEEKDAYS[m["weekday"].lower()]
    lead = re.sub(r"^the\s+", "", (m["lead"] or "").strip().lower())
    if lead in ("each", "every") or m["many"]:
        part = m["part"]
        return Meaning(
            f"XXXX-WXX-{number + 1}" + ({"night": "TNI"}.get(part.lower()[:5], "") if part else "")
        )
    base = setting.published
    if lead in ("previous", "following"):
        base = setting.told.first if setting.told else base
    if base is None:
        return None
    ahead, behind = (number - base.weekday()) % 7, (base.weekday() - number) % 7
    if lead in ("next", "following"):
        day = moved(base, ahead or 7)
    elif lead in ("last", "previous", "past"):
        day = moved(base, -(behind or 7))
    else:
        owned = m.string[m.end() :].startswith(("'s", "’s"))  # "Monday's vote is the first"
        to_come = (
            setting.tense == "future"
            or (setting.tense == "present" and not owned)
            or lead in ("this", "this coming", "coming")
        )
        day = moved(base, ahead if to_come else -behind)
    period = Period("day", day)
    said = f"{m['weekday'].capitalize()}{' ' + m['part'] if m['part'] else ''}"
    return at(period, f"{said}, {in_words(period)}", part=m["part"])


_NEAR_DAYS: Final = {
    "yesterday": (-1, None),
    "today": (0, None),
    "tomorrow": (1, None),
    "tonight": (0, "night"),
    "overnight": (0, "night"),
    "last night": (-1, "night"),
    "last evening": (-1, "evening"),
    "the day before yesterday": (-2, None),
    "the day after tomorrow": (2, None),
    "this morning": (0, "morning"),
    "this afternoon": (0, "afternoon"),
    "this evening": (0, "evening"),
}


def _near_day(m: re.Match[str], setting: Setting) -> Meaning | None:
    if setting.published is None:
        return None
    word = " ".join(m["near"].lower().split())
    if is_title(m):
        return None
    step, part = _NEAR_DAYS[word]
    part = part or m["part"]
    period = Period("day", moved(setting.published, step))
    meaning = pointed(period, part)
    nowadays = word == "today" and setting.tense == "present"
    return replace(meaning, words=None) if nowadays or word == "overnight" else meaning


def _told_day(m: re.Match[str], setting: Setting) -> Meaning | None:
    part = m["part"]
    step = STEPS.get(m["which"].lower().split()[-1], 0)
    return pointed(shift(setting.told_day, step), part) if setting.told_day else None


Holiday = Callable[[int], date]


def _nth(month: int, weekday: int, number: int) -> Holiday:
    def in_year(year: int) -> date:
        first = date(year, month, 1)
        return moved(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))

    return in_year


def _fixed(month: int, day: int) -> Holiday:
    return lambda year: date(year, month, day)


_HOLIDAYS: Final[dict[str, Holiday]] = {
    "new year's day": _fixed(1, 1),
    "valentine's day": _fixed(2, 14),
    "st. patrick's day": _fixed(3, 17),
    "memorial day": lambda year: moved(_nth(6, 0, 1)(year), -7),
    "independence day": _fixed(7, 4),
    "labor day": _nth(9, 0, 1),
    "halloween": _fixed(10, 31),
    "veterans day": _fixed(11, 11),
    "election day": lambda year: moved(_nth(11, 0, 1)(year), 1),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31),
}


_IN_NAME: Final = re.compile(
    r"\b(?!(?:On|In|By|At|For|Since|Until|Before|After|Around|This|Last|Next|Every)\b)[A-Z][\w'’-]*\s+$"
)


def _holiday(m: re.Match[str], setting: Setting) -> Meaning | None:
    if _IN_NAME.search(m.string[max(0, m.start() - 20) : m.start()]):
        return None  # the name of a person
    of = _HOLIDAYS[" ".join(m["holiday"].lower().replace("’", "'").split())]
    if m["year"]:
        return at(Period("day", of(year_number(m["year"]))))
    if setting.published is None:
        return None
    which = (m["which"] or "").strip().lower()
    day = of(setting.published.year)
    if which == "last" or (not which and setting.tense == "past"):
        day = of(setting.published.year - (day > setting.published))
    elif which == "next" or setting.tense == "future":
        day = of(setting.published.year + (day < setting.published))
    return at(Period("day", day), f"{m['holiday']} {day.year}")


_APOSTROPHE: Final = "['’]"
_HOLIDAY: Final = any_of(_HOLIDAYS).replace("'", _APOSTROPHE)
_LED: Final = (
    r"(?:(?P<lead>(?:the\s+)?(?:last|next|previous|following|past|each|every)"
    r"|this(?:\s+coming|\s+past)?)\s+)?"
)
RULES: Final[Rules] = {
    "iso": (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T(?P<clock>\d\d:\d\d)(?::\d\d)?)?", _iso),
    "slashed": (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<year>\d{4}|\d\d)", _slashed),
    "attacks": (r"9/11", _attacks),
    "month_days": (
        rf"{MONTH}\s+{DAY}\s?[-–]\s?(?P<last>\d{{1,2}})(?:{COMMA}{YEAR})?{NO_NUMBER}",
        _month_days,
    ),
    "month_day": (
        rf"(?:(?:this coming )?{WEEKDAY}{COMMA})?{MONTH}\s+(?:the\s+)?{DAY}"
        rf"(?:{COMMA}{YEAR}|\s+(?:of\s+)?(?P<which>last|this|next)\s+year)?{NO_NUMBER}",
        _date,
    ),
    "day_month": (
        rf"(?:{WEEKDAY}{COMMA})?(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}"
        rf"(?:{COMMA}{YEAR}|\s+(?:of\s+)?(?P<which>last|this|next)\s+year)?",
        _date,
    ),
    "week_of": (rf"the\s+week\s+of\s+{MONTH}\s+{DAY}(?:{COMMA}{YEAR}|(?P<which>(?!)))?", _week_of),
    "weekday": (rf"{_LED}{WEEKDAY}(?P<many>s)?(?:\s+{PART})?", _weekday),
    "near_day": (rf"(?P<near>{any_of(_NEAR_DAYS)})(?:\s+{PART})?", _near_day),
    "told_day": (
        rf"(?P<which>that|that same|the same|the next|the following|the previous)\s+(?:day|{PART})",
        _told_day,
    ),
    "holiday": (
        rf"(?:(?P<which>last|this|next)\s+)?(?P<holiday>{_HOLIDAY})(?:{COMMA}{YEAR})?",
        _holiday,
    ),
}
