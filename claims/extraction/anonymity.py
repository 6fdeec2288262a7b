"""Claims that nobody could look up: too short or too vague, with no name and no number to hold on to.

"A statement was read out": whose, where and when only the article knows.
"""

from typing import Final

from claims.extraction.lexicon import MONTHS, NUMBERS, WEEKDAYS
from claims.extraction.pieces import Proposition
from claims.extraction.rendering import Rendered
from claims.extraction.wordset import word_set

SHORT: Final = 5  # words
_CALENDAR: Final = frozenset(MONTHS) | frozenset(WEEKDAYS)
_VAGUE: Final = word_set("a an another")
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


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower().strip(".,") not in _CALENDAR
