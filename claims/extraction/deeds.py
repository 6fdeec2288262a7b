"""Whose "the proposal" or "that decision" is: who was just said to have proposed or decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from claims.extraction.ledger import Entity
from claims.extraction.pieces import subject_of
from claims.extraction.tree import Tree, Word
from claims.extraction.wordset import word_set

NEAR: Final = 2  # sentences between what somebody did and the noun for it
REMEMBERED: Final = 40  # deeds
LEAST_SHARED: Final = 4  # letters of verb and noun
_POINTING: Final = word_set("the this that these those")
_RESTRICTING: Final = word_set("prep relcl acl amod compound nummod poss conj appos")
_ENDINGS: Final = ("al", "ment", "ion", "ance", "aint", "eat", "logy")
# Nouns that are verbs too, and of which somebody must be the author.
_SAME: Final = word_set(
    "request visit plan claim offer promise pledge vow comment remark tweet attack veto warning ruling threat"
    " purchase complaint testimony bid appeal"
)


@dataclass(slots=True)
class Deeds:
    """What named persons and bodies were said to do, in text order."""

    done: list[tuple[int, str, Entity]] = field(default_factory=list)

    def note(self, tree: Tree, sentence: int, entity_of: Mapping[Word, Entity]) -> None:
        """Remember who does what in a unit."""
        for verb in tree.words:
            if not verb.tag.startswith("VB") or verb.child("neg") is not None:
                continue
            subject = subject_of(verb)
            entity = entity_of.get(subject) if subject is not None and subject.dep == "nsubj" else None
            if entity is not None:
                self.done.append((sentence, verb.lemma, entity))
        del self.done[:-REMEMBERED]

    def author(self, head: Word, sentence: int) -> Entity | None:
        """Who did what the bare noun speaks of, where only one was said to; None where it tells more."""
        determiner = head.child("det")
        if determiner is None or determiner.lower not in _POINTING or head.tag not in ("NN", "NNS"):
            return None
        if any(c.dep in _RESTRICTING for c in head.children):
            return None
        authors = {
            entity
            for at, verb, entity in self.done
            if sentence - at <= NEAR and _is_noun_of(head.lemma, verb)
        }
        author = authors.pop() if len(authors) == 1 else None
        acts = author is not None and author.named and author.kind in ("person", "organisation")
        return author if acts else None


def _is_noun_of(noun: str, verb: str) -> bool:
    """ "Proposal" of "propose", "request" of "request"."""
    if noun not in _SAME and not noun.endswith(_ENDINGS):
        return False
    return noun.startswith(verb[: max(LEAST_SHARED, len(verb) - 2)])
