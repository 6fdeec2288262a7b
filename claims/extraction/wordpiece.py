"""Cuts a text into the pieces of words an encoder knows: lower case, no accents, the longest piece first."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

MARKS: Final = ("[UNK]", "[CLS]", "[SEP]")  # the first three pieces: unknown, opening and closing
UNKNOWN, OPENING, CLOSING = range(3)
CONTINUED: Final = "##"  # begins a piece that stands inside a word
LONGEST: Final = 96  # pieces of a text that are looked at, marks included
_LONGEST_TEXT: Final = 2_000  # characters
_LONGEST_WORD: Final = 50
_REMEMBERED: Final = 1 << 14  # words

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "."})


class Pieces:
    """`known`: every piece, its place being its number; MARKS come first."""

    def __init__(self, known: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(known)}
        self._cut = lru_cache(maxsize=_REMEMBERED)(self._pieces_of)

    def numbers(self, text: str) -> list[int]:
        """The numbers of the text's pieces between the two marks; at most LONGEST."""
        plain = unicodedata.normalize("NFD", text[:_LONGEST_TEXT].translate(_PLAIN).lower())
        words = _WORD.findall("".join(c for c in plain if unicodedata.category(c) != "Mn"))
        inner = [number for word in words for number in self._cut(word[:_LONGEST_WORD])]
        return [OPENING, *inner[: LONGEST - 2], CLOSING]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word):
            opening = CONTINUED if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(opening + word[start:end])
                if number is not None:
                    break
            else:
                return (UNKNOWN,)
            found.append(number)
            start = end
        return tuple(found)
