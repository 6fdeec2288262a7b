"""What the walk over clauses asks of one clause: its frame, its ages, what it shares with the next."""

from claims.extraction.asides import noun_phrase, speaker_phrase
from claims.extraction.cues import NAMING
from claims.extraction.cuts import Cut, find_cuts, is_counted, is_source, marker_of
from claims.extraction.edges import has_comma_before
from claims.extraction.lexicon import ORGANISATION_NOUNS, PERSON_NOUNS
from claims.extraction.pieces import is_finite, subject_of
from claims.extraction.remains import kept_words
from claims.extraction.speech import FINDING, QUOTING, REPORTING
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

OLDEST = 120  # years


def with_shared_object(own: list[Word], cuts: list[Cut]) -> list[Word]:
    """ "Arrested and questioned the student": what follows the second verb belongs to the first as well."""
    for cut in cuts:
        if cut.kind not in ("coordination", "shared") or subject_of(cut.word) is not None:
            continue
        between = (c for c in cut.parent.children if cut.parent.i < c.i < cut.word.i)
        bare = not any(c.dep in _COMPLEMENTS for c in between)
        adjacent = cut.word.i - cut.parent.i <= 3
        shared = cut.word.child("dobj", "acomp", "attr", "oprd") is not None
        if bare and adjacent and cut.parent.lemma not in _INTRANSITIVE and shared:
            theirs = [w for w in kept_words(cut.word, find_cuts(cut.word)) if w.i > cut.word.i]
            own = [*(w for w in own if w.i <= cut.parent.i), *theirs, *(w for w in own if w.i > cut.parent.i)]
    return own


_INTRANSITIVE = word_set(
    "come go rise fall arrive die sit stand stay appear happen occur return sleep laugh smile"
)


_COMPLEMENTS = word_set("dobj attr acomp xcomp ccomp prep oprd agent dative prt")


def named_source(cuts: list[Cut]) -> tuple[Word, ...]:
    """Who is named as the source of the clause: "according to Roe", "…, Roe said"."""
    for cut in cuts:
        if cut.kind != "dropped":
            continue
        if is_source(cut.word):
            inner = cut.word.child("pobj") if cut.word.lower == "in" else cut.word
            preposition = inner.child("prep") if inner is not None else None
            named = (preposition or cut.word).child("pobj")
        else:
            named = subject_of(cut.word) if cut.word.lemma in QUOTING | FINDING else None
        return speaker_phrase(named) if named is not None else ()
    return ()


_STUDIES = word_set(
    "study survey poll report review inquiry investigation analysis audit inspection panel commission paper"
)


_BODIES = ORGANISATION_NOUNS | word_set("inspector general auditor court judge jury regulator investigator")


_COURTS = word_set("court jury tribunal inquest inquiry")


def _looks_into(subject: Word) -> bool:
    """ "A study found", "the court found": what they hold for true, not what they came upon."""
    return subject.lemma in _STUDIES | _BODIES


def reported_clause(head: Word) -> Word | None:
    """The clause that a reporting verb reports, where the frame adds nothing but the speaker."""
    subject = subject_of(head)
    study = head.lemma == "find" and subject is not None and _looks_into(subject)
    court = head.lemma == "hear" and subject is not None and subject.lemma in _COURTS
    found = study or court or (head.lemma in FINDING and any(c.i < head.i for c in head.all("ccomp")))
    if not (head.lemma in REPORTING or found) or any(c.dep == "neg" or c.tag == "MD" for c in head.children):
        return None
    if is_counted(subject_of(head)):
        return None  # "most voters say they …" is a finding, not somebody's statement
    clause = next((c for c in head.all("ccomp") if is_finite(c) and subject_of(c) is not None), None)
    if clause is None:
        return None
    marker = marker_of(clause)
    if marker is not None and marker.lower not in ("that", "as"):
        return None
    if any(
        c.tag in ("WP", "WRB", "WDT")
        for c in clause.children
        if c.i < clause.i and c.dep in ("dobj", "attr", "advmod")
    ):
        return None
    return clause


