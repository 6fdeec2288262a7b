"""Days, months and years as ISO strings: "2019", "2019-06", "2019-06-28", and ranges "A/B"."""

from calendar import monthrange
from datetime import date

from claims.extraction.lexicon import MONTHS, NUMBERS

_MONTH_NAMES = {
    number: name.capitalize()
    for name, number in reversed(list(MONTHS.items()))
    if len(name) > 3 or name == "may"
}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def month_name(number: int) -> str:
    """ "January" for 1."""
    return _MONTH_NAMES[number]


def iso_month(year: int, month: int) -> str:
    """ "2019-06"."""
    return f"{year:04d}-{month:02d}"


def shift_months(day: date, months: int) -> date:
    """The same day some months away, or the last day of that month; the calendar's first or last year at
    most."""
    index = max(12, min(day.year * 12 + day.month - 1 + months, 9999 * 12 + 11))
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift_days(day: date, days: int) -> date:
    """The day some days away, kept within the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def valid_day(year: int, month: int, day: int) -> str | None:
    """The ISO day, None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def in_words(iso: str) -> str:
    """ "2019-06-28" as "June 28, 2019", "2019-06" as "June 2019", "2019" as it is."""
    parts = iso.split("-")
    if len(parts) == 3:
        return f"{month_name(int(parts[1]))} {int(parts[2])}, {parts[0]}"
    if len(parts) == 2:
        return f"{month_name(int(parts[1]))} {parts[0]}"
    return iso


def season(name: str, year: int) -> str:
    """A season of a year as a range of months; winter runs into the next year."""
    first, last = SEASONS[name]
    return f"{iso_month(year, first)}/{iso_month(year + (last < first), last)}"


def week_of(day: date) -> str:
    """The week, Monday to Sunday, as a range."""
    monday = shift_days(day, -day.weekday())
    return f"{monday.isoformat()}/{shift_days(monday, 6).isoformat()}"


def weekend_of(day: date) -> str:
    """The Saturday and Sunday of the day's week as a range."""
    saturday = shift_days(day, 5 - day.weekday())
    return f"{saturday.isoformat()}/{shift_days(saturday, 1).isoformat()}"


def number_of(words: str) -> int | None:
    """ "14", "six", "a couple of" as a number; None for other words."""
    plain = words.lower().removesuffix(" of").removeprefix("a ").strip()
    if plain.isdigit():
        return int(plain) if len(plain) < 5 else None
    return NUMBERS.get(plain or "a")
