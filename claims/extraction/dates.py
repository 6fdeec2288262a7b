"""Step 7: time expressions and what they mean, seen from the day of publication. Precision is kept.

A small grammar of its own: general date parsers fill in days nobody wrote.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from claims.extraction.calendar_words import (
    SEASONS,
    in_words,
    iso_month,
    number_of,
    season,
    shift_days,
    shift_months,
    valid_day,
    week_of,
    weekend_of,
)
from claims.extraction.lexicon import MONTHS, WEEKDAYS

Tense = Literal["past", "present", "future"]
TenseAt = Callable[[int], Tense]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH: Final = rf"(?P<month>{_any_of({m.capitalize() for m in MONTHS})})\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)"
_WEEKDAY: Final = rf"(?P<weekday>{_any_of({w.capitalize() for w in WEEKDAYS if len(w) > 4})})"
_UNIT: Final = r"(?P<unit>day|week|month|year|decade)s?"
_COUNT: Final = r"(?P<count>\d{1,3}|an?(?: couple(?: of)?)?|[a-z]+)"
_PART: Final = r"(?:\s+[NMEAnmea](?:ight|orning|vening|fternoon))?"
_SEASON: Final = rf"(?P<season>{_any_of(SEASONS)})"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of the text at start..end that tell a time, its ISO value, and how to write it so that it
    stands alone."""

    start: int
    end: int
    value: str
    replacement: str | None = None


def find_times(text: str, start: int, anchor: date | None, tense_at: TenseAt) -> tuple[TimeExpression, ...]:
    """The time expressions of `text`, which begins at offset `start` of the article.

    `tense_at` tells the tense of the clause around an offset of the article: "in August" was or will be.
    Without `anchor` only what names its year is found.
    """
    found: list[TimeExpression] = []
    at = 0
    for match in _EXPRESSION.finditer(text):
        if match.start() < at:
            continue
        reader = _READERS[match.lastgroup or ""]
        inner = _PATTERNS[match.lastgroup or ""].fullmatch(match.group())
        if inner is None:
            continue
        read = reader(inner, anchor, tense_at(start + match.start()))
        if read is not None:
            value, replacement = read
            found.append(TimeExpression(start + match.start(), start + match.end(), value, replacement))
            at = match.end()
    return tuple(_once(found))


def _once(found: list[TimeExpression]) -> list[TimeExpression]:
    """ "Sunday (March 4)": a day that is told twice is written out once."""
    later = {t.value: t.start for t in found}
    return [t if later[t.value] == t.start else replace(t, replacement=None) for t in found]


Reading = tuple[str, str | None] | None


