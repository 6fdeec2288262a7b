"""What is left of a clause when its cuts are taken out."""

from collections.abc import Sequence

from claims.extraction.cuts import Cut
from claims.extraction.edges import is_comma, left_edge
from claims.extraction.pieces import subject_of
from claims.extraction.tree import VERB_TAGS, Word


def removed(cuts: Sequence[Cut]) -> set[Word]:
    """The words that leave the clause with its cuts, the conjunctions that introduced them among them."""
    gone: set[Word] = set()
    for cut in cuts:
        if _names(cut):
            gone.update(_but_the_name(cut))
            continue
        gone.update(cut.word.subtree())
        if cut.word.dep == "pcomp":
            gone.add(cut.parent)
        second = cut.kind == "relative" and any(c.kind == "relative" for c in cuts if c.parent is cut.parent)
        if cut.kind in ("coordination", "shared", "attribute") or second:
            gone.update(c for c in cut.parent.children if c.dep in ("cc", "preconj") and c.i < cut.word.i)
    return gone


def _names(cut: Cut) -> bool:
    """ "The company's head, Jane Roe, …": the name stands for the phrase that it explains."""
    parts = [c for c in cut.word.children if (c.dep == "compound" and c.tag == "NNP") or c.dep == "poss"]
    return cut.kind == "apposition" and cut.word.tag == "NNP" and cut.parent.tag == "NN" and bool(parts)


def _but_the_name(cut: Cut) -> set[Word]:
    name = set(cut.word.subtree())
    inner = {w for c in cut.word.children if c.dep in ("relcl", "appos", "acl") for w in c.subtree()}
    last = max(w.i for w in name)
    around = {c for a in (cut.parent, *cut.parent.ancestors()) for c in a.children}
    closing = {c for c in around if is_comma(c) and c.i == last + 1}
    return (set(cut.parent.subtree()) - name) | closing | inner


def kept_words(head: Word, cuts: Sequence[Cut]) -> list[Word]:
    """The clause's own words, without the pair of commas that enclosed a cut."""
    gone = removed(cuts)
    subject = subject_of(head)
    opening = left_edge(subject).i if subject is not None else -1
    before = {left_edge(c.word).i - 1 for c in cuts}
    kept: list[Word] = []
    gap = paired = False  # just behind a cut; the comma before the cut is gone
    for word in head.subtree():
        if word in gone:
            gap = True
            continue
        if gap and is_comma(word) and kept:
            if is_comma(kept[-1]) and word.i + 1 != opening:
                kept.pop()
                gap, paired = False, True
                continue
            if paired or is_comma(kept[-1]) or kept[-1].dep in ("mark", "cc") or kept[-1].lower == "that":
                continue
        if gap and kept and is_comma(kept[-1]) and word.text in ".;?!":
            kept.pop()
        if gap and kept and is_comma(kept[-1]) and kept[-1].i in before and word.tag in VERB_TAGS:
            kept.pop()  # the comma that opened the cut has no partner
        gap = paired = False
        kept.append(word)
    return kept
