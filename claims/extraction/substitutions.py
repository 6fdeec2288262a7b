"""What the reading of an article for references leaves behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.scene import NOWHERE, Scene
from claims.extraction.surveys import Survey
from claims.extraction.tree import Word


@dataclass(frozen=True, slots=True)
class Substitution:
    """`text` stands in for the words first..last; taken from source_start..source_end of the article."""

    first: Word
    last: Word
    text: str
    source_start: int
    source_end: int
    reason: str
    entity: int


@dataclass(frozen=True, slots=True)
class References:
    """Substitutions by first word, the entity of each mention's head, the words nothing was found for.

    `sorts_of` tells which pronouns ("male", "plural", …) an entity may be meant by, `person_of` a person's
    full name, `closes` the last words of "A and B" and the entity that the two are together, `surveys` the
    surveys spoken of.
    """

    substitutions: Mapping[Word, Substitution]
    entity_of: Mapping[Word, int]
    unresolved: frozenset[Word]
    sorts_of: Mapping[int, frozenset[str]]
    person_of: Mapping[Word, str]
    closes: Mapping[Word, int]
    surveys: Sequence[Survey] = ()
    scene: Scene = NOWHERE


def possessive(text: str) -> str:
    """ "Roe's", "Rolls'"."""
    return text + ("'" if text.endswith("s") else "'s")


def in_form_of(pronoun: Word, text: str) -> str:
    """The text in the case of the pronoun: for "his" it is the possessive."""
    return possessive(text) if pronoun.tag == "PRP$" or pronoun.dep == "poss" else text
