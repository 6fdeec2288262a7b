"""Claims that nobody could look up: too short or too vague, with no name and no number to hold on to, or
leaning on another sentence.

"A statement was read out": whose, where and when only the article knows.
"""

from typing import Final

from claims.extraction.lexicon import MONTHS, NUMBERS, WEEKDAYS
from claims.extraction.pieces import Proposition
from claims.extraction.rendering import Rendered
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

SHORT: Final = 5  # words
_CALENDAR: Final = frozenset(MONTHS) | frozenset(WEEKDAYS)
_VAGUE: Final = word_set("a an another")
_COMPARED: Final = word_set("than including such like")
_DEFINITE: Final = word_set("the this that these those")
_COUNTS: Final = frozenset(NUMBERS) - _VAGUE


def is_anonymous(rendered: Rendered, proposition: Proposition) -> bool:
    """Whether the claim says of something unnamed no more than a few words."""
    said = rendered.text.rstrip(".").split()
    if any(c.isdigit() for word in said for c in word) or any(_is_name(word) for word in said[1:]):
        return False
    first = proposition.words[0]
    named = first.tag in ("NNP", "NNPS") or first.entity not in ("", "CARDINAL", "ORDINAL", "DATE", "TIME")
    if named or any(w.tag == "CD" or w.lower in _COUNTS for w in proposition.words):
        return False
    opening = said[0].lower()
    return opening in _VAGUE or (opening == first.lower and opening not in _DEFINITE and len(said) <= SHORT)


def leans_on_others(rendered: Rendered, proposition: Proposition) -> bool:
    """Whether the claim compares with what only another sentence tells: "such a rule", "other areas"."""
    words = proposition.words
    kept = set(rendered.text.lower().split())
    if any(_is_such(w) for w in words) and "such" in kept:
        return True
    first = words[0]
    if rendered.text.split()[0].lower() != first.lower:
        return False
    subordinate = first.lower == "that" and first.dep == "mark"
    compares = first.lower == "other" and first.dep == "amod" and not kept & _COMPARED
    return subordinate or compares


def _is_such(word: Word) -> bool:
    """ "Such" before a noun, not "no such" and not "such as"."""
    return (
        word.lower == "such"
        and word.dep in ("amod", "predet", "det")
        and word.head.i > word.i
        and word.head.tag in ("NN", "NNS")
        and not any(c.lower in ("no", "any") and c.dep == "det" for c in word.head.children)
        and not any(c.dep in ("relcl", "acl") or c.lower == "as" for c in word.head.children)
    )


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower().strip(".,") not in _CALENDAR