def asserts(head: Word) -> bool:
    """ "The poll shows Roe leading", "Roe called it a gift": the subject holds something for true, though the
    verb has no clause that could stand alone."""
    subject = subject_of(head)
    if subject is None or is_counted(subject) or any(c.dep == "neg" or c.tag == "MD" for c in head.children):
        return False
    if head.child("auxpass") is not None:
        return False
    if subject.lemma in _STUDIES:
        return head.lemma in _OF_STUDIES
    if subject.tag not in ("NNP", "NNPS") and subject.lemma not in PERSON_NOUNS:
        return False
    return head.lemma in NAMING and head.child("oprd") is not None


_OF_STUDIES = FINDING | word_set("put give indicate suggest reveal place rate rank estimate project")


def goes_on(word: Word, reported: Word) -> bool:
    """ "Roe said the dam will hold and warned that …": the second verb of saying is the speaker's, though the
    parser hung it on what is said."""
    return (
        word.lemma in REPORTING
        and subject_of(word) is None
        and reported.dep == "ccomp"
        and reported.head.tag == word.tag
        and word.child("ccomp") is not None
    )


def says_nothing(head: Word, own: list[Word]) -> bool:
    """ "A new poll finds", "many expected": what was found or expected is elsewhere."""
    if head.lemma not in _OF_SOMETHING or head.child("auxpass") is not None:
        return False
    inside = set(own)
    told = [c for c in head.children if c in inside and c.dep in _OF_SPEECH]
    if head.lemma in _TO_SOMEBODY:  # "told a reporter"
        hearer = [c for c in told if c.dep in ("dobj", "dative") and c.lemma not in _TOLD]
        return len(hearer) == 1 and not any(_is_told(c) for c in told if c not in hearer)
    return not told


def _is_told(part: Word) -> bool:
    return part.lower in ("about", "of") if part.dep == "prep" else part.dep != "advcl"


_TO_SOMEBODY = word_set("tell inform assure remind")
_TOLD = word_set("truth lie story tale joke secret thing what")


_OF_SPEECH = word_set("dobj ccomp xcomp prep attr acomp oprd prt advcl dative agent")
_OF_SOMETHING = REPORTING | FINDING | word_set("expect chant hope want suppose assume")


def ages_in(subject: Word) -> list[Word]:
    """The 22 of "Jane Roe, 22, and Tom Doe"."""
    return [
        w
        for w in subject.subtree()
        if w.text.isdigit() and w.head.tag == "NNP" and w.i > w.head.i and has_comma_before(w)
        if 0 < int(w.text) <= OLDEST and not w.children and w.dep in ("appos", "nummod")
    ]


def without_ages(head: Word, words: list[Word]) -> list[Word]:
    subject = subject_of(head)
    ages = {w.i for w in ages_in(subject)} if subject is not None else set()
    commas = {i + side for i in ages for side in (-1, 1)}
    return [w for w in words if w.i not in ages and not (w.i in commas and w.text == ",")]


def without_opening(head: Word, own: list[Word]) -> list[Word]:
    """Without the word that tied the clause to another: "when", "that", "and"."""
    marker = marker_of(head) if head.dep in ("advcl", "ccomp", "relcl", "conj", "ROOT") else None
    tied = marker is not None and marker.lower not in ("if", "unless")
    gone = {w for w in own if marker is not None and tied and w.i <= marker.i}
    gone.update(c for c in head.children if c.dep in ("cc", "preconj", "intj") and c.i < head.i)
    gone.update(w for w in own if w.lower == "both" and w.dep == "preconj")
    return [w for w in own if w not in gone]


def unnegated(auxiliaries: tuple[Word, ...]) -> tuple[Word, ...]:
    """ "Does not sell but lends": the second verb is not denied and has no "does"."""
    if not any(w.dep == "neg" for w in auxiliaries):
        return auxiliaries
    return tuple(w for w in auxiliaries if w.dep != "neg" and w.lemma != "do")


def antecedent_of(cut: Cut) -> tuple[Word, ...]:
    """What a relative clause is said of; () behind "the actor and singer", who may be one or two."""
    noun, first = cut.parent, cut.parent.head
    bare = noun.tag == "NN" and not any(c.dep in ("det", "poss") for c in noun.children)
    if noun.dep == "conj" and bare and first.tag == "NN" and first.child("det") is not None:
        return ()
    return noun_phrase(noun, without=cut.word)
