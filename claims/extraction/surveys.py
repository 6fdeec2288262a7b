"""Which survey a share of voters or a lead is from, where the claim itself does not say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.ledger import Mention
from claims.extraction.pieces import Added, Proposition
from claims.extraction.wordset import word_set

NOUNS: Final = word_set("poll survey")
FARTHEST: Final = 6  # sentences between the survey's name and its figures
_WORDS: Final = NOUNS | word_set("polls surveys polled surveyed polling census study")
_FINDINGS: Final = word_set(
    "say favor favour prefer back support vote approve disapprove believe think want oppose lead trail top"
    " beat edge tie draw garner receive get view rate choose pick agree disagree consider be have"
    " win lose poll rank place come see trust express call describe follow plan"
)


_SHARES: Final = word_set("percent % points")
_RIVALRY: Final = word_set("lead trail top beat edge tie win lose defeat")


def _is_score(proposition: Proposition) -> bool:
    """ "Tops Roe 41-40"."""
    if proposition.head.lemma not in _RIVALRY:
        return False
    words = proposition.words
    return any(
        a.tag == c.tag == "CD" and b.text in ("-", "–", "to")
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    ) or any(re.fullmatch(r"\d\d?[-–]\d\d?", w.text) for w in words)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as sentence number `sentence` speaks of it, named at start..end of the article."""

    sentence: int
    text: str
    start: int
    end: int


def surveys_in(mentions: Sequence[Mention]) -> tuple[Survey, ...]:
    """The surveys an article speaks of."""
    return tuple(
        Survey(m.sentence, m.entity.short, m.entity.start, m.entity.end)
        for m in mentions
        if m.entity.head in NOUNS and not m.entity.plural and m.entity.clear and " " in m.entity.text
    )


def with_survey(
    proposition: Proposition, sentence: int, surveys: Sequence[Survey]
) -> tuple[Proposition, str | None]:
    """The proposition with the survey its figures come from named at the end, where it needs one, and the
    survey's name: it is the survey that claims them."""
    words = proposition.words
    if proposition.head.lemma not in _FINDINGS or any(w.lower in _WORDS for w in words):
        return proposition, None
    if not (any(w.entity == "PERCENT" or w.lower in _SHARES for w in words) or _is_score(proposition)):
        return proposition, None
    near = [survey for survey in surveys if 0 <= sentence - survey.sentence <= FARTHEST]
    if not near:
        return proposition, None
    pieces = list(proposition.pieces)
    end = [pieces.pop()] if pieces[-1].text in (".", "!") else []
    named = Added(f"in {near[-1].text}", origin=(near[-1].start, near[-1].end), reason="setting")
    article, _, rest = near[-1].text.partition(" ")
    name = rest if article.lower() in ("the", "a", "an") else near[-1].text
    return replace(proposition, pieces=(*pieces, named, *end)), name
