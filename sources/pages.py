"""What is read from a page, and the error of one that cannot be."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below this many letters a guess at the language is a coin toss.
FEWEST_LETTERS = 40
LETTERS_THAT_SETTLE = 400
SAMPLE = 20_000

# Invisible characters that only get in the way of finding a quote, and the ones that turn text around.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\u202a-\u202e\ud800-\udfff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


class Unreadable(Exception):  # noqa: N818 - it names what is wrong, not a fault of ours
    """A page or file without text that can be read; `message` is for a reader."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Page:
    """A page as read: `text` is paragraphs joined by blank lines, `site` the host without "www."."""

    title: str
    published_on: date | None
    publisher: str
    site: str
    authors: tuple[str, ...]
    language: str
    text: str


def has_begun(day: date, at: datetime) -> bool:
    """Whether this day has begun somewhere on Earth."""
    return day <= (at + timedelta(hours=14)).date()


def clean(text: str) -> str:
    """One normal form of a text's characters: NFC, "\\n" for every line break, no control characters."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_BREAK.sub("\n", text)))


def language_of(text: str, declared: str = "") -> str:
    """The two-letter language of a text, "" where it cannot be told; `declared` helps with short texts."""
    sample = text[:SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    declared = re.split("[-_]", declared.strip().lower())[0]
    if re.fullmatch("[a-z]{2,3}", declared) and letters < LETTERS_THAT_SETTLE:
        return declared
    if letters < FEWEST_LETTERS:
        return ""
    language, _ = _identifier().classify(sample)
    return "" if language == "zxx" else str(language)


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
