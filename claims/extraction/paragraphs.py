"""Step 1: the article's text as blocks, with page furniture, captions and headings told apart from prose."""

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["prose", "heading", "dateline", "furniture"]

# A block longer than this is cut at a space: no paragraph of an article is so long, and the parser's memory
# grows with its input.
LONGEST_BLOCK = 10_000
HEADING_WORDS = 14

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATELINE = re.compile(
    rf"^(?:(?:published|updated|posted|last modified)\W*(?:on|at)?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d)(?:\W.{{0,30}})?$",
    re.I,
)
# Lines that websites put around articles, whatever the article is about.
_FURNITURE_START = re.compile(
    r"^\W*(?:(?:share|tweet|print|e-?mail|comments?|advertisement|subscribe|sign (?:up|in)|log ?in|menu|search|skip to"
    r"|read more|see also|related(?: (?:articles?|stories|news|links|topics))?|more (?:from|on)|most (?:read|popular)"
    r"|sources?|references|external links|sister links|further reading|categories|tags|topics|filed under|bookmark"
    r"|copyright|©|all rights reserved|terms of (?:use|service)|privacy policy|cookie|accessibility|breaking news"
    r"|about (?:us|the author)|contact us|follow (?:us|@)|click here|have an opinion|watch|listen|photo gallery"
    r"|image|photo(?:graph)?|picture|video|file (?:photo|image)|credit|caption|looking back)\b\s*(?:[:|.…»>-]|$)"
    r"|with (?:additional )?(?:reporting|contributions?) (?:by|from)\b|by (?:the )?associated press$"
    r"|(?:file|stock) (?:photo|image|picture)s?\b|©|\(c\) \d{4})",
    re.I,
)
_CREDIT_END = re.compile(
    r"(?:\b(?:image|photo(?:graph)?|picture|credit|file photo|illustration|photos? by|image by|screenshot)s?\s*:\s*[^.!?]{2,60}"
    r"|\((?:photo|image|picture|ap|afp|reuters|getty)[^)]{0,60}\)|;\s*(?:from )?file(?: photo)?,? ?\d{0,4})\.?\s*$",
    re.I,
)
_BYLINE = re.compile(r"^by\s+(?:[A-Z][\w.'’-]*+[ ,]*+(?:and\s++)?){1,6}+(?:[|,–—-].{0,40})?$")
_BULLET = re.compile(r"^\s*[•·▪●*–—|>»-]\s")
_ABOUT_US = re.compile(
    r"\b(?:we (?:provide|believe|are a|bring|rely|report|need|deliver)|our (?:journalists|reporters|readers|mission|newsletter"
    r"|newsroom|website|coverage)|journalists report the news|sign up|subscribe|newsletter|donate|your (?:inbox|support))\b",
    re.I,
)


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
        if kind == "prose" and i >= last_prose - 1 and i > 3 and len(_ABOUT_US.findall(line)) > 1:
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
    if title and _letters(line) == _letters(title):
        return "heading"
    if len(line) < 120 and _DATELINE.match(line):
        return "dateline"
    short = len(words) <= 60
    if short and (_CREDIT_END.search(line) or _BYLINE.match(line)):
        return "furniture"
    if len(words) <= 25 and _FURNITURE_START.match(line):
        return "furniture"
    if _STOP.search(line):
        return "furniture" if len(words) <= 2 else "prose"
    if _BULLET.match(line) and len(words) <= 6:
        return "furniture"
    if len(words) <= HEADING_WORDS and not _TERMINAL.search(line):
        return "heading"
    return "prose"


def _letters(line: str) -> str:
    return "".join(ch for ch in line.casefold() if ch.isalnum())
