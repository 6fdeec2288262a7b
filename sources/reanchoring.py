"""A quote looked for in a later text of its source: is it still there, and is it still the same quote?

First by its words, of several places the one with the surroundings it had. Where these words are gone, the
passage most like them is sought; it counts as the same quote, reworded, only where it says the same of the
same: numbers, names, negations and opposites as before. When in doubt the quote is gone, and a person looks.

Pure, and in bounded time: one pass over the text, then a closer look at a few windows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from sources.anchoring import Anchor, fit, places
from sources.wording import NEGATIONS, Token, facts, tokens

# A passage at least so much like the quote, from 0 to 1, is the quote reworded. Calibrated on the pairs in
# tests/sources/quote_pairs.py: the least alike of those that count scores 0.77, of those that do not, and
# that no number, name, negation or opposite gives away, the most alike 0.61.
LEAST_ALIKE = 0.69
# Fewer words than these say too little to be known again in others.
FEWEST_WORDS = 4
# Windows are found by runs of so many characters that they share with the quote.
GRAM = 5
MOST_WINDOWS = 3
LEAST_SHARED = 0.2  # of the quote's runs
# A passage goes on over words of its own, as long as enough of the quote's follow.
COST_OF_A_NEW_WORD = 0.4


class Found(StrEnum):
    THERE = "there"  # in the same place
    MOVED = "moved"  # in another place
    REWORDED = "reworded"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote is now, in characters. Of one that is gone: the passage most like it, if any."""

    found: Found
    start: int | None = None
    end: int | None = None
    likeness: float = 0.0


def reanchor(text: str, was: Anchor) -> Place:
    """Look for a quote that was anchored in an earlier text."""
    still = [place for place in places(text, was.exact) if _same_edges(text, place, was)]
    if still:
        start, end = max(still, key=lambda place: fit(text, place, was.prefix, was.suffix))
        return Place(Found.THERE if start == was.start else Found.MOVED, start, end, 1.0)
    nearest = max(_passages(text, was.exact), key=lambda place: place.likeness, default=None)
    if nearest is None or nearest.start is None:
        return Place(Found.GONE)
    if nearest.likeness < LEAST_ALIKE or not _says_the_same(text, nearest, was):
        return Place(Found.GONE, nearest.start, nearest.end, nearest.likeness)
    return nearest


def _same_edges(text: str, place: tuple[int, int], was: Anchor) -> bool:
    """Whether words and numbers end where they did ("4" is not in "4.5"), with no new "not" before them."""
    start, end = place
    return (
        _cut(text[max(0, start - 2) : start + 2], start - max(0, start - 2)) <= _cut(was.prefix[-2:] + was.exact[:2], len(was.prefix[-2:]))
        and _cut(text[end - 2 : end + 2], min(end, 2)) <= _cut(was.exact[-2:] + was.suffix[:2], len(was.exact[-2:]))
        and _negated(text[:start]) == _negated(was.prefix)
    )


def _cut(around: str, at: int) -> bool:
    """Whether a word or a number goes through this place."""
    before, after = around[:at], around[at:]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    point = before[-1] in ".," and before[:-1].isdigit() and after[0].isdigit()
    return point or (before[-1].isdigit() and after[0] in ".,%" and (after[0] == "%" or after[1:2].isdigit()))


def _negated(before: str) -> bool:
    last = tokens(before[-40:])[-1:]
    return bool(last) and last[0].word in NEGATIONS and not before.rstrip().endswith((".", "!", "?"))


def _says_the_same(text: str, place: Place, was: Anchor) -> bool:
    assert place.start is not None
    assert place.end is not None
    if _negated(text[: place.start]) != _negated(was.prefix):
        return False
    return facts(was.exact).agree(facts(text[place.start : place.end]))


def _passages(text: str, quote: str) -> list[Place]:
    """The passages most like a quote, one for each window that shares enough with it."""
    wanted = tokens(quote)
    if len(wanted) < FEWEST_WORDS:
        return []
    found = (_passage(text, start, end, wanted) for start, end in _windows(text, quote))
    return [place for place in found if place is not None]


def _windows(text: str, quote: str) -> list[tuple[int, int]]:
    """The stretches of the text that share the most runs of characters with the quote."""
    grams, wanted = _grams(text), np.unique(_grams(quote))
    if not len(grams) or not len(wanted):
        return []
    near = np.minimum(np.searchsorted(wanted, grams), len(wanted) - 1)
    width = min(len(quote), len(grams))
    sums = np.concatenate(([0], np.cumsum(wanted[near] == grams)))
    shared = sums[width:] - sums[:-width]
    found = []
    for _ in range(MOST_WINDOWS):
        best = int(shared.argmax())
        if shared[best] < LEAST_SHARED * len(wanted):
            break
        found.append((max(0, best - width), min(len(text), best + 2 * width)))
        shared[max(0, best - width) : best + width] = 0
    return found


def _grams(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """A number for each run of characters, case aside."""
    lower = text.lower()
    codes = np.frombuffer((lower if len(lower) == len(text) else text).encode("utf-32-le"), dtype=np.uint32)
    count = max(len(codes) - GRAM + 1, 0)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        runs = runs * np.uint64(1_000_003) + codes[place : place + count]
    return runs


def _passage(text: str, start: int, end: int, wanted: Sequence[Token]) -> Place | None:
    """The passage within start..end that is most like the words wanted: from one of them to another."""
    here = tokens(text[start:end])
    theirs = [token.word for token in wanted]
    kept = set[int]()
    for block in LCSseq.opcodes(theirs, [token.word for token in here]):
        if block.tag == "equal":
            kept.update(range(block.dest_start, block.dest_end))
    span = _best_run([1.0 if n in kept else -COST_OF_A_NEW_WORD for n in range(len(here))])
    if span is None:
        return None
    first, last = span
    words = [token.word for token in here[first : last + 1]]
    likeness = ratio(" ".join(theirs), " ".join(words)) / 100
    return Place(Found.REWORDED, start + here[first].start, start + here[last].end, likeness)


def _best_run(worth: Sequence[float]) -> tuple[int, int] | None:
    """The first and last index of the run with the greatest sum, None where none is above zero."""
    best, span = 0.0, None
    total, begun = 0.0, 0
    for index, value in enumerate(worth):
        if total <= 0:
            total, begun = 0.0, index
        total += value
        if total > best:
            best, span = total, (begun, index)
    return span
