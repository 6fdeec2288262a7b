"""Clauses that limit their main clause: what they tell is no fact of its own."""

from claims.extraction.edges import word_before
from claims.extraction.pieces import subject_of
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set


def is_limited(marker: Word, clause: Word) -> bool:
    """ "Even if", "only when", "just as", "as long as", "two days after", "merely because": the whole says
    it, not the clause."""
    before = word_before(clause)
    if any(c.lower in _LIMITING and c.i < marker.i for c in clause.children):
        return True
    return any(
        c.lower in ("only", "except", "just", "much", "so") or c.dep == "npadvmod" for c in marker.children
    ) or (before is not None and before.lower in _LIMITING)


_LIMITING = word_set("only merely simply solely")


def is_inverted(clause: Word) -> bool:
    """ "Should they refuse, …": a condition without "if"."""
    subject = subject_of(clause)
    openers = [a for a in (*clause.all("aux"), clause) if a.lower in ("should", "had", "were")]
    return subject is not None and any(a.i < subject.i for a in openers)


def ranks(verb: Word) -> bool:
    return any(
        w.lower in ("first", "last", "only", "most") or w.tag in ("JJS", "RBS") for w in verb.subtree()
    )
