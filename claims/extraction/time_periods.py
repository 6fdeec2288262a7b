"""Expressions that name a week, month, quarter, season, year, decade or century.

Each rule is a pattern and its reader; where several fit, the first of the table counts.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final, cast

from claims.extraction.calendar_words import FULL_MONTH, MONTH, ORDINAL, SEASON, YEAR, ordinal_of, year_number
from claims.extraction.lexicon import MONTHS
from claims.extraction.meanings import (
    COMMA,
    NEAR,
    STEPS,
    Meaning,
    Rules,
    Setting,
    Tense,
    at,
    is_title,
    pointed,
    year_near,
)
from claims.extraction.periods import (
    SEASON_MONTHS,
    Period,
    Unit,
    around,
    in_words,
    last_day,
    moved,
    shift,
    year_of,
)


def _month_year(m: re.Match[str], setting: Setting) -> Meaning | None:
    month = MONTHS[m["month"].lower()]
    if m["year"]:
        return at(Period("month", date(year_number(m["year"]), month, 1)))
    if setting.published is None:
        return None
    year = setting.published.year + STEPS.get(m["which"].lower(), 0)
    period = Period("month", date(year, month, 1))
    return at(period, in_words(period))


_AMBIGUOUS: Final = frozenset({"march", "april", "may", "june", "august"})  # also verbs and first names
_LEADS: Final = re.compile(
    r"\b(?:in|since|by|until|till|during|of|from|to|through|before|after|for|late|early|mid|and|or|last|this|next"
    r"|end|every|between)[\s-]+$",
    re.I,
)


_ARTICLE: Final = re.compile(r"(?:\b(?:the|a|an)|['’]s)\s+$", re.I)
_OTHER_NOUN: Final = re.compile(r"\s+(?:on|for|of|to|in|through|against|by)\b")  # "the March on the capital"


def _is_month(before: str, after: str) -> bool:
    return bool(_LEADS.search(before)) or bool(_ARTICLE.search(before) and not _OTHER_NOUN.match(after))


def _bare_month(m: re.Match[str], setting: Setting) -> Meaning | None:
    published, name = setting.published, m["month"].lower()
    before = m.string[max(0, m.start() - 12) : m.start()]
    if published is None:
        return None
    if name in _AMBIGUOUS and not (m["which"] or m["mid"] or _is_month(before, m.string[m.end() :])):
        return None
    month, which = MONTHS[name], (m["which"] or "").lower().removeprefix("this ")
    year = published.year
    if which in ("last", "past"):
        year -= month >= published.month
    elif which == "next":
        year += month <= published.month
    elif which not in ("this", "coming"):
        year = year_near(setting, month)
    period = Period("month", date(max(1, year), month, 1))
    lead = m["mid"] or ("in " if which else "")
    return at(period, f"{lead}{in_words(period)}")


def _near_unit(m: re.Match[str], setting: Setting) -> Meaning | None:
    if is_title(m):
        return None
    unit, which = m["unit"].lower(), m["which"].lower()
    recent = which == "this past"
    which = re.sub(r"^(?:the|this)\s+(?=\w)", "", which)
    if unit in SEASON_MONTHS:
        return _season(unit, which, setting)
    if which in ("that", "that same", "same", "previous", "following"):
        return _told_unit(cast(Unit, unit), which, setting)
    if unit == "day" or setting.published is None:
        return None
    if unit == "quarter":
        return pointed(shift(around("quarter", setting.published), STEPS.get(which, 0)))
    if unit == "weekend":
        return _weekend(which, setting.published, setting.tense)
    period = around(cast(Unit, unit), setting.published)
    step = STEPS.get(which, 0)
    if unit == "week" and step == 0 and setting.published.weekday() == 6 and setting.tense == "future":
        step = 1  # on a Sunday "this week" is to come
    if unit == "week" and recent and setting.published.weekday() >= 4:
        step = 0  # on a Friday "this past week" is about to end
    return pointed(shift(period, step))


def _weekend(which: str, published: date, tense: Tense) -> Meaning:
    step = STEPS.get(which, 0)
    if step == 0 and published.weekday() < 4 and tense != "future":
        step = -1
    return pointed(shift(around("weekend", published), step))


def _told_unit(unit: Unit, which: str, setting: Setting) -> Meaning | None:
    """ "That year", "the previous month": by the last date told that is no coarser."""
    told = setting.told_day if unit == "day" else setting.told
    finer = {
        "week": ("day", "week"),
        "month": ("day", "week", "month"),
        "decade": ("day", "week", "month", "year"),
    }
    if told is not None and told.unit not in finer.get(unit, (told.unit,)):
        told = setting.told_day
    if told is None:
        if unit == "day" or setting.published is None or which.endswith(("that", "same")):
            return None
        told = Period("day", setting.published)
    return pointed(shift(around(unit, told.first), STEPS.get(which, 0)))


def _season(name: str, which: str, setting: Setting) -> Meaning | None:
    published = setting.published
    if published is None:
        return None
    year = published.year - (name == "winter" and published.month <= 6)  # the winter just past
    period = Period("season", date(max(1, year), SEASON_MONTHS[name], 1))
    if which in ("last", "past") or (which == "the" and setting.tense != "future"):
        ended = which == "last"
        if (last_day(period) if ended else period.first) >= published:
            period = replace(period, first=date(max(1, year - 1), SEASON_MONTHS[name], 1))
    elif (which == "next" and period.first <= published) or last_day(period) < published:
        ahead = which in ("next", "coming") or setting.tense == "future"
        period = replace(period, first=date(min(year + ahead, 9999), SEASON_MONTHS[name], 1))
    return pointed(period)


def _season_of_year(m: re.Match[str], setting: Setting) -> Meaning:
    return at(Period("season", date(year_number(m["year"]), SEASON_MONTHS[m["season"].lower()], 1)))


def _quarter(m: re.Match[str], setting: Setting) -> Meaning | None:
    word = m["quarter"].lower()
    number = {"final": 4, "last": 4}.get(word) or int(word[-1] if word[0] == "q" else ordinal_of(word))
    year = m["year"] or m["before"]
    month = 3 * number - 2
    if year:
        return at(Period("quarter", date(year_number(year), month, 1)))
    if setting.published is None or not 1 <= number <= 4:
        return None
    period = Period("quarter", date(setting.published.year, month, 1))
    owner = (m["owner"] or "").lower()
    if owner.startswith(("last", "next", "this")):
        period = shift(period, 4 * STEPS.get(owner[:4], 0))
    elif period.first > setting.published and setting.tense != "future":
        period = shift(period, -4)
    elif moved(last_day(period), NEAR) < setting.published and setting.tense == "future":
        period = shift(period, 4)
    if m["ago"]:
        period = shift(period, -4)
    return at(period, in_words(period) if not m["hyphen"] else None)


def _half(m: re.Match[str], setting: Setting) -> Meaning:
    second = m["half"].lower() in ("second", "last", "latter")
    return at(Period("half", date(year_number(m["year"]), 7 if second else 1, 1)))


def _year(m: re.Match[str], setting: Setting) -> Meaning | None:
    if "thousand" in m["year"].lower() and "year" not in m.group().lower():
        return None  # a number
    return at(year_of(year_number(m["year"])))


def _years(m: re.Match[str], setting: Setting) -> Meaning | None:
    first = int(m["year"])
    last = int(m["to"]) if len(m["to"]) == 4 else first // 100 * 100 + int(m["to"])
    if last <= first:
        return None
    return replace(at(year_of(first)), when=f"{first}/{last}")


_NINETIES: Final = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"


def _decade(m: re.Match[str], setting: Setting) -> Meaning | None:
    if m["full"]:
        first = int(m["full"])
    else:
        word = m["short"].lower().lstrip("'’‘`")
        tens = int(word[:2]) if word[0].isdecimal() else 10 * _NINETIES.split("|").index(word[:-3]) + 20
        this = setting.published.year if setting.published else 2000
        first = next(c for c in (this // 100 * 100 + tens, this // 100 * 100 + tens - 100) if c <= this)
    return at(Period("decade", date(first, 1, 1)))


def _century(m: re.Match[str], setting: Setting) -> Meaning | None:
    number = ordinal_of(m["number"])
    return at(Period("century", date(100 * (number - 1), 1, 1))) if 2 <= number <= 21 else None


def _week_of_month(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "The last week of March": the week of the month's first or last day."""
    month = MONTHS[m["month"].lower()]
    if not m["year"] and setting.published is None:
        return None
    year = year_number(m["year"]) if m["year"] else year_near(setting, month)
    period = Period("month", date(year, month, 1))
    number = {"last": 0, "final": 0}.get(m["number"].lower(), ordinal_of(m["number"]))
    week = around("week", moved(period.first, 7 * (number - 1) if number else last_day(period).day - 7))
    return at(week, None if m["year"] else f"{m.group()} {year}")


