"""Items that complete the line above them: "The plan would:", "raise the tax", "build 300 flats"."""

import re
from collections.abc import Iterator
from typing import Final

from claims.extraction.characters import Change
from claims.extraction.openings import bullet_before
from claims.extraction.wordset import word_set

LONGEST_LEAD: Final = 200  # characters

_LINE: Final = re.compile(r"[^\n\r]+")
_ENDS: Final = re.compile(r"[.!?]\s")
_AND: Final = re.compile(r"[;,]?\s*\b(?:and|or)\s*$|[;,]\s*$")
# A lead-in that ends in one of these wants a verb.
_WANTS_VERB: Final = word_set("would will to should must can could may might shall not")


def completed(text: str) -> Iterator[Change]:
    """Put the lead-in before each of its items, so that an item is a sentence; the marks stay before it."""
    lead = ""
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if not words:
            continue
        mark = bullet_before(words)
        if lead and (mark or words[0].islower()):
            start = line.start() + line.group().index(words)
            yield from _sentence(text, start + mark, start + len(words), lead)
        else:
            lead = _lead_in(words)


def _lead_in(line: str) -> str:
    """The last sentence of the line, without its colon, where the word before that wants a verb."""
    if not line.endswith(":") or len(line) > LONGEST_LEAD:
        return ""
    sentence = _ENDS.split(line)[-1].removesuffix(":").rstrip()
    last = sentence.rsplit(None, 1)[-1:]
    return f"{sentence} " if last and last[0].lower() in _WANTS_VERB else ""


def _sentence(text: str, start: int, end: int, lead: str) -> Iterator[Change]:
    yield start, start, lead
    small = text[start].lower()
    if text[start] != small and len(small) == 1:
        yield start, start + 1, small
    if text[end - 1] not in ".!?":
        link = _AND.search(text, start + 1, end)
        yield (link.start() if link else end), end, "."
