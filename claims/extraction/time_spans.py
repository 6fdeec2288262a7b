"""Lengths of time, what lies so far off, what comes again and again, and vague references.

Each rule is a pattern and its reader; where several fit, the first of the table counts.
"""

import re
from dataclasses import replace
from typing import Final, cast

from claims.extraction.calendar_words import COUNT, SEASON, any_of, number_of
from claims.extraction.lexicon import MONTHS, WEEKDAYS
from claims.extraction.meanings import STEPS, Meaning, Rules, Setting, at, pointed
from claims.extraction.periods import (
    SEASON_CODES,
    SEASON_MONTHS,
    Period,
    Unit,
    around,
    in_words,
    iso,
    moved_by,
    shift,
)

# The letter of a unit in a TIMEX3 duration, and how many of them the unit is.
_LETTERS: Final = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "hour": ("TH", 1),
    "day": ("D", 1),
    "weekend": ("WE", 1),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("Q", 1),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centurie": ("Y", 100),
    "millennium": ("Y", 1000),
}
_UNIT: Final = rf"(?P<unit>{any_of(_LETTERS)})"
_FINER: Final = {"TM": ("TS", 60), "TH": ("TM", 60), "D": ("TH", 24), "Y": ("M", 12)}
_ABOUT: Final = (
    r"(?P<about>(?:about|around|nearly|almost|roughly|some|approximately|more than|less than|fewer than|over"
    r"|under|at least|at most|up to|just|only|exactly|within|barely)\s+(?:(?:the|a)\s+(?=\w+\s))?)?"
)
_KIND: Final = (
    r"(?:(?:trading|business|working|consecutive|straight|fiscal|calendar|full|additional|more|long|whole|whole"
    r"|short|extra|solid)\s+)?"
)


def _duration(count: float | None, unit: str) -> str:
    """ "P3Y", "PT5H30M", "PXD"."""
    letter, times = _LETTERS[unit.lower().removesuffix("s")]
    time, letter = ("T", letter[1]) if letter[0] == "T" else ("", letter)
    if count is None:
        return f"P{time}X{letter if times == 1 else {10: 'DE', 100: 'CE'}.get(times, letter)}"
    count *= times
    rest = count % 1
    if not rest or time + letter not in _FINER:
        return f"P{time}{count:g}{letter}"
    finer, parts = _FINER[time + letter]
    whole = f"{int(count)}{letter}" if count >= 1 else ""
    inner = "T" if finer[0] == "T" and not time else ""
    return f"P{time}{whole}{inner}{round(rest * parts)}{finer[-1]}"


def _length(m: re.Match[str], setting: Setting) -> Meaning | None:
    count, unit, said = number_of(m["count"]), m["unit"].lower(), m["count"].lower()
    if unit in ("second", "quarter") and said in ("a", "an", "three"):
        return None  # an ordinal, a fraction
    if unit == "year" and (m["old"] or _AGED.match(m.string, m.end())):
        return None  # an age
    if m["unit"].istitle():
        return None  # a programme or magazine of that name
    if re.fullmatch(r"one\s+day", m.group(), re.I):
        return None  # some day or other
    if count is not None and m["half"]:
        count += 0.5
    return Meaning(_duration(count, m["unit"]))


_AGED: Final = re.compile(r"[\s-]+olds?\b")


def _bare_length(m: re.Match[str], setting: Setting) -> Meaning | None:
    if _AGED.match(m.string, m.end()):
        return None
    return Meaning(_duration(None, m["unit"]))


