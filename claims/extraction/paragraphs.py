"""Step 1: the article's text as blocks, with page furniture, captions and headings told apart from prose."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction import furniture

BlockKind = Literal["prose", "heading", "dateline", "furniture"]

# A block longer than this is cut at a space: no paragraph of an article is so long, and the parser's memory
# grows with its input.
LONGEST_BLOCK = 10_000
HEADING_WORDS = 14

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text between line breaks, without surrounding white space."""

    start: int
    end: int
    kind: BlockKind


def find_blocks(text: str, title: str = "") -> tuple[Block, ...]:
    """Cut the text at line breaks; a caption that repeats and a short line without a full stop are no
    prose."""
    lines = [(m.start(), m.group()) for m in _LINE.finditer(text)]
    spans = [span for start, line in lines for span in _trimmed(start, line)]
    seen: dict[str, int] = {}
    for start, end in spans:
        key = text[start:end].casefold()
        seen[key] = seen.get(key, 0) + 1
    last_prose = max((i for i, (s, e) in enumerate(spans) if _kind(text[s:e], title) == "prose"), default=-1)
    blocks: list[Block] = []
    for i, (start, end) in enumerate(spans):
        line = text[start:end]
        kind = _kind(line, title)
        if kind == "prose" and seen[line.casefold()] > 1:
            kind = "furniture"
        if kind == "prose" and i >= last_prose - 1 and i > 3 and len(furniture.ABOUT_US.findall(line)) > 1:
            kind = "furniture"
        blocks.append(Block(start, end, kind))
    return tuple(blocks)


def _trimmed(start: int, line: str) -> list[tuple[int, int]]:
    spans = []
    for at in _pieces(line):
        piece = line[at[0] : at[1]]
        stripped = piece.strip()
        if stripped:
            begin = start + at[0] + len(piece) - len(piece.lstrip())
            spans.append((begin, begin + len(stripped)))
    return spans


def _pieces(line: str) -> list[tuple[int, int]]:
    pieces, at = [], 0
    while len(line) - at > LONGEST_BLOCK:
        cut = line.rfind(" ", at + LONGEST_BLOCK // 2, at + LONGEST_BLOCK)
        cut = cut if cut > 0 else at + LONGEST_BLOCK
        pieces.append((at, cut))
        at = cut
    pieces.append((at, len(line)))
    return pieces


def _kind(line: str, title: str) -> BlockKind:
    words = _WORD.findall(line[:400])
    if not words:
        return "furniture"
    letters = _letters(line[:400])
    if title and (letters == _letters(title) or (len(letters) > 20 and letters in _letters(title))):
        return "heading"
    if len(line) < 120 and furniture.DATELINE.match(line):
        return "dateline"
    short = len(words) <= 60
    if short and (furniture.CREDIT.search(line) or furniture.BYLINE.match(line)):
        return "furniture"
    if len(words) <= 25 and furniture.OPENING.match(line):
        return "furniture"
    if _STOP.search(line):
        return "furniture" if len(words) <= 2 else "prose"
    if furniture.BULLET.match(line) and len(words) <= 6:
        return "furniture"
    if len(words) <= HEADING_WORDS and not _TERMINAL.search(line):
        return "heading"
    return "prose"


def _letters(line: str) -> str:
    return "".join(ch for ch in line.casefold() if ch.isalnum())
