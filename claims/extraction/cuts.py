"""Where a clause is cut: which parts below a verb become propositions of their own."""

from dataclasses import dataclass
from typing import Literal

from claims.extraction.appositions import judge_apposition
from claims.extraction.attachments import is_count_beside, is_set_off, is_set_off_result
from claims.extraction.conditions import is_inverted, is_limited, ranks
from claims.extraction.earlier_figures import is_earlier_figure
from claims.extraction.edges import has_comma_before, opens_unit
from claims.extraction.lexicon import POSITIONS
from claims.extraction.pieces import is_finite, is_verbal, subject_of
from claims.extraction.speech import FINDING, QUOTING, REPORTING
from claims.extraction.tree import NOUN_TAGS, Word
from claims.extraction.wordset import word_set

CutKind = Literal[
    "coordination",
    "attribute",
    "attendant",
    "shared",
    "adverbial",
    "participle",
    "relative",
    "reduced",
    "apposition",
    "parataxis",
    "set off",
    "result",
    "earlier",
    "dropped",
]

# Clauses that state a fact of their own; a condition, a limit, a purpose or a comparison stays with its
# main clause.
CUT_MARKERS = word_set("when after before because since as while although though whereas where once now")
# Participles that work as prepositions.
PREPOSITIONAL = word_set(
    "including according following given based compared depending regarding concerning considering"
    " excluding barring starting owing relating pertaining assuming provided granted speaking judging"
    " involving using"
)
# "…, killing six": the subject is what happened, not who acted; the clause stays where it is.
RESULTING = word_set(
    "cause lead make force allow prompt kill put bring end result leave give enable spark trigger raise"
    " mark mean create set help injure wound turn send drive push prevent keep"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """`word` heads what is cut out from below `parent`."""

    kind: CutKind
    word: Word
    parent: Word


def find_cuts(head: Word) -> list[Cut]:
    """The cuts of the clause headed by `head`, in text order; nothing inside a cut is looked at."""
    cuts: list[Cut] = []
    stack = list(head.children)
    while stack:
        word = stack.pop()
        kind = _kind(word, head)
        if kind is None:
            stack.extend(word.children)
        else:
            cuts.append(Cut(kind, word, word.head))
    cuts.sort(key=lambda c: c.word.i)
    return cuts


def _kind(word: Word, head: Word) -> CutKind | None:
    match word.dep:
        case "conj":
            return _conjunct(word, head)
        case "advcl":
            return _adverbial(word)
        case "relcl":
            if _is_time_clause(word):
                return "adverbial"
            return "relative" if _is_aside(word) else None
        case "acl":
            return "reduced" if _is_reduced_aside(word) else None
        case "appos":
            return judge_apposition(word)
        case "parataxis":
            if not is_finite(word) or subject_of(word) is None:
                return None
            if word.lemma in FINDING and not word.all("dobj", "ccomp"):
                return "dropped"  # "…, the survey found"
            return "dropped" if word.lemma in QUOTING and not is_counted(subject_of(word)) else "parataxis"
        case "prep":
            if is_source(word):
                return "dropped"
            if is_count_beside(word, head):
                return "result"
            return "attendant" if _is_attendant(word) else "set off" if is_set_off(word, head) else None
        case "pcomp":
            return "adverbial" if _follows_preposition(word) else None
        case "ccomp":
            return _splice(word, head)
        case "advmod":
            return "earlier" if is_earlier_figure(word) else None
        case _:
            return None


def _conjunct(word: Word, head: Word) -> CutKind | None:
    first = word.head
    if not is_verbal(word) or not is_verbal(first):
        return "attribute" if _is_second_attribute(word) else None
    if first is head:
        joined = has_comma_before(word) or any(c.dep == "cc" and c.i < word.i for c in first.children)
        if first.child("neg") is not None and not joined:
            return None  # "it does not feel like this is …"
        return "coordination" if is_finite(word) or not subject_of(word) else None
    if is_finite(word) and subject_of(word) is not None and not is_finite(first):
        return "dropped" if relative_word(word) is not None else "parataxis"
    joined = any(c.dep == "cc" and c.lower in ("and", "but") for c in first.children)
    if (
        first.dep == "ccomp"
        and joined
        and is_finite(first)
        and is_finite(word)
        and subject_of(word) is not None
    ):
        return "shared"  # "shows that A rose and that B fell"
    if first.dep in ("xcomp", "ccomp") and subject_of(word) is None and word.tag in (first.tag, "VB"):
        return "shared"
    return None


def _is_second_attribute(word: Word) -> bool:
    """ "Is an ally and a key market": two things said of one subject; a list of names is one thing."""
    first = word.head
    if first.dep != "attr" or first.head.lemma != "be" or word.tag not in ("NN", "NNS"):
        return False
    if first.tag not in NOUN_TAGS or word.child("conj") is not None:
        return False
    return all(any(c.dep in ("amod", "prep", "det", "compound") for c in w.children) for w in (word, first))


def _is_attendant(word: Word) -> bool:
    """ "…, with Roe winning twice": a clause of its own in the shape of a phrase."""
    if word.lower != "with" or not has_comma_before(word):
        return False
    clause = word.child("pcomp")
    if clause is not None:
        return clause.tag in ("VBG", "VBN") and subject_of(clause) is not None
    noun = word.child("pobj")
    return noun is not None and any(c.dep == "acl" and c.tag in ("VBG", "VBN") for c in noun.children)


def is_source(word: Word) -> bool:
    """ "According to …", "in the words of …": who says it, not what is said."""
    words = word.child("pobj")
    return word.lower == "according" or (
        word.lower == "in"
        and words is not None
        and words.lower == "words"
        and words.child("prep") is not None
    )


def _follows_preposition(word: Word) -> bool:
    """ "After at least one shell landed": the parser takes the conjunction for a preposition."""
    return word.head.lower in CUT_MARKERS and is_finite(word) and subject_of(word) is not None


def is_counted(subject: Word | None) -> bool:
    """ "Most voters", "44 percent", "all": nobody who could be held to what they say."""
    return subject is not None and (
        subject.lower in _COUNTED or subject.tag == "CD" or any(c.dep == "nummod" for c in subject.children)
    )


_COUNTED = word_set("percent % majority half third quarter many most some few several all number plurality")


def marker_of(clause: Word) -> Word | None:
    """The word that opens a subordinate clause: "when", "after", "because"."""
    return next(
        (
            c
            for c in clause.children
            if c.i < clause.i and (c.dep == "mark" or (c.tag == "WRB" and c.dep == "advmod"))
        ),
        None,
    )


def _adverbial(word: Word) -> CutKind | None:
    marker = marker_of(word)
    if marker is not None and is_finite(word) and subject_of(word):
        if any(c.lower in ("if", "though") for c in word.all("mark") if c is not marker):
            return None  # "as if"
        if marker.lower == "since" and ranks(word.head):
            return None  # "the first since …"
        counted = (word.head, *word.head.all("attr")) if word.head.lemma == "be" else (word.head,)
        if marker.lower == "since" and any(w.entity == "DATE" for w in counted):
            return None  # "it has been five days since …": that it has not happened again
        if marker.lower == "when" and word.lemma == "come" and any(c.lower == "it" for c in word.children):
            return None  # "when it comes to money"
        now = any(w.tag in ("VBP", "VBZ") for w in (word, *word.all("aux", "auxpass")))
        if marker.lower == "when" and now and not has_comma_before(word):
            return None  # "they are paid when they leave": a condition
        if now and marker.lower == "before":
            return None  # "is expected before the two meet": not yet so
        if marker.lower == "once" and word.tag != "VBD" and not any(a.tag == "VBD" for a in word.all("aux")):
            return None  # "takes effect once both have signed": a condition
        if any(c.dep == "npadvmod" and c.i < marker.i for c in word.children):
            return None  # "two days after …"
        if marker.lower == "where" and not has_comma_before(word) and word.tag in ("VBZ", "VBP"):
            return None  # "is needed where a law forbids it": not everywhere
        if word.head.lemma == "come" or (
            marker.lower == "as" and word.head.tag in ("RB", "JJ", "RBR", "JJR")
        ):
            return None  # "comes as …"; "as soon as …"
        return "adverbial" if marker.lower in CUT_MARKERS and not is_limited(marker, word) else None
    if marker is not None or any(c.tag == "TO" for c in word.children if c.dep == "aux"):
        return None
    if is_finite(word) and subject_of(word):
        compared = any(w.lower == "than" and w.i == word.i - 1 for w in word.subtree())
        return None if is_inverted(word) or compared else "parataxis"  # "40 more than needed"
    if word.lower in PREPOSITIONAL or word.tag not in ("VBG", "VBN") or subject_of(word):
        return None
    if word.tag == "VBG" and not _is_asserted(word.head):
        return None
    if word.tag == "VBG" and word.lemma in RESULTING and not _is_own_act(word):
        return "result" if is_set_off_result(word) else None
    if any(c.dep == "parataxis" and c.lemma in QUOTING and c.i < word.i for c in word.head.children):
        return "dropped"  # "…, he said, wiping his face"
    if any(c.dep == "advcl" and word.head.i < c.i < word.i and is_finite(c) for c in word.head.children):
        return "dropped"  # whose participle it is, the words do not tell
    return "participle" if has_comma_before(word) or opens_unit(word) else None


def _is_own_act(participle: Word) -> bool:
    """ "Putting out a statement", "leading a coalition": who did it is the subject of the clause."""
    if participle.lemma == "lead":
        return participle.child("dobj") is not None and participle.child("xcomp", "prep") is None
    return participle.child("prt") is not None


def _is_asserted(verb: Word) -> bool:
    """Whether the clause tells what is, was or will be so: not "could win", "plans to win" or "to win"."""
    if not is_verbal(verb) or verb.tag in ("VBG", "VBN"):
        return True
    doubt = any(a.tag == "MD" and a.lower not in _WILL for a in verb.all("aux"))
    return is_finite(verb) and not doubt


_WILL = word_set("will 'll ’ll wo shall")


def _splice(word: Word, head: Word) -> CutKind | None:
    """Two clauses joined by a comma come as ccomp of the later verb."""
    if word.head is not head or word.i > head.i or not is_finite(word) or subject_of(word) is None:
        return None
    subject = subject_of(head)
    between = subject is not None and word.i < subject.i
    commas = [c for c in head.children if c.lower in (",", ";") and word.i < c.i]
    return "parataxis" if between and commas and head.lemma not in REPORTING | FINDING else None


def relative_word(clause: Word) -> Word | None:
    """The relative pronoun or adverb of a relative clause."""
    return next(
        (w for w in clause.subtree() if w.tag in ("WDT", "WP", "WP$", "WRB") and w.i <= clause.i), None
    )


def _is_aside(clause: Word) -> bool:
    """A relative clause that adds a fact; one that tells which is meant stays with its noun."""
    pronoun = relative_word(clause)
    if pronoun is None or not is_finite(clause) or _is_denied(clause.head):
        return False
    if _tells_of_one(clause):
        return True
    if pronoun.lower == "that":
        return False
    return (
        has_comma_before(clause)
        or has_comma_before(pronoun)
        or pronoun.lower == "which"
        or (clause.head.tag in ("NNP", "NNPS") and pronoun.lower == "who")
    )


_OF_THE_UNREAL = word_set("need lack seek look search require imagine")


def _is_denied(noun: Word) -> bool:
    """ "It does not feel like a term that has begun": there may be no such term."""
    vague = any(c.lower in ("a", "an", "any", "no") for c in noun.children if c.dep == "det")
    return vague and any(a.child("neg") is not None for a in noun.ancestors() if is_verbal(a))


def _tells_of_one(clause: Word) -> bool:
    """ "Signed a law that protects makers": of something new to the reader, in a clause that tells a fact."""
    noun = clause.head
    new = any(c.lower in ("a", "an") for c in noun.children if c.dep == "det")
    if not new or noun.tag != "NN" or noun.dep not in ("dobj", "pobj"):
        return False
    verb = next((a for a in noun.ancestors() if is_verbal(a)), None)
    if verb is None or verb.lemma in POSITIONS or verb.lemma in _OF_THE_UNREAL:
        return False
    return _is_asserted(verb) and verb.dep not in ("xcomp", "advcl", "acl")


def _is_time_clause(clause: Word) -> bool:
    """ "Got off to a bumpy start when …": the parser hangs the clause on the noun."""
    pronoun = relative_word(clause)
    day = clause.head.entity in ("DATE", "TIME") and clause.head.tag not in ("NNP", "CD")
    if pronoun is None or pronoun.lower != "when" or day:
        return False
    return (
        is_finite(clause)
        and subject_of(clause) is not None
        and clause.head.lemma not in ("time", "day", "moment")
    )


def _is_reduced_aside(clause: Word) -> bool:
    if clause.tag not in ("VBG", "VBN") or clause.lower in PREPOSITIONAL or not has_comma_before(clause):
        return False
    return not any(c.tag == "TO" for c in clause.children)
