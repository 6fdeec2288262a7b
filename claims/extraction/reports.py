"""Attributions as spans of the article: frames with the quotations that belong to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.extraction.attribution import Framing, ParsedUnit
from claims.extraction.tree import Word

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says or thinks what: start and end offsets of its parts in text order. The source is empty where
    nobody is named; a statement was uttered or written, an attitude is thought, felt or meant."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Literal["statement", "attitude"]


def find_attributions(text: str, units: Sequence[ParsedUnit], framing: Framing) -> tuple[Attribution, ...]:
    """All attributions of the article in text order of their frames."""
    quoted: dict[int, list[Span]] = {}
    for unit, owner in zip(units, framing.owners, strict=True):
        if owner is not None:
            quoted.setdefault(id(owner), []).append((unit.unit.start, unit.unit.end))
    found = []
    for frame in (f for frames in framing.frames for f in frames):
        content = _joined(text, sorted([*quoted.get(id(frame), ()), *_spans(frame.content)]))
        if content:
            kind: Literal["statement", "attitude"] = "statement" if frame.states else "attitude"
            found.append(Attribution(_spans(frame.source), _spans(frame.cue), content, kind))
    return tuple(found)


def _spans(words: Iterable[Word]) -> tuple[Span, ...]:
    spans: list[Span] = []
    previous = -2
    for word in words:
        if word.i == previous + 1:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
        previous = word.i
    return tuple(spans)


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans that only marks and spaces part made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not any(ch.isalnum() for ch in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
