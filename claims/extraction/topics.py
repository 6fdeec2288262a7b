"""Whose the revenue is, or the shares, in an article about one organisation."""

from typing import Final

from claims.extraction.ledger import Entity, Ledger
from claims.extraction.lexicon import PERSON_NOUNS
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

FEWEST: Final = 3  # mentions
LEAD_OVER_OTHERS: Final = 2
# What a company has and business news gives no owner.
_HELD: Final = word_set(
    "revenue profit loss sale earnings share stock dividend margin debt turnover shipment guidance outlook"
    " income workforce board management shareholder employee headquarters spokesman spokeswoman chairman"
    " chairwoman executive founder plant factory subsidiary valuation"
)
# Nobody calls these a company or a group, and no article is told as their own.
OF_STATE: Final = word_set(
    "house senate congress court department party gop government police committee parliament ministry"
    " administration council army navy bureau fbi cia poll survey"
)
_FIRMS: Final = word_set(
    "company firm organization organisation group manufacturer maker retailer carrier airline bank publisher"
)


def find_topic(ledger: Ledger, impersonal: frozenset[str]) -> Entity | None:
    """The one organisation that an article names first and most often; None where several share it."""
    named = [
        e
        for e in ledger.entities
        if e.named and not e.plural
        if e.kind in ("organisation", "thing") or e.text.lower() in impersonal
        if e.text.lower().split()[-1] not in OF_STATE
    ]
    named.sort(key=lambda e: -e.mentions)
    if not named or named[0].mentions < FEWEST or not named[0].leading or named[0].is_event:
        return None
    others = [
        e for e in named[1:] if e.mentions * (LEAD_OVER_OTHERS if e.leading else 1) >= named[0].mentions
    ]
    return None if others else named[0]


def may_be_held(head: Word) -> bool:
    """ "Revenue", "the shares": a subject that says of nobody whose it is."""
    if head.lemma not in _HELD or head.dep not in ("nsubj", "nsubjpass"):
        return False
    if any(c.dep in ("poss", "prep", "relcl", "acl", "appos", "nummod") for c in head.children):
        return False
    if any(c.tag in ("NNP", "NNPS") or (c.dep == "det" and c.lower != "the") for c in head.children):
        return False
    people = head.lemma in PERSON_NOUNS
    return not (people and any(c.dep in ("compound", "amod") for c in head.children))


def is_firm(head: Word) -> bool:
    """ "The company", "the Danish firm"."""
    determiner = head.child("det")
    bare = not any(c.dep in ("poss", "prep", "relcl", "acl", "appos", "compound") for c in head.children)
    return (
        head.lemma in _FIRMS
        and head.tag == "NN"
        and bare
        and determiner is not None
        and determiner.lower == "the"
    )
