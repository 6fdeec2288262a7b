"""Phrases set off from a clause that is complete without them: "Despite complaints, …", "…, with a link"."""

import re

from claims.extraction.edges import has_comma_before, left_edge
from claims.extraction.pieces import Piece, is_verbal, subject_of
from claims.extraction.tree import VERB_TAGS, Word
from claims.extraction.wordset import word_set

# They name what else was so; what they name changes nothing in what the clause says.
_BESIDE = word_set("despite besides unlike amid amidst including compared given notwithstanding")


def is_set_off(word: Word, head: Word) -> bool:
    """Whether the phrase stands apart from the clause of `head`, and may be left out."""
    if not is_verbal(head) or _has_number(word):
        return False
    if word.lower not in _BESIDE and not _is_addition(word):
        return False
    subject = subject_of(head)
    if subject is None:
        return False
    if left_edge(word).i < left_edge(subject).i:
        return word.head is head
    return has_comma_before(word) and _ends_there(word, head)


def _ends_there(word: Word, head: Word) -> bool:
    """Whether the clause is over behind the phrase, or goes on with its verb: no list is broken up."""
    last = max(w.i for w in word.subtree())
    after = next((w for w in head.subtree() if w.i > last and w.dep != "punct"), None)
    return after is None or after.tag == "MD" or after.tag in VERB_TAGS or _joins_verb(after, head)


def _joins_verb(word: Word, head: Word) -> bool:
    later = (c for c in head.children if c.dep == "conj" and c.i > word.i)
    return word.dep == "cc" and word.head is head and any(is_verbal(c) for c in later)


def _has_number(phrase: Word) -> bool:
    """A number told nowhere else shall not be lost."""
    return any((w.tag == "CD" and w.lower != "one") or w.text[0].isdigit() for w in phrase.subtree())


def is_set_off_result(participle: Word) -> bool:
    """ "…, leaving many to wonder": what came of it, at the end of a clause; a number in it is not lost."""
    if _has_number(participle):
        return False
    return has_comma_before(participle) and _ends_there(participle, participle.head)


def is_count_beside(word: Word, head: Word) -> bool:
    """ "…, with 40 members in 10 states": how many the subject has."""
    noun = word.child("pobj")
    if word.lower != "with" or noun is None or noun.entity in ("DATE", "TIME") or not is_verbal(head):
        return False
    behind = subject_of(head)
    after = behind is not None and behind.i < word.i
    counted = noun.tag == "NNS" and noun.child("nummod") is not None
    if noun.tag == "NN" and any(c.lower in ("a", "an") for c in noun.children) and behind is not None:
        other = all(w.lemma != behind.lemma for w in noun.subtree())
        counted = other and _has_number(noun) and word.i < head.i
    return counted and after and has_comma_before(word) and _ends_there(word, head)


def _is_addition(word: Word) -> bool:
    """ "In addition to", "in contrast to", "in response to"."""
    noun = word.child("pobj")
    return (
        word.lower == "in"
        and noun is not None
        and noun.lower in _OF_ADDITION
        and any(c.lower in ("to", "with") for c in noun.children)
    )


_OF_ADDITION = word_set("addition contrast response reaction")


_LABEL = re.compile(r"\( ?[DRI] ?- ?[A-Z][^()]{,20}\)")
_LONGEST_LABEL = 8  # words and marks


def without_labels(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Without the party and state in brackets behind a politician's name: "(D-Ohio)"."""
    kept: list[Piece] = []
    at = 0
    while at < len(pieces):
        here = [p.text for p in pieces[at : at + _LONGEST_LABEL]] if pieces[at].text.startswith("(") else []
        if _LABEL.match(" ".join(here)):
            at += here.index(")") + 1
        else:
            kept.append(pieces[at])
            at += 1
    return tuple(kept)
