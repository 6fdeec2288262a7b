"""How a claim's wording differs from its sentence, as edits with their origin in the article."""

import re
from difflib import SequenceMatcher
from typing import Final

from claims.extraction.values import Edit

REASON: Final = "language model"
_TOKEN: Final = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")


def find_edits(text: str, start: int, end: int, claim: str) -> tuple[Edit, ...]:
    """What became other words in `claim` of the article's sentence at start..end; words left out are none."""
    old = list(_TOKEN.finditer(text, start, end))
    new = list(_TOKEN.finditer(claim))
    matcher = SequenceMatcher(
        None, [m.group().casefold() for m in old], [m.group().casefold() for m in new], autojunk=False
    )
    edits = []
    for how, a, b, c, d in matcher.get_opcodes():
        replacement = claim[new[c].start() : new[d - 1].end()] if c < d else ""
        if how in ("equal", "delete") or not any(ch.isalnum() for ch in replacement):
            continue
        place = (old[a].start(), old[b - 1].end()) if a < b else (_gap(old, a, start),) * 2
        original = text[place[0] : place[1]]
        source = _source(text, start, replacement) or (None, None)
        edits.append(Edit(*place, original, replacement, source[0], source[1], REASON))
    return tuple(edits)


def _gap(old: list[re.Match[str]], before: int, start: int) -> int:
    return old[before - 1].end() if before else start


def _source(text: str, start: int, words: str) -> tuple[int, int] | None:
    """Where the article has these words: the last place before `start`, else the first one behind."""
    at = text.rfind(words, 0, start)
    while at >= 0 and not _is_whole(text, at, at + len(words)):
        at = text.rfind(words, 0, at + len(words) - 1)
    if at < 0:
        at = text.find(words, start)
        while at >= 0 and not _is_whole(text, at, at + len(words)):
            at = text.find(words, at + 1)
    return (at, at + len(words)) if at >= 0 else None


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
