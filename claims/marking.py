"""Cuts texts up for showing: an article into claimed and skipped parts, a claim into kept and new words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from claims.models import Appearance, Claim

# Of several claims in one place the one that most needs a person gives the mark its look.
URGENCY = (
    Claim.State.NEW,
    Claim.State.IN_REVIEW,
    Claim.State.IN_PROGRESS,
    Claim.State.PUBLISHED,
    Claim.State.RETIRED,
)

_TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text, start..end in characters; `skipped` is the reason it gave no claim."""

    start: int
    end: int
    text: str
    appearances: tuple[Appearance, ...] = ()
    skipped: str = ""

    @property
    def state(self) -> str:
        """The state that the mark shows; empty where no claim appears."""
        states = {appearance.claim.state for appearance in self.appearances}
        return next((state.value for state in URGENCY if state in states), "")

    @property
    def claim_ids(self) -> str:
        return " ".join(dict.fromkeys(str(appearance.claim_id) for appearance in self.appearances))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `changed` where the other text has no such words there."""

    text: str
    changed: bool


def segments(
    text: str, appearances: Iterable[Appearance], skipped: Iterable[Mapping[str, Any]]
) -> list[Segment]:
    """The whole text in order, cut wherever a claim's place or a skipped sentence begins or ends."""
    there = (a for a in appearances if a.standing != Appearance.Standing.VANISHED)
    placed = sorted((a for a in there if a.start < len(text)), key=lambda a: (a.start, a.end))
    passed = sorted((s for s in skipped if s["start"] < len(text)), key=lambda s: int(s["start"]))
    cuts = {0, len(text), *(a.start for a in placed), *(min(a.end, len(text)) for a in placed)}
    cuts |= {int(s["start"]) for s in passed} | {min(int(s["end"]), len(text)) for s in passed}
    found, open_claims, open_skips = [], list[Appearance](), list[Mapping[str, Any]]()
    begun = begun_skips = 0
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        while begun < len(placed) and placed[begun].start <= start:
            open_claims.append(placed[begun])
            begun += 1
        while begun_skips < len(passed) and passed[begun_skips]["start"] <= start:
            open_skips.append(passed[begun_skips])
            begun_skips += 1
        open_claims = [a for a in open_claims if a.end > start]
        open_skips = [s for s in open_skips if s["end"] > start]
        reason = str(open_skips[0]["reason"]) if open_skips and not open_claims else ""
        found.append(Segment(start, end, text[start:end], tuple(open_claims), reason))
    return found


def paragraphs(parts: Iterable[Segment]) -> list[list[Segment]]:
    """Segments gathered into paragraphs; the line breaks between them are left out."""
    gathered: list[list[Segment]] = [[]]
    for part in parts:
        for number, line in enumerate(re.finditer(r"[^\n]+|\n+", part.text)):
            if line[0].startswith("\n"):
                gathered.append([])
                continue
            start = part.start + line.start()
            piece = (
                part if number == 0 and line.end() == len(part.text)
                else Segment(start, start + len(line[0]), line[0], part.appearances, part.skipped)
            )  # fmt: skip
            gathered[-1].append(piece)
    return [line for line in gathered if any(part.text.strip() for part in line)]


def rewritten(sentence: str, text: str) -> list[Piece]:
    """`text` in pieces: kept from the sentence, or changed. Swapped, it shows what was left out."""
    old = [token.casefold() for token in _TOKEN.findall(sentence) if not token.isspace()]
    tokens = _TOKEN.findall(text)
    words = [(place, token.casefold()) for place, token in enumerate(tokens) if not token.isspace()]
    kept = set[int]()
    matcher = SequenceMatcher(None, old, [word for _, word in words], autojunk=False)
    for block in matcher.get_matching_blocks():
        kept |= {words[i][0] for i in range(block.b, block.b + block.size)}
    changed = {place for place, _ in words} - kept
    # A space between two changed words belongs to the change.
    changed |= {
        place for place, token in enumerate(tokens)
        if token.isspace() and place - 1 in changed and place + 1 in changed
    }  # fmt: skip
    pieces: list[Piece] = []
    for place, token in enumerate(tokens):
        if pieces and pieces[-1].changed == (place in changed):
            pieces[-1] = Piece(pieces[-1].text + token, pieces[-1].changed)
        else:
            pieces.append(Piece(token, place in changed))
    return pieces
