"""Lists of names of which each is a claim of its own: "Roe of Acme and Doe of Bolt were elected"."""

from collections.abc import Sequence
from typing import Final

from claims.extraction.pieces import Added, Piece, subject_of
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

# "Re-electe" is what the lemmatiser makes of "re-elected".
# What is done to each person for himself; to meet, to agree or to marry takes all of them together.
_ONE_BY_ONE: Final = word_set(
    "elect re-electe reelect appoint nominate select choose kill injure wound arrest charge convict sentence"
    " fine acquit jail imprison defeat dismiss fire promote suspend expel hospitalize indict detain release"
)
_SINGULAR: Final = {"were": "was", "are": "is", "have": "has"}


def one_by_one(head: Word, pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces once for each name of the list they turn on, or once as they are."""
    subject = subject_of(head)
    if subject is None:
        return [tuple(pieces)]
    listed = _members(subject)
    if listed and head.child("auxpass") is not None and head.lemma in _ONE_BY_ONE:
        whole = set(subject.subtree())
        rest = [_singular(p) for p in pieces if p not in whole]
        return [(*member, *rest) for member in listed]
    named = next((_members(c) for c in subject.all("appos") if _members(c)), [])
    if named and head.child("auxpass") is not None and head.lemma in _ONE_BY_ONE:
        whole = set(subject.subtree())
        names = {w for c in subject.all("appos") for w in c.subtree()}
        together = [p for p in pieces if p not in names and (p.text != "," or p not in whole)]
        rest = [_singular(p) for p in pieces if p not in whole]
        return [tuple(together), *((*member, *rest) for member in named)]
    attribute = head.child("attr")
    named = _members(attribute) if attribute is not None and head.lemma == "be" else []
    if named and subject.tag in ("NNS", "NNPS") and head.tag in ("VBD", "VBP") and not head.all("neg", "aux"):
        group = [w for w in pieces if isinstance(w, Word) and w in set(subject.subtree())]
        be = Added("was among" if head.tag == "VBD" else "is among")
        article = () if group[0].lower in ("the", "his", "her", "their", "its") else (Added("the"),)
        return [(*member, be, *article, *group) for member in named]
    return [tuple(pieces)]


def _members(first: Word) -> list[list[Word]]:
    """The names of "A of X, B and C", each with its own words; [] for anything else."""
    chain = [first]
    while (following := chain[-1].child("conj")) is not None:
        chain.append(following)
    joined = all(c.lower in ("and", ",") for w in chain for c in w.all("cc"))
    if len(chain) < 2 or not joined or any(w.tag not in ("NNP", "NNPS") for w in chain):
        return []
    if any(w.lower in ("both", "respectively") for w in first.subtree()):
        return []
    return [_own(word) for word in chain]


def _own(word: Word) -> list[Word]:
    gone: set[Word] = set()
    for child in word.children:
        if child.dep in ("conj", "cc", "relcl", "appos") or child.text == ",":
            gone.update(child.subtree())
    return [w for w in word.subtree() if w not in gone]


def _singular(piece: Piece) -> Piece:
    if isinstance(piece, Word) and piece.lower in _SINGULAR and piece.dep in ("aux", "auxpass", "ROOT"):
        return Added(_SINGULAR[piece.lower], (piece,))
    return piece
