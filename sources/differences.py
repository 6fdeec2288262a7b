"""What was taken out of a text and what was put in, word by word, for a person to read.

Pure, and in bounded time and length: texts are compared by sentence first, by word where these differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import LCSseq

# The comparison keeps a bit for each pair of pieces: beyond so many pairs a stretch is shown as replaced.
MOST_PAIRS = 100_000_000
# Characters: of unchanged text around a change, and of all that is shown.
AROUND = 160
MOST_SHOWN = 60_000

_SENTENCE = re.compile(r".+?(?:[.!?]+[\"'”’)]*\s+|\n\s*|\Z)", re.S)
_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+\Z")


class Kind(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    FOLDED = "folded"  # unchanged and left out; the text says how much


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`complete` is False where the pieces stop before the texts do."""

    pieces: tuple[Piece, ...]
    complete: bool

    @property
    def none(self) -> bool:
        return all(piece.kind in (Kind.SAME, Kind.FOLDED) for piece in self.pieces)


def difference(old: str, new: str) -> Difference:
    pieces = _folded(_joined(_by_sentence(old, new)))
    shown: list[Piece] = []
    left = MOST_SHOWN
    for piece in pieces:
        if left <= 0:
            return Difference(tuple(shown), complete=False)
        shown.append(Piece(piece.kind, piece.text[:left]))
        left -= len(piece.text)
    return Difference(tuple(shown), complete=left >= 0)


def _by_sentence(old: str, new: str) -> Iterator[Piece]:
    for tag, was, now in _compared(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        if tag:
            yield _same(was, now)
        else:
            yield from _by_word("".join(was), "".join(now))


def _by_word(old: str, new: str) -> Iterator[Piece]:
    steps = list(_compared(_WORD.findall(old), _WORD.findall(new)))
    for place, (same, was, now) in enumerate(steps):
        # A single comma or "the" that two changes share tells nothing: it is read better as part of them.
        if same and (len(now) > 1 or place in (0, len(steps) - 1)):
            yield _same(was, now)
        else:
            yield Piece(Kind.DELETED, "".join(was))
            yield Piece(Kind.INSERTED, "".join(now))


def _same(was: Sequence[str], now: Sequence[str]) -> Piece:
    """The words of both, with the wider of their spaces: it may part them from what was taken out."""
    return Piece(Kind.SAME, "".join(max(pair, key=len) for pair in zip(was, now, strict=True)))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Runs of both texts in step, and whether they are the same, white space aside."""
    was, now = [piece.strip() for piece in old], [piece.strip() for piece in new]
    head = _shared(was, now)
    tail = _shared(was[head:][::-1], now[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    if head:
        yield True, old[:head], new[:head]
    if (ends[0] - head) * (ends[1] - head) > MOST_PAIRS:
        yield False, old[head : ends[0]], new[head : ends[1]]
    else:
        steps = LCSseq.opcodes(was[head : ends[0]], now[head : ends[1]])
        # A replacement comes in two steps, "delete" and "insert".
        for same, run in groupby(steps, lambda step: step.tag == "equal"):
            parts = list(run)
            first, last = parts[0], parts[-1]
            yield (
                same,
                old[head + first.src_start : head + last.src_end],
                new[head + first.dest_start : head + last.dest_end],
            )
    if tail:
        yield True, old[ends[0] :], new[ends[1] :]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Of several changes in a row what was taken out first, then what was put in; nothing empty."""
    for same, run in groupby(pieces, lambda piece: piece.kind == Kind.SAME):
        found = list(run)
        kinds = (Kind.SAME,) if same else (Kind.DELETED, Kind.INSERTED)
        for kind in kinds:
            if text := "".join(piece.text for piece in found if piece.kind == kind):
                yield Piece(kind, text)


def _folded(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Unchanged text is kept around changes only."""
    run = list(pieces)
    for place, piece in enumerate(run):
        first, last = place == 0, place == len(run) - 1
        room = AROUND * (2 - first - last)
        if piece.kind != Kind.SAME or len(piece.text) <= room + AROUND:
            yield piece
            continue
        text = piece.text
        begin = 0 if first else text.rfind(" ", 0, AROUND) + 1 or AROUND
        end = len(text) if last else len(text) - AROUND
        if begin:
            yield Piece(Kind.SAME, text[:begin])
        yield Piece(Kind.FOLDED, f"{end - begin:,} characters unchanged")
        if end < len(text):
            yield Piece(Kind.SAME, text[end:])
