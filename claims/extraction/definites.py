"""What "the treaty" or "this company" stands for: something named before with the same noun, or of that
sort."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.countries import COUNTRIES
from claims.extraction.edges import has_comma_before
from claims.extraction.ledger import Entity, Ledger
from claims.extraction.lexicon import EVENT_NOUNS, NOUNS_OF_TYPE, PERSON_NOUNS, SYNONYMS
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

FARTHEST: Final = 12  # sentences, for the same noun
NEAR: Final = 3  # sentences, for another noun ("the company" for a name)
LOOKED_AT: Final = 80  # mentions
LONGEST: Final = 9  # words that may stand in for a short phrase
_POINTING: Final = word_set("the this that these those")
# There is one of each: what was called so before with more words was another.
_UNIQUE: Final = word_set(
    "world public media press internet web sun moon earth future past economy market weather law truth way"
    " end"
)
_RESTRICTING: Final = word_set("prep relcl acl amod compound nummod poss conj appos")


@dataclass(frozen=True, slots=True)
class Known:
    """The entity a bare phrase means, and whether its words should be replaced by the entity's."""

    entity: Entity
    tells_more: bool


def find_known(ledger: Ledger, head: Word, sentence: int) -> Known | None:
    """The entity meant by a bare "the treaty": the last one called so, else the one of that sort."""
    determiner = next((c for c in head.children if c.dep == "det"), None)
    if determiner is None or determiner.lower not in _POINTING or head.lemma in _UNIQUE:
        return None
    if any(
        c.dep in _RESTRICTING and not has_comma_before(c) for c in head.children if c.lower != "particular"
    ):
        return None
    same = _called_so(ledger, head, sentence)
    if same is None or not same.clear or len(same.text.split()) < 3:
        other = _of_that_sort(ledger, head, sentence)
        if other is not None:
            return Known(other, tells_more=True)
    if same is None:
        return None
    return Known(same, same.clear and 2 < len(same.text.split()) <= LONGEST)


def _called_so(ledger: Ledger, head: Word, sentence: int) -> Entity | None:
    nouns = SYNONYMS.get(head.lemma, frozenset({head.lemma}))
    plural = head.tag == "NNS"
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        if sentence - mention.sentence > FARTHEST:
            break
        if mention.entity.head in nouns and mention.entity.plural == plural:
            return mention.entity
    return None


def _of_that_sort(ledger: Ledger, head: Word, sentence: int) -> Entity | None:
    """ "The boy" for a named person called a boy, "the firm" for the one organisation named lately."""
    if head.tag == "NNS":
        return None
    if head.lemma in PERSON_NOUNS:
        called = ledger.by_role.get(head.lemma, [])
        return called[0] if len(called) == 1 and called[0].kind == "person" and called[0].named else None
    if head.lemma in EVENT_NOUNS:
        events = [
            e for e in _lately(ledger, sentence, FARTHEST) if e.is_event and (e.mentions > 1 or e.leading)
        ]
        return events[0] if events and (len(events) == 1 or head.lemma == "event") else None
    for label, nouns in NOUNS_OF_TYPE.items():
        if head.lemma in nouns:
            named = [
                e for e in _lately(ledger, sentence, NEAR) if e.named and e.label == label and not e.plural
            ]
            if label == "GPE":
                country = head.lemma in ("country", "nation")
                named = [e for e in named if (e.text.lower() in COUNTRIES) == country]
            if len(named) == 1:
                return named[0]
    return None


def _lately(ledger: Ledger, sentence: int, farthest: int) -> list[Entity]:
    """The entities mentioned in the last sentences, the nearest first."""
    found: list[Entity] = []
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        if sentence - mention.sentence > farthest:
            break
        if mention.entity not in found:
            found.append(mention.entity)
    return found
