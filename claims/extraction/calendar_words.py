"""Numbers and names of the calendar as English writes them, as patterns and as numbers."""

import re
from collections.abc import Iterable
from typing import Final

from claims.extraction.lexicon import MONTHS, WEEKDAYS
from claims.extraction.periods import SEASON_MONTHS

_UNDER_TWENTY: Final = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen"
)
_DECADES: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES, _TENS = _UNDER_TWENTY.split("|"), _DECADES.split("|")
_CARDINALS: Final = {word: n for n, word in enumerate(_ONES)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_SCALES: Final = {"hundred": 100, "thousand": 1000}
_NTH: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
)
_ORDINALS: Final = {word: n for n, word in enumerate(_NTH.split("|"), start=1)}


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


_TWO_DIGITS: Final = rf"(?:{any_of(_TENS)})(?:[- ](?:{any_of(_ONES[1:10])}))?"
_CARDINAL: Final = rf"(?:{_TWO_DIGITS}|{any_of(_ONES[1:])})"
_VAGUE: Final = "several|some|many|numerous|a few|few|a number of|dozens of|hundreds of|recent|these"
# Patterns of a number of units, of a day of a month and of a year.
COUNT: Final = (
    r"(?P<count>\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:[ -]\d/\d)?|half an?|(?:a )?couple(?: of)?"
    rf"|(?:an? |{_CARDINAL}[- ])?(?:{any_of(_SCALES)})|{_CARDINAL}(?: and a half)?|{_VAGUE}|an?)"
)
ORDINAL: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_NTH})"
DAY: Final = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_NTH})"
_CASED: Final = frozenset({"may", "mar", "march", "jan"})  # other words in lower case


def _cased(word: str) -> str:
    return f"(?-i:{word.capitalize()}|{word.upper()})" if word in _CASED else word


MONTH: Final = rf"(?P<month>{any_of(map(_cased, MONTHS))})\b\.?"
FULL_MONTH: Final = rf"(?P<month>{any_of(_cased(m) for m in MONTHS if len(m) > 4 or m in 'may june july')})"
WEEKDAY: Final = rf"(?P<weekday>{any_of(w for w in WEEKDAYS if w.endswith('day'))})"
SEASON: Final = rf"(?P<season>{any_of(SEASON_MONTHS)})"
_SPELLED: Final = (
    rf"(?:nineteen|eighteen|twenty) (?:hundred|{any_of(_ONES[10:])}|{_TWO_DIGITS})"
    rf"|two thousand(?:(?: and)? {_CARDINAL})?"
)
YEAR: Final = rf"(?P<year>(?:1[5-9]|20)\d\d|{_SPELLED})"


def number_of(words: str) -> float | None:
    """ "14", "2 1/2", "twenty-four", "a couple of" as a number; None where it is vague ("several")."""
    total, found = 0.0, False
    for word in re.split(r"[\s-]+", words.lower().replace(",", "")):
        value = _number(word)
        if value is None:
            continue
        total = max(total, 1) * value if value in _SCALES.values() else total + value
        found = True
    if not found and words.lower() in ("a", "an"):
        return 1
    return total if found else None


def _number(word: str) -> float | None:
    if "/" in word:
        upper, lower = word.split("/")
        return int(upper) / int(lower) if int(lower) else None
    if word.replace(".", "", 1).isdecimal():
        return float(word)
    if word in _SCALES:
        return _SCALES[word]
    return {"half": 0.5, "couple": 2.0}.get(word, _CARDINALS.get(word))


def ordinal_of(words: str) -> int:
    """ "3rd", "third", "14" as a number; 0 where it is none."""
    digits = re.match(r"\d+", words)
    return int(digits.group()) if digits else _ORDINALS.get(words.lower(), 0)


def year_number(words: str) -> int:
    """ "1994", "nineteen ninety-four", "two thousand" as a number."""
    if words.isdecimal():
        return int(words)
    head, *rest = words.lower().replace("-", " ").replace(" and ", " ").split()
    if rest[:1] == ["thousand"]:
        return 2000 + sum(_CARDINALS[w] for w in rest[1:])
    return 100 * _CARDINALS[head] + sum(_CARDINALS.get(w, 0) for w in rest)
