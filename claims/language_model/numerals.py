"""The numbers of a text, equal where they mean the same: "23" and "twenty-three", "1,000" and "1000"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.extraction.lexicon import NUMBERS
from claims.extraction.wordset import word_set

_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
# "One" and "a" are as often no number at all.
_UNITS: Final = {word: number for word, number in NUMBERS.items() if number != 1 and word != "couple"}
# Said by a word of its own, which must be there as it is.
_SCALES: Final = word_set(
    "hundred thousand million billion trillion dozen half double twice triple thrice quadruple"
)
_SHORT_SCALES: Final = {"k": "thousand", "m": "million", "bn": "billion", "tn": "trillion"}

_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?<![^\W\d_]-)(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>(?:k|m|bn|tn)\b)?"
    r"|(?<=\d[.,:/–-])(?P<rest>\d+)"
    r"|(?<!\w)(?P<word>[a-z]+)(?:[-\s](?P<unit>one|two|three|four|five|six|seven|eight|nine)\b)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at start..end of the text; `value` is equal for equal numbers."""

    start: int
    end: int
    value: str


def find_numerals(text: str) -> Iterator[Numeral]:
    """All numbers of the text, in its order; "first" to "tenth" are numbers too, "one" and "a" are none."""
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            yield Numeral(match.start(), match.end(), _plain(match["digits"]))
            if match["scale"]:
                yield Numeral(match.start(), match.end(), _SHORT_SCALES[match["scale"].lower()])
        elif match["rest"]:
            yield Numeral(match.start(), match.end(), _plain(match["rest"]))
        else:
            yield from _in_words(match)


def _plain(digits: str) -> str:
    whole, _, fraction = digits.replace(",", "").partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _in_words(match: re.Match[str]) -> Iterator[Numeral]:
    word = match["word"].lower()
    unit = (match["unit"] or "").lower()
    if word in _TENS:
        yield Numeral(match.start(), match.end(), str(_TENS[word] + NUMBERS.get(unit, 0)))
        return
    if word in _SCALES:
        yield Numeral(match.start("word"), match.end("word"), word)
    elif word in _ORDINALS:
        yield Numeral(match.start("word"), match.end("word"), str(_ORDINALS[word]))
    elif word in _UNITS:
        yield Numeral(match.start("word"), match.end("word"), str(_UNITS[word]))
    if unit in _UNITS:
        yield Numeral(match.start("unit"), match.end("unit"), str(_UNITS[unit]))