_EDGE: Final = r"(?:early[ -]|late[ -]|mid-?)?"
_THE: Final = r"the(?=\s+(?:(?:early|late)\s+)?(?:weekend|summer|autumn|winter|spring))"
_WHICH_YEAR: Final = r"\s+(?:of\s+)?(?P<which>last|this|next)\s+year"
_ADJECTIVE: Final = r"(?:(?:fiscal|financial|calendar|school|full|entire|whole|trading)\s+)?"
_OWNER: Final = r"(?:(?P<owner>last|next|this)\s+year\s?['’]s\s+)"
_AGO: Final = r"(?P<ago>(?:the\s+)?year[- ](?:ago|earlier)\s+)"
_NTH: Final = r"(?P<quarter>first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th)|Q[1-4])"
RULES: Final[Rules] = {
    "week_of_month": (
        rf"the\s+(?P<number>first|second|third|fourth|last|final)\s+week\s+(?:of|in)\s+{MONTH}(?:{COMMA}{YEAR})?",
        _week_of_month,
    ),
    "month_year": (rf"{MONTH}(?:{COMMA}(?:of\s+)?{YEAR}|{_WHICH_YEAR})", _month_year),
    "bare_month": (
        r"(?P<mid>mid-|late-|early-)?(?:(?P<which>last|this past|this coming|this|next|past)\s+)?"
        rf"{FULL_MONTH}(?!\.?,?\s*\d)",
        _bare_month,
    ),
    "quarter": (
        rf"(?:the\s+)?(?:{_OWNER}|{_AGO}|(?P<before>(?:19|20)\d\d)(?:\s?['’]s)?\s+)?(?:fiscal[- ])?{_NTH}"
        rf"(?:(?P<hyphen>-)|\s+)(?:fiscal[- ])?quarter(?:\s+of)?(?:\s+(?:fiscal\s+)?{YEAR})?",
        _quarter,
    ),
    "short_quarter": (
        rf"(?:(?P<before>(?:19|20)\d\d)\s+)?(?P<quarter>Q[1-4])(?:\s+(?:of\s+)?{YEAR})?",
        _quarter,
    ),
    "half": (rf"the\s+(?P<half>first|second|last|latter)\s+half\s+of\s+{YEAR}", _half),
    "season_year": (rf"(?:the\s+)?{SEASON}\s+(?:of\s+)?{YEAR}", _season_of_year),
    "near_unit": (
        rf"(?P<which>(?:the\s+)?(?:last|previous|past|next|coming|current|same|following)"
        rf"|this(?:\s+(?:past|coming))?|that(?:\s+same)?|{_THE})\s+"
        rf"(?:(?:early|late)\s+)?{_ADJECTIVE}(?P<unit>day|weekend|week|month|quarter|year|decade|century|{SEASON})",
        _near_unit,
    ),
    "decade": (
        rf"(?:the\s+)?{_EDGE}(?P<full>(?:1[5-9]|20)\d0)['’]?s"
        rf"|(?:the\s+)?{_EDGE}(?P<short>['’‘`]\d0s|(?<=the\s)(?:{_NINETIES})ies)",
        _decade,
    ),
    "century": (rf"(?:the\s+)?{_EDGE}(?P<number>{ORDINAL})[- ]century", _century),
    "years": (r"(?P<year>(?:1[5-9]|20)\d\d)\s?[-–]\s?(?P<to>(?:1[5-9]|20)\d\d|\d\d)(?![\d-])", _years),
    "year": (
        rf"(?:mid-?|late-|early-|post-|pre-|the\s+)?(?:(?:fiscal|financial)\s+)?(?:year\s+)?{YEAR}"
        r"(?![\d%]|[.,:]\d|-\d|\s*(?:people|votes?|dollars|feet|miles|km|troops|jobs|percent))",
        _year,
    ),
}
