"""When two wordings say the same: phrases within a text, sentences, names and dates."""

import re
import unicodedata
from functools import lru_cache

# Sentences are cut differently by different hands: this share of the shorter one's words makes them one.
SAME_SENTENCE = 0.75

_QUOTES_AND_DASHES = str.maketrans("\u2019\u2018\u201c\u201d\u2013\u2014", "''\"\"--")
# A point, plus or hyphen counts between digits only: "4.2", "5-4".
_UNSAID = re.compile(r"[^\w\s$%€£.+-]|[.+-](?!\d)|(?<!\d)[.+-]")
_ASIDE = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_PRONOUNS = frozenset(
    "he she they him her them his its their that these those i we you".split()  # noqa: SIM905
)
# "It is clear that", "this year" and "both teams" are no pronouns.
_IT_OF_A_CLAUSE = re.compile(r"it (is|was|would be|will be|has been) \w+ (that|to|for|if)\b", re.I)
_THIS_SPAN = re.compile(r"this (year|month|week)\b", re.I)
_COUNTED = re.compile(r"(the two|both)\b(?P<plural> (\w+ )?\w+s\b)?", re.I)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The text in lower case without punctuation, whatever its quotes, dashes and spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES_AND_DASHES).lower()
    return " ".join(_UNSAID.sub(" ", folded).split())


@lru_cache(maxsize=20_000)
def _phrase(words: str) -> re.Pattern[str]:
    """A phrase begins at a word and may stop within one ("expir"), but no number or short name ("US") may."""
    stem = plain(words)
    whole = stem[-1:].isdigit() or (len(stem) <= 3 and words != words.lower())
    return re.compile(r"(?<!\w)" + re.escape(stem) + (r"(?!\w|[.,]?\d)" if whole else ""))


def has_all(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the plain text has a phrase of every group."""
    return all(any(_phrase(words).search(text) for words in group) for group in groups)


def same_sentence(one: str, other: str) -> bool:
    """Whether both are the same sentence, or one is a part of the other."""
    one, other = plain(one), plain(other)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    left, right = set(one.split()), set(other.split())
    return len(left & right) >= SAME_SENTENCE * min(len(left), len(right))


def without_added_asides(text: str, sentence: str) -> str:
    """The text without brackets that its sentence does not have: context belongs in the sentence."""
    said = plain(sentence)
    return _ASIDE.sub(lambda aside: aside[0] if plain(aside[0]) in said else " ", text)


def opens_with_pronoun(text: str) -> bool:
    """Whether the first word stands for something that the text does not name."""
    text = text.strip()
    first = re.match(r"\w+", text)
    word = first[0].lower() if first else ""
    if word == "it":
        return not _IT_OF_A_CLAUSE.match(text)
    if word == "this":
        return not _THIS_SPAN.match(text)
    counted = _COUNTED.match(text)
    if counted is not None:
        return counted["plural"] is None
    return word in _PRONOUNS or re.match(r"the pair\b", text, re.I) is not None


def right_claimant(named: str | None, accepted: tuple[str, ...], claim: str) -> bool:
    """Whether the name is accepted. Where the article itself asserts the claim, its actor is right too."""
    name = plain(named or "")
    if not accepted:
        return not name or name in claim
    return bool(name) and any(plain(one) in name or name in plain(one) for one in accepted)


def right_time(given: str | None, ideal: str) -> bool:
    """Whether the date begins as the ideal one does, or lies in the ideal range."""
    given = given or ""
    if "/" not in ideal:
        return given.startswith(ideal)
    start, end = ideal.split("/")
    first, _, last = given.partition("/")
    return bool(first) and first[: len(start)] >= start and (last or first)[: len(end)] <= end
