"""Quotes and their place in a text, kept so that the place is found again when the text changes around it.

The selector is the one of the W3C Web Annotation model: the exact words, and some before and after.
Pure. Offsets are in characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

CONTEXT = 48  # characters before and after

# Of a quote that stands in more places than these (a page of one repeated word) the first ones are looked at.
MOST_PLACES = 300

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SINGLE = "'\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'
# What is written in several ways. Possessive throughout: one pass, however the text looks.
_VARIANT = re.compile(
    rf"\s*+(?P<dots>\.\.\.|…)\s*+|\s*+(?P<dash>[{re.escape(_DASHES)}]++)\s*+|(?P<space> \s++|[^\S ]\s*+)"
    rf"|(?P<double>[{_SINGLE}]{{2}}|[{_DOUBLE}])|[{_SINGLE}]"
)
_ONE_WAY = {"dots": "…", "dash": "-", "space": " ", "double": '"', None: "'"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote with its surroundings and its place when it was taken."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def anchor(text: str, start: int, end: int) -> Anchor:
    """The selector of text[start:end]. Raises ValueError where that is empty or outside."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no quote from {start} to {end} in a text of {len(text)} characters")
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(exact=text[start:end], prefix=prefix, suffix=suffix, start=start, end=end)


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Where the quote stands, None where it does not; of several places the one that fits its surroundings.

    White space, the style of quotation marks, dashes and dots, and the space around these make no difference.
    """
    found = places(text, exact)
    return max(found, key=lambda place: fit(text, place, prefix, suffix)) if found else None


def places(text: str, exact: str) -> list[tuple[int, int]]:
    """All places of a quote, in order, as `find` compares; the first MOST_PLACES of them."""
    exact = exact.strip()
    if not exact:
        return []
    return _occurrences(text, exact) or _tolerantly(text, exact)


def fit(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many characters around a place agree with the ones remembered."""
    start, end = place
    before = _folded(text[max(0, start - 2 * CONTEXT) : start])
    after = _folded(text[end : end + 2 * CONTEXT])
    return _common(before[::-1], _folded(prefix)[::-1]) + _common(after, _folded(suffix))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text with everything that is written in several ways written in one, and the way back.

    From `here[n]` on the text goes on as the original does from `there[n]` on.
    """

    text: str
    here: list[int]
    there: list[int]

    def original(self, offset: int) -> int:
        piece = bisect_right(self.here, offset) - 1
        return self.there[piece] + offset - self.here[piece]


def _fold(text: str) -> _Folded:
    pieces, here, there = [], [0], [0]
    at = length = 0
    for match in _VARIANT.finditer(text):
        pieces += [text[at : match.start()], _ONE_WAY[match.lastgroup]]
        length += match.start() - at + 1
        at = match.end()
        here += [length - 1, length]
        there += [match.start(), at]
    pieces.append(text[at:])
    return _Folded("".join(pieces), here, there)


# Many quotes are looked for in one page.
_fold_page = lru_cache(maxsize=2)(_fold)


def _occurrences(text: str, exact: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = text.find(exact)
    while at >= 0 and len(found) < MOST_PLACES:
        found.append((at, at + len(exact)))
        at = text.find(exact, at + len(exact))
    return found


def _tolerantly(text: str, exact: str) -> list[tuple[int, int]]:
    folded = _fold_page(text)
    wanted = _fold(exact).text
    rough = ((folded.original(a), folded.original(b)) for a, b in _occurrences(folded.text, wanted))
    return [_trimmed(text, start, end) for start, end in rough]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), start + len(found.rstrip())


def _folded(text: str) -> str:
    return _fold(text).text


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