def _off(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "Two weeks ago" from the day of publication, "two days later" from the last day told."""
    unit, way = m["unit"].lower(), m["way"].lower()
    count = number_of(m["count"])
    from_told = way in ("later", "earlier", "before", "after", "previously", "prior", "afterwards")
    unit, count = {"fortnight": ("week", count and 2 * count), "centurie": ("century", count)}.get(
        unit, (unit, count)
    )
    if unit in ("second", "minute", "hour"):
        return Meaning(_duration(count, unit))
    back = way in ("ago", "earlier", "before", "previously", "prior")
    if count is None:
        return Meaning("PAST_REF" if back else "FUTURE_REF")
    if count % 1:
        return Meaning(_duration(count, unit))
    steps = -int(count) if back else int(count)
    if unit == "year" and back and count == 1 and setting.quarter is not None and _compares(m):
        return _back(pointed(shift(setting.quarter, -4)))
    told = setting.told if from_told else None
    if told is None and not (back or way in ("from now", "hence")):
        return Meaning(_duration(count, unit))
    if told is None and setting.published is None:
        return None
    day = told.first if told else setting.published
    assert day is not None
    base = around(cast(Unit, unit), day)
    period = around(base.unit, moved_by(base.first, base.unit, steps))
    if unit == "decade":
        period = around("year", moved_by(day, "decade", steps))
    vague = "couple" in m["count"].lower() or m["about"] or m["or_so"] or (unit == "decade")
    meaning = replace(pointed(period), words=None) if vague else pointed(period)
    return _back(meaning) if way == "earlier" else meaning


# "Up from $3 million a year ago", not "she joined a year ago".
_FIGURE: Final = re.compile(
    r"(?:^|\d|[%,]|\b(?:million|billion|percent|cents|share|points|than|from|with))\s*$", re.I
)


def _compares(m: re.Match[str]) -> bool:
    return _FIGURE.search(m.string[max(0, m.start() - 12) : m.start()]) is not None


def _back(meaning: Meaning) -> Meaning:
    """What something is compared with is not where the story goes on."""
    return replace(meaning, period=None)


def _year_before(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "The year before", "year-earlier": a year before the last date told, or before this one."""
    if setting.quarter is not None:
        return _back(at(shift(setting.quarter, -4)))
    day = setting.told.first if setting.told else setting.published
    return _back(at(shift(around("year", day), -1))) if day else None


def _compared(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "The quarter", "the year-earlier period", "the same period last year": the quarter told, moved."""
    told, marked = setting.quarter, m["like"] or m["ago"] or m["year"] or m["owner"] or m["last"]
    if m["unit"].istitle() or not (m["the"] or marked):
        return None
    if m["now"] and setting.published is not None:
        return pointed(around("quarter", setting.published))
    if told is None:
        if m["unit"].lower() == "period" or not marked or setting.published is None:
            return None
        told = shift(around("quarter", setting.published), -1)
    if m["year"]:
        told = replace(told, first=told.first.replace(year=int(m["year"])))
    elif m["ago"] or m["last"] or m["owner"]:
        told = shift(told, -4)
    return _back(at(told, in_words(told)))


def _stretch(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "The past three months": a length, whose `when` is reckoned from the day of publication."""
    unit = m["unit"].lower()
    count = number_of(m["count"]) if m["count"] else 1
    value = _duration(count, unit)
    which = m["which"].lower()
    if setting.published is None or count is None or unit not in _SPANS or which not in STEPS:
        return Meaning(value)
    here = setting.published
    width, unit = _SPANS[unit]
    there = moved_by(here, unit, (1 if STEPS[which] > 0 else -1) * int(count * width))
    first, last = sorted((Period("day", here), Period("day", there)), key=lambda p: p.first)
    precise: Unit = "day" if unit in ("day", "week") else "month" if unit == "month" else "year"
    ends = [iso(around(precise, p.first)) for p in (first, last)]
    return Meaning(value, "/".join(ends))


_WITHIN: Final = re.compile(
    r"\b(?:(?:end|start|beginning|middle|rest|remainder|course|half|part|quarter|close|days|weeks|months|most|high|low)"
    r"\s+(?:of|for)|(?:earlier|later|early|late)\s+in|by|for|during|throughout|so\s+far|end(?:ed)?|finish(?:ed)?)\s+$",
    re.I,
)


def _the_unit(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "The end of the year", "later in the day": of the last date told, else of the day of publication."""
    unit = cast(Unit, m["unit"].lower())
    if unit == "year" and m["set"]:
        return Meaning("P1Y")  # its own end is told next
    before = m.string[max(0, m.start() - 20) : m.start()].lower()
    if not (m["whole"] or (unit == "day" and before.endswith("of ")) or _WITHIN.search(before)):
        return None
    told = setting.told_day if unit == "day" else None
    day = told.first if told else setting.published
    if day is None:
        return None
    period = around(unit, day)
    return at(period, in_words(period) if before.endswith(("of ", "in ", "during ")) else None)


def _year_end(m: re.Match[str], setting: Setting) -> Meaning | None:
    return at(around("year", setting.published)) if setting.published else None


_SPANS: Final = {
    "day": (1, "day"),
    "week": (1, "week"),
    "fortnight": (2, "week"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "year": (1, "year"),
    "decade": (10, "year"),
}


def _again(m: re.Match[str], setting: Setting) -> Meaning | None:
    """ "Each month", "every two years", "each July"."""
    word = m["every"].lower()
    if word in WEEKDAYS:
        return Meaning(f"XXXX-WXX-{WEEKDAYS[word] + 1}")
    if word in MONTHS:
        return Meaning(f"XXXX-{MONTHS[word]:02d}")
    if word in SEASON_MONTHS:
        return Meaning(f"XXXX-{SEASON_CODES[SEASON_MONTHS[word]]}")
    count = number_of(m["count"]) if m["count"] else 1
    return Meaning(_duration(2 if m["other"] else count, word))


_OFTEN: Final = {
    "hourly": "PT1H",
    "daily": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
}


def _often(m: re.Match[str], setting: Setting) -> Meaning:
    return Meaning(_OFTEN[m.group().lower()])


_REFERENCES: Final = {
    "PRESENT_REF": "(?:right )?now|currently|current|these days|nowadays|at (?:present|the moment)"
    "|the (?:present|time being)|to date",
    "PAST_REF": "(?:(?:more|most) )?recently|recent|the (?:recent )?past|long ago|lately|in recent memory",
    "FUTURE_REF": "the (?:(?:near|foreseeable) )?future|the (?:near|short|long) term|in future"
    "|coming (?:days|weeks|months|quarters|years)|(?<!as )soon|as soon as possible|a later (?:date|time)",
}


def _reference(m: re.Match[str], setting: Setting) -> Meaning:
    said = m.group().lower()
    return Meaning(next(v for v, words in _REFERENCES.items() if re.fullmatch(words, said)))


POINTING: Final[Rules] = {
    "off": (
        rf"{_ABOUT}{COUNT}(?:\s+|-){_KIND}{_UNIT}s?(?P<or_so>\s+or\s+(?:so|two|more))?\s+"
        r"(?P<way>ago|earlier|later|before(?=\W*(?:$|[.,;:)]))|previously|from\s+now|afterwards|prior(?!\s+to)|hence"
        r"|after(?=\W*(?:$|[.,;:)])))",
        _off,
    ),
    "year_before": (
        r"(?:the\s+year\s+(?:before|previous|earlier)|(?:an?\s+)?year-(?:earlier|ago))"
        r"(?!\s+(?:the|\w+\s+)?(?:quarter|period))",
        _year_before,
    ),
    "compared": (
        r"(?P<the>(?:the|its|that|this)\s+)?"
        r"(?:(?P<like>same|comparable|corresponding|latest|(?P<now>current)|(?:most\s+)?recent|just-ended)\s+)?"
        r"(?:(?P<ago>year[- ](?:ago|earlier)\s+)|(?P<year>(?:19|20)\d\d)\s+"
        r"|(?P<owner>last\s+year\s?['’]s\s+))?(?P<unit>quarter|period)"
        r"(?![-–]|\s+(?:of\s+(?!(?:the\s+)?last\s+year)|finals?|million|mile|century))"
        r"(?P<last>\s+(?:(?:of\s+)?(?:the\s+)?last\s+year|a\s+year\s+(?:ago|earlier)))?",
        _compared,
    ),
    "stretch": (
        rf"{_ABOUT}(?:the\s+|in\s+)?(?P<which>past|last|next|coming|first|final|latest|previous|following)\s+"
        rf"{COUNT}(?:\s+to\s+\w+)?\s+{_KIND}{_UNIT}s?(?:\s+or\s+so)?",
        _stretch,
    ),
    "past_unit": (rf"the\s+(?P<which>past)\s+(?P<count>(?!))?{_UNIT}", _stretch),
}
RULES: Final[Rules] = {
    "the_unit": (
        r"(?:the|this)\s+(?:(?P<whole>full|entire|whole|fiscal|financial|current|latest)\s+)*"
        r"(?P<unit>day|week|month|year)(?P<set>\s+(?:ended|ending))?",
        _the_unit,
    ),
    "year_end": (r"(?:the\s+)?year(?:[- ]|\s?['’]s\s+)end", _year_end),
    "again": (
        rf"(?:each|every)\s+(?:(?P<other>other\s+)|{COUNT}\s+)?(?P<every>(?:{any_of(_LETTERS)})s?"
        rf"|{any_of(WEEKDAYS)}|{any_of(MONTHS)}|{SEASON})",
        _again,
    ),
    "length": (
        rf"{_ABOUT}(?:the\s+)?{COUNT}(?:\s+(?:to|or)\s+\w+|\s?[-–]\s?\d+)?(?:\s+|\s?-\s?){_KIND}{_UNIT}s?"
        r"(?P<half>\s+and\s+a\s+half)?(?:\s+or\s+(?:so|two|more))?(?:-(?:(?P<old>old)|long))?",
        _length,
    ),
    "bare_length": (
        r"(?:(?:over\s+)?the\s+)?(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)",
        _bare_length,
    ),
    "often": (any_of(_OFTEN), _often),
    "reference": ("|".join(_REFERENCES.values()), _reference),
}
