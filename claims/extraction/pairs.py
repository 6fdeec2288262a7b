"""Who "the two", "both countries" or "the two leaders" are."""

from collections.abc import Sequence
from typing import Final

from claims.extraction.ledger import Entity, Ledger
from claims.extraction.lexicon import ORGANISATION_NOUNS, PERSON_NOUNS, PLACE_NOUNS
from claims.extraction.proper_names import EntityKind
from claims.extraction.tree import Word

FARTHEST: Final = 8  # sentences between the two names and the words that stand for them
LEADING: Final = (
    2  # mentions each of the two must have before they are "the two" without being named together
)


def join_names(entities: Sequence[Entity]) -> str:
    """ "A and B", "A, B and C"."""
    return ", ".join(e.text for e in entities[:-1]) + " and " + entities[-1].text


def form_group(ledger: Ledger, members: Sequence[Entity]) -> Entity:
    """The members as one entity, added to the ledger."""
    first = members[0]
    entity = Entity(
        number=len(ledger.entities),
        text=join_names(members),
        start=first.start,
        end=members[-1].end if members[-1].start > first.start else first.end,
        kind=first.kind,
        label=first.label,
        plural=True,
        named=all(e.named for e in members) and len({e.kind for e in members}) == 1,
        head=str(len(members)),
    )
    ledger.entities.append(entity)
    return entity


def choose_pair(ledger: Ledger, head: Word, sentence: int) -> Entity | None:
    """The pair meant by `head` ("two", "both", "leaders"); None where none fits."""
    kinds = _kinds_meant(head)
    named = [
        (sentence - m.sentence, m)
        for m in reversed(ledger.mentions[-80:])
        if m.entity.head == "2"
        and m.entity.named
        and m.entity.kind in kinds
        and sentence - m.sentence <= FARTHEST
    ]
    for back, mention in named:
        if back <= 1 and (mention.role != "other" or len(kinds) < 3):
            return mention.entity
    if "person" in kinds:
        leading = _leading(ledger, sentence, "person")
        if leading is not None:
            return leading
    elif kinds == {"place"} and not named:
        return _leading(ledger, sentence, "place")
    return named[0][1].entity if named else None


def _kinds_meant(head: Word) -> frozenset[EntityKind]:
    if head.lemma in PERSON_NOUNS:
        return frozenset({"person"})
    if head.lemma in PLACE_NOUNS:
        return frozenset({"place"})
    if head.lemma in ORGANISATION_NOUNS or head.lemma == "side":
        return frozenset({"organisation", "place"})
    if head.tag in ("NN", "NNS") and head.lower not in ("pair", "duo"):
        return frozenset()
    return frozenset({"person", "organisation", "place"})


def _leading(ledger: Ledger, sentence: int, kind: EntityKind) -> Entity | None:
    """The two the article is about, where there are just two that lead and both were named lately."""
    here = {m.entity.number: m.entity for m in ledger.mentions[-80:] if m.sentence == sentence}
    together = [e for e in here.values() if e.kind == kind and e.named and not e.plural]
    if len(together) == 2:
        return form_group(ledger, together[::-1])
    lately = {m.entity.number: m.entity for m in ledger.mentions[-80:] if sentence - m.sentence <= FARTHEST}
    persons = [e for e in lately.values() if e.kind == kind and e.named and not e.plural]
    persons.sort(key=lambda e: (-e.mentions, e.number))
    if len(persons) < 2 or persons[1].mentions < LEADING:
        return None
    if len(persons) > 2 and persons[2].mentions >= persons[1].mentions:
        return None
    return form_group(ledger, sorted(persons[:2], key=lambda e: e.number))
