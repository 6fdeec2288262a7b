"""Which way from the day of publication a clause looks: what "on Monday" in it means."""

from bisect import bisect_right
from collections.abc import Callable

from claims.extraction.asides import tense_of
from claims.extraction.lexicon import POSITIONS
from claims.extraction.meanings import Tense
from claims.extraction.tree import Tree, Word
from claims.extraction.wordset import word_set

_PLANS = word_set("schedule set slate due expect plan intend aim hope want postpone delay promise")
_MODALS = word_set("may might can should must would")


def _is_planned(verb: Word) -> bool:
    """ "Is scheduled for Monday", "plans to open on Monday", "may open on Monday"."""
    auxiliaries = verb.all("aux", "auxpass")
    if verb.tag == "VBN" and verb.lemma in _PLANS:
        return True
    if any(a.lower in _MODALS for a in auxiliaries) and not any(a.lemma == "have" for a in auxiliaries):
        return True
    infinitive = any(a.tag == "TO" for a in auxiliaries)
    return infinitive and (verb.head.lemma in _PLANS or verb.head.lemma in POSITIONS)


def _is_perfect(verb: Word) -> bool:
    """ "Has opened", "the bridge, opened on Monday"."""
    auxiliaries = verb.all("aux", "auxpass")
    return verb.tag == "VBN" and (not auxiliaries or any(a.lemma == "have" for a in auxiliaries))


def tense_in(tree: Tree) -> Callable[[int], Tense]:
    """The tense of the clause around an offset of the article."""

    ends = [w.end for w in tree.words]

    def tense_at(offset: int) -> Tense:
        at = bisect_right(ends, offset)
        word = tree.words[at] if at < len(ends) else None
        verb = word and next((a for a in (word, *word.ancestors()) if a.tag.startswith("VB")), None)
        if verb is None:
            return "past"
        if _is_planned(verb):
            return "future"
        return "past" if _is_perfect(verb) else tense_of(verb)

    return tense_at
