"""Times of the day: "9 a.m. EST", "16:00 UTC", "noon", "the morning". They lean on the day beside them."""

import re
from dataclasses import replace
from typing import Final

from claims.extraction.calendar_words import any_of
from claims.extraction.meanings import PART, PARTS, Meaning, Rules, Setting, at
from claims.extraction.periods import Period

_ZONE: Final = (
    r"(?:\s+\(?(?P<zone>UTC|GMT|(?:[ECMP]|AK|H)[SD]?T|BST|CES?T|EES?T|WES?T|IST|MSK|JST|AES?T"
    r"|local\s+time)\)?)"
)
_HALVES: Final = {"a": "a", "m": "a", "p": "p", "e": "p"}
_NAMED: Final = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}


def _clock(m: re.Match[str], setting: Setting) -> Meaning | None:
    hour, minute = int(m["hour"]), m["minute"] or "00"
    half = _HALVES.get((m["half"] or "").lower()[:1], "")
    if hour > 24 or int(minute) > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = "Z" if (m["zone"] or "").upper() in ("UTC", "GMT") else ""
    return _on_told_day(f"T{hour:02d}:{minute}{zone}", setting)


def _named(m: re.Match[str], setting: Setting) -> Meaning | None:
    return _on_told_day(f"T{_NAMED[m.group().lower()]}", setting)


def _part(m: re.Match[str], setting: Setting) -> Meaning | None:
    return _on_told_day(f"T{PARTS[m['part'].lower()]}", setting)


def _on_told_day(clock: str, setting: Setting) -> Meaning | None:
    """The time on the last day told, else on the day of publication."""
    day = setting.told_day or (Period("day", setting.published) if setting.published else None)
    return replace(at(day, clock=clock), leans=True) if day else None


RULES: Final[Rules] = {
    "clock": (
        rf"(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d))?\s?(?P<half>[ap]\.m\.?|[ap]m\b){_ZONE}?",
        _clock,
    ),
    "clock_in_zone": (rf"(?P<hour>\d{{1,2}}):?(?P<minute>\d\d)(?P<half>(?!))?{_ZONE}", _clock),
    "clock_at": (
        r"(?<=\bat\s)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<half>(?!))?(?P<zone>(?!))?(?![\d:])",
        _clock,
    ),
    "clock_of_part": (
        r"(?P<hour>\d{1,2})(?P<minute>(?!))?(?P<zone>(?!))?\s+(?:o['’]clock\s+)?in\s+the\s+"
        r"(?P<half>am|morning|pm|afternoon|evening)",
        _clock,
    ),
    "named": (any_of(_NAMED), _named),
    "part": (
        rf"(?:in\s+)?(?:(?:the|that)(?:\s+(?:early|late)|\s+mid-?)?\s+|mid[- ]){PART}",
        _part,
    ),
}
