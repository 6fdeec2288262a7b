"""A quote looked for in a later text of its source: is it still there, and is it still the same quote?

First by its words, of several places the one with the surroundings it had. Where these words are gone, the
passage most like them is sought; it counts as the same quote, reworded, only where it says the same of the
same: numbers, names, negations and opposites as before, and no word that bears a meaning exchanged for
another. When in doubt the quote is gone, and a person looks.

Pure, and in bounded time: one pass over the text, then a closer look at a few windows of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from sources.anchoring import Anchor, fit, places
from sources.wording import FUNCTION_WORDS, NEGATIONS, Token, facts, meanings, tokens

# A passage at least so much like the quote, from 0 to 1, is the quote reworded. Calibrated on the pairs in
# tests/sources/quote_pairs.py: the least alike of those that count scores 0.81, of those that do not, and
# that no number, name, negation or opposite gives away, the most alike 0.64.
LEAST_ALIKE = 0.7
# Fewer words than these say too little to be known again in others.
FEWEST_WORDS = 4
# Windows are found by runs of so many characters that they share with the quote.
GRAM = 5
MOST_WINDOWS = 3
LEAST_SHARED = 0.2  # of the quote's runs
# A passage goes on over words of its own, as long as enough of the quote's follow.
COST_OF_A_NEW_WORD = 0.4
# Of two words: forms or spellings of one ("centre", "center": 83; "closed", "close": 91), not two ("open",
# "close": 44), in percent.
SAME_WORD = 70
# Words around a passage in which it is looked for once more.
MARGIN = 4

_GOES_ON = re.compile(r"[^\W_]\0[^\W_]|\d\0(?:%|[.,]\d)|\d[.,]\0\d")


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
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        _cut(before, was.exact) <= _cut(was.prefix, was.exact)
        and _cut(was.exact, after) <= _cut(was.exact, was.suffix)
        and _negated(text[max(0, start - 40) : start]) == _negated(was.prefix)
    )


def _cut(before: str, after: str) -> bool:
    """Whether a word or a number goes on from one text to the other."""
    return _GOES_ON.search(f"{before[-2:]}\0{after[:2]}") is not None


def _negated(before: str) -> bool:
    last = tokens(before)[-1:]
    return bool(last) and last[0].word in NEGATIONS and not before.rstrip().endswith((".", "!", "?"))


def _says_the_same(text: str, place: Place, was: Anchor) -> bool:
    assert place.start is not None
    assert place.end is not None
    if _negated(text[max(0, place.start - 40) : place.start]) != _negated(was.prefix):
        return False
    passage = text[place.start : place.end]
    return facts(was.exact).agree(facts(passage)) and not _exchanged(meanings(was.exact), meanings(passage))


def _exchanged(theirs: Sequence[str], here: Sequence[str]) -> bool:
    """Whether a word stands in the place of another that is not a form of it. One that only moved is none."""
    lost, gained = set[str](), set[str]()
    for step in LCSseq.opcodes(theirs, here):
        if step.tag == "equal":
            lost, gained = set(), set()
            continue
        lost |= set(theirs[step.src_start : step.src_end]) - set(here) - FUNCTION_WORDS
        gained |= set(here[step.dest_start : step.dest_end]) - set(theirs) - FUNCTION_WORDS
        if gained and any(max(ratio(word, other) for other in gained) < SAME_WORD for word in lost):
            return True
    return False


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


@dataclass(frozen=True, slots=True)
class _Run:
    """The first and last of some words; how many of the words wanted come before and after them."""

    first: int
    last: int
    before: int
    after: int


def _passage(text: str, start: int, end: int, wanted: Sequence[Token]) -> Place | None:
    """The passage within start..end that is most like the words wanted."""
    here = tokens(text[start:end])
    run = _run(wanted, here, 0, len(here))
    if run is None:
        return None
    # Once more close by: a "the" of the quote may have been found two sentences before.
    low, high = max(0, run.first - run.before - MARGIN), run.last + run.after + MARGIN
    run = _run(wanted, here, low, high) or run
    # What was put in the place of the quote's first and last words belongs to the passage.
    first, last = run.first, run.last
    while first > run.first - run.before and first > 0 and not _parted(text, start, here, first):
        first -= 1
    while last < run.last + run.after and last + 1 < len(here) and not _parted(text, start, here, last + 1):
        last += 1
    theirs, words = (" ".join(token.word for token in side) for side in (wanted, here[first : last + 1]))
    return Place(
        Found.REWORDED, start + here[first].start, start + here[last].end, ratio(theirs, words) / 100
    )


def _run(wanted: Sequence[Token], here: Sequence[Token], low: int, high: int) -> _Run | None:
    """The run of words within low..high that has most of the words wanted, in their order."""
    kept: dict[int, int] = {}
    for step in LCSseq.opcodes([token.word for token in wanted], [token.word for token in here[low:high]]):
        if step.tag == "equal":
            kept |= zip(
                range(low + step.dest_start, low + step.dest_end),
                range(step.src_start, step.src_end),
                strict=True,
            )
    worth = [1.0 if place in kept else -COST_OF_A_NEW_WORD for place in range(low, min(high, len(here)))]
    span = _best_run(worth)
    if span is None:
        return None
    first, last = span[0] + low, span[1] + low
    return _Run(first, last, kept[first], len(wanted) - 1 - kept[last])


def _parted(text: str, start: int, here: Sequence[Token], place: int) -> bool:
    """Whether a sentence ends just before this word."""
    between = text[start + here[place - 1].end : start + here[place].start]
    return re.search(r"[.!?…。！？]|\n", between) is not None


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
