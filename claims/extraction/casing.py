"""Capitals as in a sentence, for lines all in capitals, as old wires have them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import Any, Final

from claims.extraction.characters import Change
from claims.extraction.language import parse
from claims.extraction.lexicon import ORGANISATION_NOUNS, PERSON_NOUNS, PLACE_NOUNS
from claims.extraction.wordset import word_set

CAPITAL_SHARE: Final = 0.9  # of the letters of a line "all in capitals"
FEWEST_LETTERS: Final = 20
HEADLINE_WORDS: Final = 14  # a shorter line without a full stop is a headline
LONGEST_READ: Final = 10_000  # characters of one line given to the parser at once

_LINE: Final = re.compile(r"[^\n\r]+")
_LABEL: Final = re.compile(
    r"^\W{0,3}((?:[A-Z][A-Z.'’-]+|[A-Z]\.)(?: (?:[A-Z][A-Z.'’-]*|\d{1,2})){0,5})"
    r"(?=(?: ?\([^)\n]{1,40}\)|,[^:\n.!?]{1,60})?\s?:)"
)
_STOP: Final = re.compile(r"[.!?][\"'”’)]*(?:\s|$)")
_INITIALS: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_OPENING: Final = re.compile(r"(^\W*|[.!?][\"”’)]*\s+[\"“‘(]*)([^\W\d_])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ACRONYMS: Final = word_set(
    "fbi cia nato nasa eu un uk us usa uae gdp gop nba nfl nhl mlb fifa uefa bbc cnn nbc abc cbs ap afp"
    " isis hiv aids dna epa irs cdc who imf opec ceo tv ok"
)
_COMMON: Final = ORGANISATION_NOUNS | PLACE_NOUNS | PERSON_NOUNS
_NAME_TAGS: Final = ("NNP", "NNPS")


def uncapitalised(text: str) -> Iterator[Change]:
    """Each line of prose all in capitals as a sentence would have it, but for its speaker label.

    Which words are names, the parser tells, as it knows most of them in small letters too.
    """
    lines: list[tuple[int, str]] = []
    for found in _LINE.finditer(text):
        if _is_capital(found.group()):
            pieces = range(0, len(found.group()), LONGEST_READ)
            lines += [(found.start() + at, found.group()[at : at + LONGEST_READ]) for at in pieces]
    small = [_small(line) for _, line in lines]
    for (start, line), restored in zip(lines, _with_names(small), strict=True):
        yield start, start + len(line), restored


def _is_capital(line: str) -> bool:
    upper = sum(map(str.isupper, line))
    if upper < FEWEST_LETTERS or upper < CAPITAL_SHARE * (upper + sum(map(str.islower, line))):
        return False
    return line.count(" ") >= HEADLINE_WORDS or _STOP.search(line) is not None


def titled(label: str) -> str:
    """A label in capitals as a name is written: "SEN. ROE" is "Sen. Roe"."""
    return _WORD.sub(lambda w: w.group()[0] + _lowered(w.group()[1:]), label)


def _lowered(text: str) -> str:
    """In small letters, character for character."""
    return "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)


def _raised(text: str) -> str:
    return "".join(up if len(up := ch.upper()) == 1 else ch for ch in text)


def _small(line: str) -> str:
    label = _LABEL.match(line)
    kept = label.end(1) if label else 0
    rest = _INITIALS.sub(lambda m: m.group().upper(), _lowered(line[kept:]))
    rest = _OPENING.sub(lambda m: m.group(1) + _raised(m.group(2)), rest)
    return line[:kept] + rest


def _with_names(lines: Sequence[str]) -> Iterator[str]:
    read = list(islice(parse(lines), len(lines)))
    votes: Counter[str] = Counter()
    for doc in read:
        votes.update(t.lower_ for t in doc if t.tag_ in _NAME_TAGS)
        votes.subtract(t.lower_ for t in doc if t.tag_ not in _NAME_TAGS)
    names = {word for word, balance in votes.items() if balance >= 0}
    for line, doc in zip(lines, read, strict=True):
        parts = list(line)
        for token in doc:
            if _is_name(token, names):
                whole = token.lower_ in _ACRONYMS
                length = len(token.text) if whole else 1
                parts[token.idx : token.idx + length] = _raised(token.text[:length])
        yield "".join(parts)


def _is_name(token: Any, names: Set[str]) -> bool:
    if token.lower_ in _COMMON:
        return token.tag_ in _NAME_TAGS and token.i + 1 < len(token.doc) and token.nbor().tag_ in _NAME_TAGS
    return token.tag_ in _NAME_TAGS or (token.tag_ in ("NN", "FW") and token.lower_ in names)
