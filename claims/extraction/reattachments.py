"""Between parse and walk: clauses and asides that the parser hung on the wrong word."""

from claims.extraction import cues
from claims.extraction.edges import has_comma_before, move, word_before
from claims.extraction.pieces import is_finite, is_verbal, subject_of
from claims.extraction.speech import QUOTING, REPORTING, SAYING
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

_TENSED = ("VBD", "VBZ", "VBP")
_COMPLEMENTS = ("dobj", "xcomp", "ccomp", "acomp", "attr", "oprd")


def settle_clause(word: Word) -> None:
    """Hang a clause or an aside where it belongs."""
    if word.dep in ("relcl", "acl", "ccomp"):
        _settle_that(word)
        _settle_told(word)
    if word.dep == "conj" and word.tag in _TENSED:
        if subject_of(word) is None:
            _settle_after_frame(word)
            _settle_call(word)
        else:
            _settle_frame(word)


# What a clause with "that" explains, where the words before are not a time, place or manner of speaking.
_WITH_CLAUSE = cues.NOUNS | word_set(
    "fact ground grounds point extent degree condition basis evidence chance possibility risk effect sign"
    " proof news"
)
_OF_SPEAKING = word_set("in at with during on to after before within")


def _settle_that(clause: Word) -> None:
    """ "Told the board in a meeting that it may …", "says with confidence that …": the clause is what was
    told, not which meeting."""
    if clause.dep == "ccomp" or not is_finite(clause) or subject_of(clause) is None:
        return
    marker = clause.child("mark")
    noun = clause.head
    verb = next((a for a in clause.ancestors() if is_verbal(a)), None)
    if marker is None or marker.lower != "that" or verb is None or verb.lemma not in REPORTING:
        return
    told = noun.dep == "pobj" and noun.head.lower in _OF_SPEAKING and noun.head.head is verb
    occasion = noun.lemma in _OCCASIONS or noun.lemma not in _WITH_CLAUSE
    if told and occasion and verb.child("ccomp") is None:
        move(clause, verb)
        clause.dep = "ccomp"


_OCCASIONS = word_set(
    "meeting interview statement speech letter email e-mail tweet conference call debate memo report post"
    " hearing address monday tuesday wednesday thursday friday saturday sunday"
)


def _settle_told(clause: Word) -> None:
    """ "Told the paper that Roe had sold it": "that" is read as what Roe sold."""
    that = next((c for c in clause.children if c.i < clause.i), None)
    subject = subject_of(clause)
    if that is None or that.lower != "that" or that.tag != "WDT" or that.dep != "dobj":
        return
    if subject is None or not that.i < subject.i < clause.i:
        return
    if not any(c.dep in _COMPLEMENTS for c in clause.children if c.i > clause.i):
        return
    verb = clause.head if clause.dep == "ccomp" else clause.head.head
    hearer = clause.dep == "ccomp" or clause.head.dep in ("dobj", "dative")
    if not hearer or verb.lemma not in REPORTING or not is_verbal(verb):
        return
    if clause.dep != "ccomp":
        if verb.lemma not in cues.ADDRESSING or verb.child("ccomp") is not None:
            return
        move(clause, verb)
        clause.dep = "ccomp"
    that.dep, that.tag = "mark", "IN"


def _settle_after_frame(verb: Word) -> None:
    """ "She rents a flat, Roe added, and owns a boat": the second verb is hung on "added"."""
    frame = verb.head
    if frame.dep != "parataxis" or frame.lemma not in QUOTING or verb.lemma in SAYING:
        return
    first = frame.head
    if subject_of(frame) is None or not first.i < frame.i or not is_verbal(first) or not is_finite(first):
        return
    if frame.child("ccomp", "dobj") is not None or not any(c.text == "," for c in frame.children):
        return
    for link in [c for c in frame.children if c.dep == "cc" and frame.i < c.i < verb.i]:
        move(link, first)
    move(verb, first)


def _settle_call(verb: Word) -> None:
    """ "Said that he would obey but called it a gift": a past tense is no second to "would obey"."""
    first = verb.head
    if verb.tag != "VBD" or first.dep != "ccomp" or not any(a.tag == "MD" for a in first.all("aux")):
        return
    above = first.head
    if above.tag != "VBD" or above.lemma not in REPORTING or not above.i < first.i:
        return
    for link in [c for c in first.children if c.dep == "cc" and c.i < verb.i]:
        move(link, above)
    move(verb, above)


def _settle_frame(verb: Word) -> None:
    """ "The home cut jobs, its manager, Jane Roe, wrote in a letter": who says the clause before."""
    subject = subject_of(verb)
    first = verb.head
    if verb.lemma not in QUOTING or subject is None or not is_verbal(first) or not subject.i < verb.i:
        return
    if verb.child("ccomp", "dobj", "xcomp", "advcl", "conj") is not None or verb.dep != "conj":
        return
    before = word_before(subject)
    if before is None or before.text != ",":
        return
    if any(w.i > verb.i and w.dep in ("prep", "dative") and w.lower == "about" for w in verb.children):
        return
    verb.dep = "parataxis"


def settle_on_name(word: Word) -> None:
    """ "The Office for Rivers, which …": the aside is said of the whole name, not of its last part."""
    noun = word.head
    preposition = noun.head
    if word.dep not in ("appos", "relcl"):
        return
    name = preposition.head
    if noun.dep != "pobj" or preposition.lower not in ("for", "of", "on", "against"):
        return
    whole = noun.tag in ("NNP", "NNPS") and name.tag in ("NNP", "NNPS") and name.entity == "ORG"
    if whole and preposition.entity == noun.entity == "ORG" and has_comma_before(word):
        move(word, name)
