"""Stretches of the calendar, written as TIMEX3 (the standard for time expressions: "2010-W12", "198"), as ISO
prefix or range ("2010-03-22/2010-03-28"), and in words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from claims.extraction.lexicon import MONTHS

Unit = Literal["day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century"]

_DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
_MONTHS_IN: Final = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
SEASON_CODES: Final = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_SEASON_NAMES: Final = {3: "spring", 6: "summer", 9: "fall", 12: "winter"}
SEASON_MONTHS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDINALS: Final = ("first", "second", "third", "fourth")
_MONTH_NAMES: Final = {
    number: name.capitalize()
    for name, number in reversed(list(MONTHS.items()))
    if len(name) > 3 or name == "may"
}


@dataclass(frozen=True, slots=True)
class Period:
    """The week, the month … that begins on `first`."""

    unit: Unit
    first: date


def around(unit: Unit, day: date) -> Period:
    """The unit that the day lies in; of a day before its weekend, that weekend."""
    if unit in _DAYS:
        monday = moved(day, -day.weekday())
        return Period(unit, {"day": day, "week": monday, "weekend": moved(monday, 5)}[unit])
    months = day.year * 12 + day.month - 1
    lead = 2 if unit == "season" else 0  # seasons begin in March, June, September and December
    return Period(unit, _month_at((months - lead) // _MONTHS_IN[unit] * _MONTHS_IN[unit] + lead))


def year_of(number: int) -> Period:
    """The year with this number, kept within the calendar."""
    return Period("year", date(max(1, min(number, 9999)), 1, 1))


def valid_day(year: int, month: int, day: int) -> Period | None:
    """The day, None where there is no such day."""
    try:
        return Period("day", date(year, month, day))
    except ValueError:
        return None


def moved(day: date, days: int) -> date:
    """The day some days away, kept within the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _month_at(months: int) -> date:
    """The first day of the month with this number since the year 0, kept within the calendar."""
    months = max(12, min(months, 9999 * 12 + 11))
    return date(months // 12, months % 12 + 1, 1)


def months_from(day: date, months: int) -> date:
    """The same day some months away, or the last day of that month."""
    first = _month_at(day.year * 12 + day.month - 1 + months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def moved_by(day: date, unit: str, count: int) -> date:
    """The day `count` units away."""
    if unit in _DAYS:
        return moved(day, _DAYS[unit] * count)
    return months_from(day, _MONTHS_IN[unit] * count)


def shift(period: Period, count: int) -> Period:
    """The period of the same unit, `count` units on or, below 0, back."""
    return Period(period.unit, moved_by(period.first, period.unit, count))


def last_day(period: Period) -> date:
    """The day the period ends on."""
    if period.unit == "weekend":
        return moved(period.first, 1)
    following = shift(period, 1).first
    return moved(following, -1) if following > period.first else date.max


def timex(period: Period) -> str:
    """The TIMEX3 value."""
    first = period.first
    year, month = f"{first.year:04d}", first.month
    match period.unit:
        case "day":
            return first.isoformat()
        case "week" | "weekend":
            number = first.isocalendar()
            return f"{number.year:04d}-W{number.week:02d}" + ("-WE" if period.unit == "weekend" else "")
        case "month":
            return f"{year}-{month:02d}"
        case "quarter":
            return f"{year}-Q{month // 3 + 1}"
        case "half":
            return f"{year}-H{month // 6 + 1}"
        case "season":
            return f"{year}-{SEASON_CODES[month]}"
        case "decade":
            return year[:3]
        case "century":
            return year[:2]
        case "year":
            return year


def iso(period: Period) -> str:
    """The ISO day, month or year, or a range of them."""
    first, last = period.first.isoformat(), last_day(period).isoformat()
    match period.unit:
        case "day":
            return first
        case "week" | "weekend":
            return f"{first}/{last}"
        case "month":
            return first[:7]
        case "quarter" | "half" | "season":
            return f"{first[:7]}/{last[:7]}"
        case "year":
            return first[:4]
        case "decade" | "century":
            return f"{first[:4]}/{last[:4]}"


def in_words(period: Period) -> str:
    """ "June 28, 2019", "June 2019", "the week of June 24, 2019", "the third quarter of 2019"."""
    first = period.first
    month = _MONTH_NAMES[first.month]
    match period.unit:
        case "day":
            return f"{month} {first.day}, {first.year}"
        case "week" | "weekend":
            return f"the {period.unit} of {month} {first.day}, {first.year}"
        case "month":
            return f"{month} {first.year}"
        case "quarter":
            return f"the {_ORDINALS[first.month // 3]} quarter of {first.year}"
        case "half":
            return f"the {_ORDINALS[first.month // 6]} half of {first.year}"
        case "season" if first.month == 12:
            return f"the winter of {first.year}-{(first.year + 1) % 100:02d}"
        case "season":
            return f"the {_SEASON_NAMES[first.month]} of {first.year}"
        case "decade":
            return f"the {first.year}s"
        case "century":
            return f"the years {first.year} to {first.year + 99}"
        case "year":
            return str(first.year)
