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
    result_pieces,
    speaker_phrase,
    tense_of,
)
from claims.extraction.attachments import without_labels
from claims.extraction.clauses import (
    ages_in,
    antecedent_of,
    asserts,
    goes_on,
    named_source,
    reported_clause,
    says_nothing,
    unnegated,
    with_shared_object,
    without_ages,
    without_opening,
)
from claims.extraction.cuts import Cut, find_cuts, relative_word
from claims.extraction.earlier_figures import earlier_pieces
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
from claims.extraction.remains import kept_words, removed
from claims.extraction.speech import QUOTING, REPORTING
from claims.extraction.tree import NOUN_TAGS, Tree, Word

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
    source = named_source(cuts)
    if source:
        shared = replace(shared, claimant=source)
    reported = reported_clause(head)
    if reported is not None:
        cuts = [c for c in cuts if c.word not in set(reported.subtree())]
    subject = _subject_pieces(head, shared)
    aged = _aged(head, shared)
    own = with_shared_object(without_ages(head, kept_words(head, cuts)), cuts)
    found = list(aged)
    if reported is not None:
        speaker = _claimant(head, shared) if head.lemma != "hear" else ()
        frame = replace(shared, claimant=speaker, subject=(), auxiliaries=()).deeper("reported")
        found += _walk(reported, frame)
    elif not (shared.framing and head.lemma in QUOTING):
        found += _main(head, own, subject, shared)
    for cut in cuts:
        found += _from_cut(cut, subject, own, shared)
    return found


_NAMING = NOUN_TAGS | {"PRP", "CD", "DT"}


def _inside_noun(head: Word, shared: _Shared) -> list[Proposition]:
    """A unit without a main verb: only what its relative clauses and appositions state."""
    found = []
    for cut in find_cuts(head):
        if cut.kind in ("relative", "parataxis") and shared.depth < DEEPEST:
            found += _from_cut(cut, (), [], shared)
    return found


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
    gone.update(ages_in(subject))
    return trimmed(w for w in subject.subtree() if w not in gone)


def _aged(head: Word, shared: _Shared) -> list[Proposition]:
    """ "Jane Roe is 22 years old", for each age told beside a name in the subject."""
    subject = subject_of(head)
    found = []
    for age in ages_in(subject) if subject is not None else ():
        name = tuple(w for w in noun_phrase(age.head, without=age) if w.i <= age.head.i)
        pieces: tuple[Piece, ...] = (*name, Added("is"), age, Added("years old"))
        found += _proposition(age, pieces, name, shared.deeper("apposition")) if name else []
    return found


def _main(head: Word, own: list[Word], subject: tuple[Piece, ...], shared: _Shared) -> list[Proposition]:
    own = without_opening(head, own)
    if subject_of(head) is not None:
        pieces: tuple[Piece, ...] = tuple(own)
    elif subject:
        pieces = (*subject, *_auxiliaries(head, shared), *own)
    else:
        return []
    if not (is_finite(head) or shared.auxiliaries) or says_nothing(head, own):
        return []
    if not shared.claimant and asserts(head):
        shared = replace(shared, claimant=_claimant(head, shared))
    return [p for each in one_by_one(head, pieces) for p in _proposition(head, each, subject, shared)]


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
    pieces = trimmed(without_labels(pieces))
    if sum(isinstance(p, Added) or p.dep != "punct" for p in pieces) < FEWEST_WORDS:
        return []
    if isinstance(pieces[0], Word) and pieces[0].tag in ("WDT", "WP", "WP$"):
        return []
    if any(isinstance(p, Word) and p.lower in ("whom", "which") and p.i < head.i for p in pieces[1:3]):
        return []  # "most of whom left"
    words = tuple(p for p in subject if isinstance(p, Word))
    return [Proposition(pieces, head, words, shared.claimant, shared.reasons)]


def _from_cut(cut: Cut, subject: tuple[Piece, ...], own: list[Word], shared: _Shared) -> list[Proposition]:
    word = cut.word
    below = shared.deeper(cut.kind)
    if cut.kind in ("apposition", "relative") and has_comma_before(word):
        below = replace(below, claimant=())  # an aside is the article's, whoever is reported
    match cut.kind:
        case "coordination":
            auxiliaries = tuple(
                c for c in cut.parent.children if c.dep in ("aux", "auxpass", "neg") and c.i < cut.parent.i
            )
            if any(c.lower == "but" for c in cut.parent.children if c.dep == "cc" and c.i < word.i):
                auxiliaries = unnegated(auxiliaries)
            auxiliaries = auxiliaries or shared.auxiliaries
            if shared.claimant and goes_on(word, cut.parent):
                return _walk(word, replace(below, subject=shared.claimant, auxiliaries=(), claimant=()))
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
        case "result":
            pieces = result_pieces(word, subject)
            return _proposition(word, pieces, subject, below) if pieces else []
        case "earlier":
            pieces = earlier_pieces(word, subject)
            return _proposition(cut.parent, pieces, subject, below) if pieces else []
        case "reduced":
            return _participle(word, noun_phrase(cut.parent, without=word), below)
        case "relative":
            return _relative(cut, below)
        case "apposition":
            return _apposition(cut, below)
        case "dropped" | "set off":
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
    said = clause is not None and any(c.word is clause for c in find_cuts(word))
    told = said or clause in pieces
    if clause is not None and not told and pieces and named is not word and is_finite(clause):
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
    antecedent = antecedent_of(cut) if whom is None else whom
    each_other = any(w.lower == "each" for w in cut.word.subtree()) and not is_plural(antecedent)
    if not antecedent or each_other:
        return []
    reported = reported_clause(cut.word)
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
        if inner.kind == "coordination" and relative_word(inner.word) is not None and whom is None:
            found += _relative(Cut("relative", inner.word, cut.parent), shared, antecedent)
        else:
            found += _from_cut(inner, antecedent, own, shared)
    return found
