"""What an article offers to hold a claim against: its words, its names side by side, its times."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.extraction.dates import Passage, find_times
from claims.extraction.meanings import Tense

_WORD: Final = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*")
_ACRONYM: Final = re.compile(r"\b(?:[A-Za-z]\.){2,}")
# Between two words of one name stands no more than this.
_WITHIN_NAME: Final = re.compile(r"(?:['’]s)?[\s.&\-–‑]*")
STEM: Final = 5  # letters; enough to take "invites", "invited" and "invitation" for one
_TENSES: Final[tuple[Tense, ...]] = ("past", "present", "future")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, without a possessive "s"; `joined`: it follows the word before as in a name."""

    text: str
    start: int
    joined: bool

    @property
    def key(self) -> str:
        return self.text.casefold().replace("’", "'")


def without_dots(text: str) -> str:
    """The text with "US" for "U.S."."""
    return _ACRONYM.sub(lambda m: m.group().replace(".", ""), text)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text that is without dots."""
    end = None
    for match in _WORD.finditer(text):
        joined = end is not None and _WITHIN_NAME.fullmatch(text, end, match.start()) is not None
        yield Token(match.group(), match.start(), joined)
        end = match.end()


def stem(word: str) -> str:
    """The letters by which two forms of a word are taken for one."""
    return word.casefold()[:STEM]


@dataclass(frozen=True, slots=True)
class Article:
    """The words (small letters) and stems of the article and its headline, each two words that stand side by
    side, and every time it tells, as ISO prefixes."""

    words: frozenset[str]
    stems: frozenset[str]
    small: frozenset[str]  # words that are also written small
    pairs: frozenset[tuple[str, str]]
    times: frozenset[str]

    def tells(self, when: str) -> bool:
        """Whether one of the article's times is this ISO year, month or day, or lies in it."""
        return any(known.startswith(when) for known in self.times)


def read_article(sentences: Iterable[str], title: str, published_on: date | None) -> Article:
    """Gather it from the sentences; no two words of different sentences are side by side."""
    words: set[str] = set()
    small: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    times: set[str] = set()
    for text in (title, *sentences):
        before = ""
        for token in tokens(without_dots(text)):
            words.add(token.key)
            if token.text[0].islower():
                small.add(token.key)
            if token.joined:
                pairs.add((before, token.key))
            before = token.key
        times |= times_in(text, published_on)
    if published_on is not None:
        times.add(published_on.isoformat())
    stems = frozenset(stem(word) for word in words)
    return Article(frozenset(words), stems, frozenset(small), frozenset(pairs), frozenset(times))


def times_in(text: str, published_on: date | None) -> set[str]:
    """Each time the text tells, as ISO prefixes; "in August" may be the last one or the next."""
    found: set[str] = set()
    for tense in _TENSES:
        (times,) = find_times([Passage(text, 0, _always(tense))], published_on)
        found.update(point for time in times if time.when for point in time.when.split("/"))
    return found


def _always(tense: Tense) -> Callable[[int], Tense]:
    return lambda offset: tense