def _iso(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    value = valid_day(int(m["year"]), int(m["m"]), int(m["d"]))
    return (value, None) if value else None


def _full_day(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    value = valid_day(int(m["year"]), MONTHS[m["month"].lower()], int(m["day"]))
    return (value, None) if value else None


def _month_day(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    if anchor is None:
        return None
    month, day = MONTHS[m["month"].lower()], int(m["day"])
    year = anchor.year
    if tense == "future" and (month, day) < (anchor.month, anchor.day):
        year += 1
    if tense == "past" and (month, day) > (anchor.month, anchor.day + 1):
        year -= 1
    value = valid_day(year, month, day)
    return (value, f"{m.group()}, {year}") if value else None


def _month_days(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    month, year = MONTHS[m["month"].lower()], int(m["year"] or 0)
    if not year:
        if anchor is None:
            return None
        year = anchor.year - (month > anchor.month)
    first, last = valid_day(year, month, int(m["day"])), valid_day(year, month, int(m["last"]))
    return (f"{first}/{last}", None if m["year"] else f"{m.group()}, {year}") if first and last else None


def _month_year(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    return iso_month(int(m["year"]), MONTHS[m["month"].lower()]), None


def _bare_month(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    if anchor is None:
        return None
    month = MONTHS[m["month"].lower()]
    year = anchor.year
    if tense == "future" and month < anchor.month:
        year += 1
    if tense != "future" and month > anchor.month:
        year -= 1
    name = in_words(iso_month(year, month))
    return iso_month(year, month), f"{m['lead']}{name}"


def _weekday(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    if anchor is None:
        return None
    number = WEEKDAYS[m["weekday"].lower()]
    ahead = (number - anchor.weekday()) % 7
    lead = (m["lead"] or "").strip().lower()
    if lead == "next" or (tense == "future" and lead != "last"):
        day = shift_days(anchor, ahead or (7 if lead == "next" else 0))
    else:
        behind = (anchor.weekday() - number) % 7
        day = shift_days(anchor, -(behind or (7 if lead == "last" else 0)))
    weekday = m["weekday"].capitalize()
    part = m["part"] or ""
    return day.isoformat(), f"{weekday}{part}, {in_words(day.isoformat())}"


def _near_day(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    if anchor is None:
        return None
    word = m.group().lower()
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(
        word.split()[0] if "day" in word else word, 0
    )
    if word.startswith("tomorrow"):
        shift = 1
    day = shift_days(anchor, shift).isoformat()
    nowadays = word == "today" and tense == "present"
    return day, None if nowadays else f"on {in_words(day)}"


def _near_unit(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    if anchor is None:
        return None
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(m["which"].lower(), 0)
    unit = m["unit"].lower()
    if unit == "year":
        value = str(anchor.year + step)
        return value, f"in {value}"
    if unit == "month":
        day = shift_months(anchor, step)
        value = iso_month(day.year, day.month)
        return value, f"in {in_words(value)}"
    if unit == "week":
        ahead = (
            anchor.weekday() == 6 and step == 0 and tense == "future"
        )  # on a Sunday "this week" is to come
        return week_of(shift_days(anchor, 7 * (step + ahead))), None
    if unit == "weekend":
        back = -7 if step == 0 and anchor.weekday() < 4 and tense != "future" else 7 * step
        return weekend_of(shift_days(anchor, back)), None
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return f"{first}/{first + 9}", None
    return season(unit, anchor.year + step), None


def _season_of_year(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    return season(m["season"].lower(), int(m["year"])), None


def _decade(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    return f"{m['year'][:3]}0/{m['year'][:3]}9", None


def _years(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    return f"{m['year']}/{m['to']}", None


def _year(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    return m["year"], None


def _quarter(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    first = 3 * ("first", "second", "third", "fourth").index(m["quarter"].lower()) + 1
    year = int(m["year"])
    return f"{iso_month(year, first)}/{iso_month(year, first + 2)}", None


def _ago(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    count = number_of(m["count"])
    if anchor is None or count is None:
        return None
    match m["unit"].lower():
        case "day":
            return shift_days(anchor, -count).isoformat(), None
        case "week":
            return week_of(shift_days(anchor, -7 * count)), None
        case "month":
            return shift_months(anchor, -count).isoformat()[:7], None
        case "year":
            return str(max(1, anchor.year - count)), None
        case _:
            return str(max(1, anchor.year - 10 * count)), None


def _stretch(m: re.Match[str], anchor: date | None, tense: Tense) -> Reading:
    count = number_of(m["count"])
    if anchor is None or count is None:
        return None
    ahead = m["which"].lower() in ("next", "coming")
    sign = 1 if ahead else -1
    match m["unit"].lower():
        case "day":
            other = shift_days(anchor, sign * count).isoformat()
            this = anchor.isoformat()
        case "week":
            other, this = shift_days(anchor, 7 * sign * count).isoformat(), anchor.isoformat()
        case "month":
            other, this = shift_months(anchor, sign * count).isoformat()[:7], anchor.isoformat()[:7]
        case unit:
            years = count * (10 if unit == "decade" else 1)
            other, this = f"{max(1, anchor.year + sign * years):04d}", f"{anchor.year:04d}"
    return (f"{this}/{other}" if ahead else f"{other}/{this}"), None


_RULES: Final[dict[str, tuple[str, Callable[[re.Match[str], date | None, Tense], Reading]]]] = {
    "iso": (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _iso),
    "month_day_year": (rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}", _full_day),
    "day_month_year": (rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+{_MONTH},?\s+{_YEAR}", _full_day),
    "month_days": (
        rf"{_MONTH}\s+{_DAY}\s?[-–]\s?(?P<last>\d{{1,2}})(?:,?\s+{_YEAR})?(?![\d%:])",
        _month_days,
    ),
    "month_day": (rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?![\d%:])", _month_day),
    "day_month": (rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+{_MONTH}(?!\w)", _month_day),
    "month_year": (rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}", _month_year),
    "bare_month": (
        rf"(?P<lead>(?:(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|of|from|[Ll]ate|[Ee]arly|mid)\s+(?:late\s+|early\s+|mid-?)?))"
        rf"{_MONTH}(?!\w|\.?,?\s*\d)",
        _bare_month,
    ),
    "weekday": (rf"(?P<lead>[Ll]ast\s+|[Nn]ext\s+|[Tt]his\s+)?{_WEEKDAY}(?P<part>{_PART})", _weekday),
    "near_day": (
        r"(?:[Yy]esterday|[Tt]omorrow|[Tt]oday|[Tt]onight|[Ll]ast night"
        r"|[Tt]his (?:morning|afternoon|evening))",
        _near_day,
    ),
    "near_unit": (
        rf"(?:[Ii]n )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Cc]oming|[Tt]he(?= weekend))\s+"
        rf"(?P<unit>[Yy]ear|[Mm]onth|[Ww]eekend|[Ww]eek|[Dd]ecade|{_any_of(SEASONS)})",
        _near_unit,
    ),
    "season": (rf"{_SEASON}\s+(?:of\s+)?{_YEAR}", _season_of_year),
    "decade": (rf"(?:[Tt]he\s+)?(?:early\s+|late\s+|mid-?)?{_YEAR}s", _decade),
    "years": (
        rf"(?:[Bb]etween\s+|[Ff]rom\s+)?{_YEAR}\s?(?:-|–|to|and|until|through)\s?(?P<to>(?:1[0-9]|20)\d\d)(?!\d)",
        _years,
    ),
    "quarter": (rf"(?P<quarter>first|second|third|fourth) quarter of {_YEAR}", _quarter),
    "year": (
        rf"{_YEAR}(?![\d%:]|[.,]\d|\s*(?:people|votes?|dollars|feet|miles|km|troops|jobs|percent))",
        _year,
    ),
    "ago": (rf"{_COUNT}\s+{_UNIT}\s+ago", _ago),
    "stretch": (rf"(?:the\s+)?(?P<which>[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming)\s+{_COUNT}\s+{_UNIT}", _stretch),
}
_READERS: Final = {name: reader for name, (_, reader) in _RULES.items()}
_PATTERNS: Final = {name: re.compile(pattern) for name, (pattern, _) in _RULES.items()}


def _unnamed(pattern: str) -> str:
    """The pattern with its inner groups unnamed: each rule of the alternation is a group of its own."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_EXPRESSION: Final = re.compile(
    r"(?<![\w$€£.,-])(?:"
    + "|".join(f"(?P<{name}>{_unnamed(rule)})" for name, (rule, _) in _RULES.items())
    + r")(?!\w)"
)
