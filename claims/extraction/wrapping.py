"""Lines broken at a column: joined again, so that a paragraph is one block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.extraction.characters import Change

NARROWEST: Final = 40  # characters; a shorter line was not broken for want of room
WIDEST: Final = 120
NARROWEST_COLUMN: Final = 55
RAGGED: Final = 10  # characters that lines broken by hand stay short of the column
FEWEST_BREAKS: Final = 2  # inside a sentence, for breaks between sentences to count as well
SYLLABLE_SHARE: Final = 0.08  # of the breaks; a text with fewer hyphens there breaks no words into syllables

_BREAK: Final = re.compile(r"(?<=\S)[ \t]*(?:\r\n|[\n\r])[ \t]*(?=\S)")
_STOP: Final = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_MARKER: Final = re.compile(r"(?:[•·▪●*–—|>»-]|\(?(?:\d{1,2}|[a-h])[.)])\s")


@dataclass(frozen=True, slots=True)
class _Break:
    start: int  # of the line
    end: int
    following: int  # where the next line begins
    inside: bool  # a sentence goes on


def joined(text: str) -> Iterator[Change]:
    """A space for each line break that was made because the next word had no room.

    A break inside a sentence tells the column; then a break between sentences is one too where the next word
    would have passed the column.
    """
    breaks = list(_breaks(text))
    inside = [b for b in breaks if b.inside]
    column = max((b.end - b.start for b in inside), default=0)
    hyphens = sum(_has_hyphen(text, b) for b in inside)
    syllables = hyphens >= FEWEST_BREAKS and hyphens >= SYLLABLE_SHARE * len(inside)
    for found in breaks if column >= NARROWEST_COLUMN else ():
        word = text[found.following : found.following + WIDEST].split(None, 1)[0]
        room = column - (found.end - found.start) - 1 - len(word)
        if (room < RAGGED) if found.inside else (room < 0 and len(inside) >= FEWEST_BREAKS):
            if not _has_hyphen(text, found):
                yield found.end, found.following, " "
            else:
                yield found.end - syllables, found.following, ""


def _has_hyphen(text: str, place: _Break) -> bool:
    return text[place.end - 1] == "-" and text[place.end - 2].isalpha()


def _breaks(text: str) -> Iterator[_Break]:
    """Breaks after lines that may have been filled."""
    for found in _BREAK.finditer(text):
        end, following = found.span()
        window = max(0, end - WIDEST - 1)
        start = max(text.rfind("\n", window, end), text.rfind("\r", window, end)) + 1
        if start == 0 and window > 0:
            continue
        if NARROWEST <= end - start <= WIDEST and not _MARKER.match(text, following):
            stopped = _STOP.search(text, max(start, end - 5), end)
            yield _Break(start, end, following, text[following].islower() and not stopped)
