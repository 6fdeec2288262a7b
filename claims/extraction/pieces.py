"""What the clause walk hands on: propositions as words of the parse in the order they are to be said."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.tree import FINITE_TAGS, VERB_TAGS, Word


@dataclass(frozen=True, slots=True)
class Added:
    """Text that the sentence does not have at this place; `source` are the words it was made from, `origin`
    the place in the article that says it."""

    text: str
    source: tuple[Word, ...] = ()
    origin: tuple[int, int] | None = None
    reason: str = "added"


Piece = Word | Added


@dataclass(frozen=True, slots=True)
class Proposition:
    """One clause with everything that belongs to it; `claimant` are the words of a frame's subject."""

    pieces: tuple[Piece, ...]
    head: Word
    subject: tuple[Word, ...]
    claimant: tuple[Word, ...]
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[Word]:
        """The words of the sentence among the pieces."""
        return [p for p in self.pieces if isinstance(p, Word)]


def is_verbal(word: Word) -> bool:
    """Whether the word can head a clause."""
    return word.tag in VERB_TAGS


def is_finite(verb: Word) -> bool:
    """Whether the verb, or an auxiliary of it, carries tense."""
    return verb.tag in FINITE_TAGS or any(a.tag in FINITE_TAGS for a in verb.all("aux", "auxpass"))


def subject_of(verb: Word) -> Word | None:
    """The verb's own subject ("there" in "there is": what is there)."""
    return verb.child("nsubj", "nsubjpass", "csubj", "csubjpass") or verb.child("expl")


def is_plural(words: Iterable[Word]) -> bool:
    """Whether a subject takes a plural verb."""
    words = list(words)
    inside = set(words)
    head = next((w for w in words if w.head not in inside or w.head is w), None)
    if head is None:
        return False
    if any(c.dep == "conj" and c in inside for c in head.children):
        return True
    if head.lower in ("percent", "%"):
        return True
    return head.tag in ("NNS", "NNPS") or head.lower in (
        "they",
        "we",
        "these",
        "those",
        "both",
        "many",
        "people",
    )


def trimmed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Without commas, dashes and conjunctions at either end, and without doubled commas."""
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Word) and piece.text in ",;:—–-" and piece.dep == "punct":
            last = kept[-1] if kept else None
            if last is None or (isinstance(last, Word) and last.text in ",;:—–"):
                continue
        kept.append(piece)
    while kept and _is_edge(kept[-1]):
        kept.pop()
    while kept and _is_edge(kept[0]):
        kept.pop(0)
    return tuple(kept)


def _is_edge(piece: Piece) -> bool:
    return isinstance(piece, Word) and (
        piece.text in {",", ";", ":", "—", "–", "--", "-", ".", "…"} or piece.dep == "cc"
    )
