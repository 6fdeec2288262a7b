"""Step 5: atomic propositions, by a walk over the clauses of a parse.

A clause is cut where a part of it states something of its own; each part takes with it the subject,
auxiliaries and claimant that it shares with the clause it was cut from.
"""

from dataclasses import dataclass, replace

from claims.extraction.asides import (
    apposition_pieces,
    noun_phrase,
    participle_pieces,
    relative_pieces,
    speaker_phrase,
    tense_of,
)
from claims.extraction.cuts import (
    Cut,
    find_cuts,
    is_counted,
    is_source,
    kept_words,
    marker_of,
    relative_word,
    removed,
)
from claims.extraction.edges import has_comma_before, left_edge
from claims.extraction.lists import one_by_one
from claims.extraction.pieces import (
    Added,
    Piece,
    Proposition,
    is_finite,
    is_plural,
    is_verbal,
    subject_of,
    trimmed,
)
from claims.extraction.speech import FINDING, QUOTING, REPORTING
from claims.extraction.tree import NOUN_TAGS, Tree, Word
from claims.extraction.wordset import word_set

OLDEST = 120  # years
DEEPEST = 12  # clauses within clauses; what is nested deeper is left whole
FEWEST_WORDS = 3
LONGEST_UNIT = 250  # words; no parse of a longer sentence is to be trusted


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a clause takes over from the one around it."""

    subject: tuple[Piece, ...] = ()
    auxiliaries: tuple[Word, ...] = ()
    claimant: tuple[Word, ...] = ()
    reasons: tuple[str, ...] = ()
    depth: int = 0
    framing: bool = False

    def deeper(self, reason: str) -> "_Shared":
        return replace(self, reasons=(*self.reasons, reason), depth=self.depth + 1)


def find_propositions(tree: Tree, *, framing: bool = False) -> tuple[Proposition, ...]:
    """The propositions of one unit in text order; `framing`: a quotation stands beside this unit."""
    if len(tree.words) > LONGEST_UNIT:
        return ()
    found: list[Proposition] = []
    for root in tree.roots:
        found += _walk(root, _Shared(framing=framing))
    unique = {tuple(id(p) if isinstance(p, Word) else p.text for p in f.pieces): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: f.head.i))


def _walk(head: Word, shared: _Shared) -> list[Proposition]:
    if not is_verbal(head):
        return _inside_noun(head, shared)
    if shared.depth > DEEPEST:
        return []
    cuts = find_cuts(head)
    source = _source(cuts)
    if source:
        shared = replace(shared, claimant=source)
    reported = _reported(head)
    if reported is not None:
        cuts = [c for c in cuts if c.word not in set(reported.subtree())]
    subject = _subject_pieces(head, shared)
    aged = _aged(head, shared)
    own = _with_shared_object(_without_ages(head, kept_words(head, cuts)), cuts)
    found = list(aged)
    if reported is not None:
        frame = replace(shared, claimant=_claimant(head, shared), subject=(), auxiliaries=()).deeper(
            "reported"
        )
        found += _walk(reported, frame)
    elif not (shared.framing and head.lemma in QUOTING):
        found += _main(head, own, subject, shared)
    for cut in cuts:
        found += _from_cut(cut, subject, own, shared)
    return found


def _with_shared_object(own: list[Word], cuts: list[Cut]) -> list[Word]:
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
_NAMING = NOUN_TAGS | {"PRP", "CD", "DT"}
_COMPLEMENTS = word_set("dobj attr acomp xcomp ccomp prep oprd agent dative prt")


def _inside_noun(head: Word, shared: _Shared) -> list[Proposition]:
    """A unit without a main verb: only what its relative clauses and appositions state."""
    found = []
    for cut in find_cuts(head):
        if cut.kind in ("relative", "parataxis") and shared.depth < DEEPEST:
            found += _from_cut(cut, (), [], shared)
    return found


def _source(cuts: list[Cut]) -> tuple[Word, ...]:
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


def _reported(head: Word) -> Word | None:
    """The clause that a reporting verb reports, where the frame adds nothing but the speaker."""
    found = head.lemma in FINDING and any(c.i < head.i for c in head.all("ccomp"))
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


def _claimant(head: Word, shared: _Shared) -> tuple[Word, ...]:
    subject = subject_of(head)
    if subject is not None:
        return speaker_phrase(subject) if subject.tag in _NAMING else ()
    return tuple(p for p in shared.subject if isinstance(p, Word))


def _subject_pieces(head: Word, shared: _Shared) -> tuple[Piece, ...]:
    subject = subject_of(head)
    if subject is None:
        return shared.subject
    if subject.dep == "expl":
        return ()
    gone = removed([c for c in find_cuts(head) if c.kind != "coordination"])
    gone.update(_ages(subject))
    return trimmed(w for w in subject.subtree() if w not in gone)


def _ages(subject: Word) -> list[Word]:
    """The 22 of "Jane Roe, 22, and Tom Doe"."""
    return [
        w
        for w in subject.subtree()
        if w.text.isdigit() and w.head.tag == "NNP" and w.i > w.head.i and has_comma_before(w)
        if 0 < int(w.text) <= OLDEST and not w.children and w.dep in ("appos", "nummod")
    ]


def _without_ages(head: Word, words: list[Word]) -> list[Word]:
    subject = subject_of(head)
    ages = {w.i for w in _ages(subject)} if subject is not None else set()
    commas = {i + side for i in ages for side in (-1, 1)}
    return [w for w in words if w.i not in ages and not (w.i in commas and w.text == ",")]


def _aged(head: Word, shared: _Shared) -> list[Proposition]:
    """ "Jane Roe is 22 years old", for each age told beside a name in the subject."""
    subject = subject_of(head)
    found = []
    for age in _ages(subject) if subject is not None else ():
        name = tuple(w for w in noun_phrase(age.head, without=age) if w.i <= age.head.i)
        pieces = (*name, Added("is"), age, Added("years old"))
        found += _proposition(age, pieces, name, shared.deeper("apposition")) if name else []
    return found


def _main(head: Word, own: list[Word], subject: tuple[Piece, ...], shared: _Shared) -> list[Proposition]:
    own = _without_opening(head, own)
    if subject_of(head) is not None:
        pieces: tuple[Piece, ...] = tuple(own)
    elif subject:
        pieces = (*subject, *_auxiliaries(head, shared), *own)
    else:
        return []
    if not (is_finite(head) or shared.auxiliaries):
        return []
    return [p for each in one_by_one(head, pieces) for p in _proposition(head, each, subject, shared)]


def _without_opening(head: Word, own: list[Word]) -> list[Word]:
    """Without the word that tied the clause to another: "when", "that", "and"."""
    marker = marker_of(head) if head.dep in ("advcl", "ccomp", "relcl", "conj", "ROOT") else None
    tied = marker is not None and marker.lower not in ("if", "unless")
    gone = {w for w in own if marker is not None and tied and w.i <= marker.i}
    gone.update(c for c in head.children if c.dep in ("cc", "preconj", "intj") and c.i < head.i)
    gone.update(w for w in own if w.lower == "both" and w.dep == "preconj")
    return [w for w in own if w not in gone]


def _auxiliaries(head: Word, shared: _Shared) -> tuple[Word, ...]:
    """The auxiliaries a conjunct shares: "was arrested and charged"."""
    return (
        ()
        if is_finite(head)
        else tuple(w for w in shared.auxiliaries if w.lower not in {o.lower for o in head.children})
    )


def _proposition(
    head: Word, pieces: tuple[Piece, ...], subject: tuple[Piece, ...], shared: _Shared
) -> list[Proposition]:
    pieces = trimmed(pieces)
    if sum(isinstance(p, Word) and p.dep != "punct" for p in pieces) < FEWEST_WORDS:
        return []
    if isinstance(pieces[0], Word) and pieces[0].tag in ("WDT", "WP", "WP$"):
        return []
    words = tuple(p for p in subject if isinstance(p, Word))
    return [Proposition(pieces, head, words, shared.claimant, shared.reasons)]


def _from_cut(cut: Cut, subject: tuple[Piece, ...], own: list[Word], shared: _Shared) -> list[Proposition]:
    word = cut.word
    below = shared.deeper(cut.kind)
    match cut.kind:
        case "coordination":
            auxiliaries = tuple(
                c for c in cut.parent.children if c.dep in ("aux", "auxpass", "neg") and c.i < cut.parent.i
            )
            if any(c.lower == "but" for c in cut.parent.children if c.dep == "cc" and c.i < word.i):
                auxiliaries = _unnegated(auxiliaries)
            auxiliaries = auxiliaries or shared.auxiliaries
            return _walk(word, replace(below, subject=subject, auxiliaries=auxiliaries))
        case "shared":
            return _second_complement(cut, subject, own, below)
        case "attribute":
            return _second_attribute(cut, subject, own, below)
        case "attendant":
            return _attendant(word, below)
        case "adverbial" | "parataxis":
            return _walk(word, replace(below, subject=(), auxiliaries=()))
        case "participle":
            return _participle(word, subject, below)
        case "reduced":
            return _participle(word, noun_phrase(cut.parent, without=word), below)
        case "relative":
            return _relative(cut, below)
        case "apposition":
            return _apposition(cut, below)
        case "dropped":
            return _of_source(word, below)
        case _:
            return []


def _apposition(cut: Cut, shared: _Shared) -> list[Proposition]:
    """ "Roe, a doctor who ran for mayor": what Roe is, and what he did."""
    word = cut.word
    pieces = apposition_pieces(word, cut.parent, past=tense_of(word) == "past")
    found = _proposition(word, pieces, pieces[:1], shared) if pieces else []
    named = cut.parent if cut.parent.tag in ("NNP", "NNPS") else word
    for inner in find_cuts(word):
        if inner.kind == "relative":
            whom = noun_phrase(named, without=word) if inner.parent is word else None
            found += _relative(inner, shared, whom)
    clause = word.child("relcl")
    if clause is not None and pieces and named is not word and is_finite(clause):
        if not any(c.word is clause for c in find_cuts(word)):
            found += _relative(Cut("relative", clause, word), shared, noun_phrase(named, without=word))
    return found


def _of_source(frame: Word, shared: _Shared) -> list[Proposition]:
    """What is said in passing of who is named as the source: "…, said Roe, head of Acme"."""
    unclaimed = replace(shared, claimant=())
    return [
        p
        for cut in find_cuts(frame)
        if cut.kind in ("relative", "apposition")
        for p in _from_cut(cut, (), [], unclaimed)
    ]


def _unnegated(auxiliaries: tuple[Word, ...]) -> tuple[Word, ...]:
    """ "Does not sell but lends": the second verb is not denied and has no "does"."""
    if not any(w.dep == "neg" for w in auxiliaries):
        return auxiliaries
    return tuple(w for w in auxiliaries if w.dep != "neg" and w.lemma != "do")


def _second_complement(
    cut: Cut, subject: tuple[Piece, ...], own: list[Word], shared: _Shared
) -> list[Proposition]:
    """ "plans to build A and to destroy B": the second complement after the words before the first."""
    first = cut.parent
    aside = {w for c in first.all("advmod", "npadvmod", "prep", "neg", "punct") for w in c.subtree()}
    prefix: list[Word] = [w for w in own if w.i < first.i and w not in aside and w.dep != "mark"]
    if is_finite(cut.word) or any(c.tag == "TO" for c in cut.word.all("aux")):
        prefix = [w for w in prefix if w.head is not first or w.dep not in ("aux", "auxpass")]
    head = next((a for a in first.ancestors() if is_finite(a)), first)
    return _after_prefix(cut, prefix, head, subject, shared)


def _second_attribute(
    cut: Cut, subject: tuple[Piece, ...], own: list[Word], shared: _Shared
) -> list[Proposition]:
    """ "is an ally and a key market": the second noun after the words before the first."""
    start = min(left_edge(cut.parent).i, cut.parent.i)
    return _after_prefix(cut, [w for w in own if w.i < start], cut.parent.head, subject, shared)


def _after_prefix(
    cut: Cut, prefix: list[Word], head: Word, subject: tuple[Piece, ...], shared: _Shared
) -> list[Proposition]:
    pieces: tuple[Piece, ...] = (*prefix, *kept_words(cut.word, find_cuts(cut.word)))
    if subject and not any(p in prefix for p in subject):
        pieces = (*subject, *shared.auxiliaries, *pieces)
    return _proposition(head, pieces, subject, shared)


def _attendant(preposition: Word, shared: _Shared) -> list[Proposition]:
    """ "with Roe winning twice" gives "Roe won twice"."""
    clause = preposition.child("pcomp")
    noun = subject_of(clause) if clause is not None else preposition.child("pobj")
    if clause is None and noun is not None:
        clause = next((c for c in noun.children if c.dep == "acl" and c.tag in ("VBG", "VBN")), None)
    if clause is None or noun is None:
        return []
    return _participle(clause, noun_phrase(noun, without=clause), shared)


def _participle(word: Word, subject: tuple[Piece, ...], shared: _Shared) -> list[Proposition]:
    if not subject:
        return []
    reported = word.child("ccomp")
    if word.lemma in REPORTING and reported is not None and subject_of(reported) is not None:
        speaker = tuple(p for p in subject if isinstance(p, Word))
        return _walk(reported, replace(shared, claimant=speaker, subject=(), auxiliaries=()))
    if shared.framing and word.lemma in QUOTING:
        return []
    cuts = find_cuts(word)
    own = kept_words(word, cuts)
    pieces = participle_pieces(word, own, subject)
    found = _proposition(word, pieces, subject, shared) if pieces else []
    for cut in cuts:
        if cut.kind in ("relative", "apposition", "adverbial"):
            found += _from_cut(cut, subject, own, shared)
        elif cut.kind == "coordination" and cut.word.tag == word.tag:
            found += _participle(cut.word, subject, shared)
    return found


def _relative(cut: Cut, shared: _Shared, whom: tuple[Word, ...] | None = None) -> list[Proposition]:
    """The clause said of its antecedent, or of `whom`, and each verb coordinated in it."""
    antecedent = _antecedent(cut) if whom is None else whom
    each_other = any(w.lower == "each" for w in cut.word.subtree()) and not is_plural(antecedent)
    if not antecedent or each_other:
        return []
    reported = _reported(cut.word)
    pronoun = relative_word(cut.word)
    if reported is not None and pronoun is not None and pronoun.head is cut.word:
        return _walk(reported, replace(shared, claimant=antecedent, subject=(), auxiliaries=()))
    clause = cut.word
    if reported is not None and pronoun is not None and pronoun.head is reported:
        shared = replace(shared, claimant=_claimant(clause, shared))  # "which she said is …"
        clause = reported
    cuts = find_cuts(clause)
    own = kept_words(clause, cuts)
    pieces = relative_pieces(clause, own, antecedent)
    if not pieces:
        return []
    found = _proposition(clause, pieces, antecedent, shared)
    for inner in cuts:
        found += _from_cut(inner, antecedent, own, shared)
    return found


def _antecedent(cut: Cut) -> tuple[Word, ...]:
    """What a relative clause is said of; () behind "the actor and singer", who may be one or two."""
    noun, first = cut.parent, cut.parent.head
    bare = noun.tag == "NN" and not any(c.dep in ("det", "poss") for c in noun.children)
    if noun.dep == "conj" and bare and first.tag == "NN" and first.child("det") is not None:
        return ()
    return noun_phrase(noun, without=cut.word)
