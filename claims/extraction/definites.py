"""What "the treaty" or "this company" stands for: something named before with the same noun."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.cuts import has_comma_before
from claims.extraction.ledger import Entity, Ledger
from claims.extraction.tree import Word

FARTHEST: Final = 12  # sentences
LOOKED_AT: Final = 80  # mentions
LONGEST: Final = 9  # words that may stand in for a short phrase
_POINTING: Final = frozenset("the this that these those".split())
_RESTRICTING: Final = frozenset("prep relcl acl amod compound nummod poss conj appos".split())


@dataclass(frozen=True, slots=True)
class Known:
    """The entity a bare phrase means, and whether its words should be replaced by the entity's."""

    entity: Entity
    tells_more: bool


def find_known(ledger: Ledger, head: Word, sentence: int) -> Known | None:
    """The entity meant by a bare "the treaty": the last one called a treaty."""
    determiner = next((c for c in head.children if c.dep == "det"), None)
    if determiner is None or determiner.lower not in _POINTING:
        return None
    if any(c.dep in _RESTRICTING and not has_comma_before(c) for c in head.children):
        return None
    plural = head.tag == "NNS"
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        if sentence - mention.sentence > FARTHEST:
            break
        entity = mention.entity
        if entity.head == head.lemma and entity.plural == plural:
            words = len(entity.text.split())
            return Known(entity, entity.clear and 2 < words <= LONGEST)
    return None
