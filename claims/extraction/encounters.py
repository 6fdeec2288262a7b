"""Matches and meetings between two named sides: what "the match" or "the meeting" stands for afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims.extraction.ledger import Entity
from claims.extraction.pieces import subject_of
from claims.extraction.tree import Tree, Word
from claims.extraction.wordset import word_set

CONTEST = word_set("face beat defeat play host draw lose thrash edge overcome tie trounce")
_AGAINST = word_set("to against with")


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two entities that met, and the noun for it: "match" or "meeting"."""

    noun: str
    sides: tuple[Entity, Entity]

    @property
    def text(self) -> str:
        """ "The match between A and B", without the capital."""
        return f"the {self.noun} between {self.sides[0].full} and {self.sides[1].full}"


def find_encounters(tree: Tree, entity_of: Mapping[Word, Entity]) -> tuple[Encounter, ...]:
    """The encounters a unit tells of, in text order."""
    found = []
    for verb in tree.words:
        if not verb.tag.startswith("VB"):
            continue
        if verb.lemma in CONTEST:
            sides = _sides(verb, entity_of)
            if sides is not None and all(_is_team(s) for s in sides):
                found.append(Encounter("match", sides))
        elif verb.lemma == "meet":
            sides = _sides(verb, entity_of)
            if sides is not None and all(s.kind == "person" and s.named and not s.plural for s in sides):
                found.append(Encounter("meeting", sides))
    return tuple(found)


def _sides(verb: Word, entity_of: Mapping[Word, Entity]) -> tuple[Entity, Entity] | None:
    subject = subject_of(verb)
    first = entity_of.get(subject) if subject is not None else None
    if subject is None or first is None:
        return None
    second = entity_of.get(_other_side(verb, subject))
    return (first, second) if second is not None and second is not first else None


def _other_side(verb: Word, subject: Word) -> Word:
    """The object, the one behind "against" or "to", or the second of a double subject; else the subject
    itself."""
    for preposition in verb.all("prep", "dative"):
        if preposition.lower in _AGAINST and (noun := preposition.child("pobj")) is not None:
            return noun
    return verb.child("dobj") or subject.child("conj") or subject


def _is_team(entity: Entity) -> bool:
    return entity.named and not entity.plural and entity.kind in ("place", "organisation")
