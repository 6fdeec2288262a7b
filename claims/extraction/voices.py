"""Whom "I" and "we" mean inside a quotation: its speaker, or what the speaker stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from claims.extraction.attribution import Speaker
from claims.extraction.inflection import third_person
from claims.extraction.ledger import Entity, Ledger
from claims.extraction.mentions import PRONOUNS, is_subject
from claims.extraction.tree import Word

_THIRD: Final = {
    "am": "is",
    "'m": "is",
    "are": "is",
    "'re": "is",
    "were": "was",
    "have": "has",
    "'ve": "has",
    "do": "does",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that has to change with its subject: "I am", "Roe is"."""

    word: Word
    form: str


def voice_of(
    word: Word, speaker: Speaker | None, ledger: Ledger, entity_of: Mapping[Word, Entity]
) -> Entity | None:
    """The entity a first-person pronoun means; None for "you", for "myself" and where nobody speaks."""
    sort = PRONOUNS[word.lower]
    if not speaker or sort not in ("speaker", "speakers") or word.lower == "myself":
        return None
    found = [entity_of[w] for w in speaker if w in entity_of]
    person = next((e for e in found if e.kind == "person" and not e.plural), None)
    if sort == "speaker":
        return person
    if person is not None:
        return ledger.called(person.speaks_for) if person.speaks_for else None
    return next((e for e in found if e.kind == "organisation" and e.named), None)


def is_called(entity: Entity, speaker: Speaker) -> bool:
    """Whether the entity bears the speaker's name."""
    said = {w.lower for w in speaker}
    return entity.named and entity.text.lower().split()[-1] in said


def agreeing_verb(subject: Word) -> Verb | None:
    """The verb of "I" in the third person, where it would otherwise be wrong."""
    verb = subject.head
    if not is_subject(subject) or not verb.tag.startswith("VB"):
        return None
    tensed = next((a for a in verb.all("aux", "auxpass") if a.i > subject.i), verb)
    form = _THIRD.get(tensed.lower.replace("’", "'"))
    if form is None and tensed.tag == "VBP":
        form = third_person(tensed.lemma)
    return Verb(tensed, form) if form is not None else None
