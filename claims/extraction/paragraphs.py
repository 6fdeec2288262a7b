"""Step 1: the article's text as blocks, with page furniture, captions and headings told apart from prose."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.extraction import furniture
from claims.extraction.openings import bullet_before, is_time, time_before
from claims.extraction.tables import is_row

BlockKind = Literal["prose", "heading", "dateline", "furniture"]

# A block longer than this is cut at a space: no paragraph of an article is so long, and the parser's memory
# grows with its input.
LONGEST_BLOCK = 10_000
HEADING_WORDS = 14
ITEM_WORDS = 3  # a list item without a stop that is no longer is no sentence
PROSE_BEFORE_COMMENTS = 2

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's words over one or more blocks, without quotation marks: an answer, a speech.

    `name` is where the speaker is named, None where nobody is; `asks`: by one who only asks.
    """

    number: int
    name: tuple[int, int] | None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text between line breaks, without surrounding white space.

    Its own words begin at `body`, after a time, a bullet or a speaker's label (at `end`: there are none).
    """

    start: int
    end: int
    kind: BlockKind
    body: int
    turn: Turn | None = None


def find_blocks(text: str, title: str = "") -> tuple[Block, ...]:
    """Cut the text at line breaks; a caption that repeats and a short line without a full stop are no
    prose."""
    lines = [(m.start(), m.group()) for m in _LINE.finditer(text)]
    spans = [span for start, line in lines for span in _trimmed(start, line)]
    seen = Counter(text[start:end].casefold() for start, end in spans)
    kinds = [_kind(text[start:end], title) for start, end in spans]
    last_prose = max((i for i, kind in enumerate(kinds) if kind == "prose"), default=-1)
    comments = _comments_from(text, spans, kinds)
    blocks: list[Block] = []
    links = False  # a list under "Read more"
    for i, (start, end) in enumerate(spans):
        line, kind = text[start:end], kinds[i]
        bullet = bullet_before(line)
        links = links if bullet else furniture.OPENING.match(line) is not None
        about = i >= last_prose - 1 and i > 3 and len(furniture.ABOUT_US.findall(line)) > 1
        if kind == "prose" and (seen[line.casefold()] > 1 or about or (links and bullet) or i >= comments):
            kind = "furniture"
        blocks.append(Block(start, end, kind, start + (bullet or time_before(line))))
    return tuple(blocks)


def _comments_from(text: str, spans: Sequence[tuple[int, int]], kinds: Sequence[BlockKind]) -> int:
    """The number of the block where readers' comments begin: under such a heading, with their buttons."""
    tools = [i for i, (s, e) in enumerate(spans) if furniture.COMMENT_TOOLS.match(text[s : min(e, s + 80)])]
    prose = 0
    for i, (start, end) in enumerate(spans[: tools[-1]] if tools else ()):
        prose += kinds[i] == "prose"
        if prose >= PROSE_BEFORE_COMMENTS and furniture.COMMENTS.match(text[start : min(end, start + 80)]):
            return i
    return len(spans)


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
    if not words or is_time(line) or is_row(line):
        return "furniture"
    letters = _letters(line[:400])
    if title and (letters == _letters(title) or (len(letters) > 20 and letters in _letters(title))):
        return "heading"
    if len(line) < 120 and furniture.DATELINE.match(line):
        return "dateline"
    if _is_furniture(line, words):
        return "furniture"
    if _STOP.search(line):
        return "furniture" if len(words) <= 2 else "prose"
    if bullet_before(line):
        return "furniture" if len(words) <= ITEM_WORDS else "prose"
    if len(words) <= HEADING_WORDS and not _TERMINAL.search(line):
        return "heading"
    return "prose"


def _is_furniture(line: str, words: Sequence[str]) -> bool:
    patterns = (
        furniture.CREDIT.search,
        furniture.BYLINE.match,
        furniture.NOTICE.match,
        furniture.AUTHOR.search,
    )
    if len(words) <= 60 and any(find(line) for find in patterns):
        return True
    return len(words) <= 25 and furniture.OPENING.match(line) is not None


def _letters(line: str) -> str:
    return "".join(ch for ch in line.casefold() if ch.isalnum())
