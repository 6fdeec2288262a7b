"""Propositions from what is said in passing: relative clauses, appositions, participles."""

from claims.extraction.appositions import PARTISANS, SORTS, is_superlative
from claims.extraction.cuts import find_cuts, relative_word
from claims.extraction.edges import has_comma_before
from claims.extraction.inflection import lemma_of_participle, past_tense, third_person
from claims.extraction.lexicon import EPITHETS, FACILITIES, PERSON_NOUNS, PLACE_NOUNS
from claims.extraction.meanings import Tense
from claims.extraction.names import is_given_name
from claims.extraction.pieces import Added, Piece, is_plural, subject_of
from claims.extraction.remains import removed
from claims.extraction.tree import FINITE_TAGS, NOUN_TAGS, Word
from claims.extraction.wordset import word_set

LONGEST_NOUN_PHRASE = 14  # words; a longer one is no subject a reader could follow
LONGEST_PREDICATE = 20


def noun_phrase(
    noun: Word, *, without: Word | None = None, longest: int = LONGEST_NOUN_PHRASE
) -> tuple[Word, ...]:
    """The words of the phrase around `noun`, without asides and without `without`; () where it grows too
    long."""
    gone: set[Word] = set()
    for child in noun.children:
        aside = child.dep in ("relcl", "parataxis") or (child.dep == "appos" and has_comma_before(child))
        if (
            child.dep in ("nummod", "appos")
            and child.tag == "CD"
            and child.i > noun.i
            and has_comma_before(child)
        ):
            aside = True  # an age
        if child is without or aside or _is_late_participle(child):
            gone.update(child.subtree())
        if without is not None and child.i > noun.i and child.dep in ("conj", "cc"):
            gone.update(child.subtree())
    words = [w for w in noun.subtree() if w not in gone]
    words = _without_edges(words)
    return tuple(words) if len(words) <= longest else ()


def speaker_phrase(noun: Word) -> tuple[Word, ...]:
    """A phrase that names a speaker: its head with what stands before it and "of …" or "by …" behind, no
    "even" or "only"; of "its manager, Jane Roe," the name."""
    name = next((c for c in noun.all("appos") if c.tag == "NNP" and has_comma_before(c)), None)
    if noun.tag == "NN" and name is not None and noun.lemma in PERSON_NOUNS and name.child("conj") is None:
        noun = name
    behind = {
        w
        for c in noun.children
        if c.dep == "prep" and c.lower in ("of", "for", "at", "by")
        for w in c.subtree()
    }
    words = [w for w in noun_phrase(noun) if w.i <= noun.i or w in behind]
    words = _without_edges(words) or [w for w in noun.subtree() if w.i <= noun.i]
    while len(words) > 1 and words[0].tag == "RB":
        words = words[1:]
    return tuple(words)


def _is_late_participle(child: Word) -> bool:
    return child.dep == "acl" and any(c.text == "," for c in child.head.children if c.i < child.i)


def _without_edges(words: list[Word]) -> list[Word]:
    while words and (
        words[-1].dep in ("punct", "cc") and words[-1].text not in '"”)]%' and words[-1].text != "."
    ):
        words = words[:-1]
    while words and words[0].dep in ("punct", "cc", "preconj") and words[0].text not in '"“([$#€£':
        words = words[1:]
    return words


def tense_of(verb: Word) -> Tense:
    """past, present or future, by the verb or its first auxiliary."""
    auxiliaries = verb.all("aux", "auxpass")
    carriers = [w for w in (*auxiliaries, verb) if w.tag in FINITE_TAGS]
    if any(w.lower in ("will", "shall", "'ll", "wo") for w in carriers):
        return "future"
    if any(w.lower == "would" for w in carriers) and not any(a.lemma == "have" for a in auxiliaries):
        return "future"
    if any(w.tag == "VBD" or w.lower in ("would", "could", "might") for w in carriers):
        return "past"
    if carriers:
        to_come = verb.lemma == "be" and any(c.tag == "TO" for x in verb.all("xcomp") for c in x.children)
        return "future" if to_come else "present"  # "are to meet on Friday"
    if verb.tag == "VBN" and verb.dep == "acl":
        return "past"
    above = next((a for a in verb.ancestors() if a.tag.startswith(("VB", "MD"))), None)
    if above is None:
        return "past"
    ahead = any(a.tag == "TO" for a in auxiliaries) and tense_of(above) == "present"
    return "future" if ahead else tense_of(above)


def copula(subject: tuple[Word, ...], *, past: bool) -> str:
    """The form of "be" that agrees with the subject."""
    if is_plural(subject):
        return "were" if past else "are"
    return "was" if past else "is"


def relative_pieces(clause: Word, own: list[Word], subject: tuple[Word, ...]) -> tuple[Piece, ...]:
    """The relative clause said of its antecedent: "which limits warheads" gives "the treaty limits
    warheads"."""
    pronoun = relative_word(clause)
    if pronoun is None or not subject:
        return ()
    if pronoun.lower == "which" and any(is_given_name(w.text) and not _owns(w) for w in subject):
        return ()
    rest = [w for w in own if w is not pronoun]
    if pronoun.tag == "WP$":
        possessive = Added("'" if subject[-1].lower.endswith("s") else "'s")
        at = own.index(pronoun) if pronoun in own else 0
        return (*own[:at], *subject, possessive, *own[at + 1 :])
    part = pronoun.head.head if pronoun.dep == "pobj" and pronoun.head.lower == "of" else None
    if part is not None and part is subject_of(clause) and pronoun in own and is_plural(subject):
        if part.lower in ("both", "all"):
            return (*subject, *(w for w in rest if w is not part and w is not pronoun.head))
        at = own.index(pronoun)
        return (*own[:at], *subject, *own[at + 1 :])  # "most of whom"
    if pronoun.dep in ("nsubj", "nsubjpass"):
        return (*subject, *rest) if _number_fits(clause, subject) else ()
    of_clause = pronoun.head is clause or pronoun.head in clause.all("xcomp")  # "whom she hopes to win over"
    if pronoun.dep in ("dobj", "dative") and of_clause and subject_of(clause) is not None:
        return _with_object(pronoun.head, rest, subject)
    if pronoun.dep == "pobj" and pronoun.head in rest and subject_of(clause) is not None:
        if pronoun.head.lower in _OF_TIMES and any(w.lemma in PERSON_NOUNS for w in subject):
            return ()  # "a call with researchers during which": the parser hung it on the nearest noun
        return _with_preposition(pronoun.head, rest, subject)
    if pronoun.lower == "where" and subject_of(clause) is not None:
        return (*rest, *_at(clause.head, subject))
    if pronoun.lower == "when" and subject_of(clause) is not None:
        return tuple(rest)
    return ()


def _owns(word: Word) -> bool:
    """Whether the word is in the name of an owner: the "Jane" of "Jane Roe's bill"."""
    return word.dep == "poss" or any(a.dep == "poss" for a in word.ancestors())


def _at(noun: Word, phrase: tuple[Word, ...]) -> tuple[Piece, ...]:
    """ "On the east side", where "where" stood: with the preposition the place has in its sentence."""
    if noun.dep == "pobj" and noun.head.lower in ("in", "on", "at"):
        return (Added(noun.head.lower), *phrase)
    return (Added("in"), *phrase) if _is_place(noun) else ()


_OF_TIMES = word_set("during before after")


def _is_place(noun: Word) -> bool:
    return noun.entity in ("GPE", "LOC", "FAC") or noun.lemma in PLACE_NOUNS or noun.lemma in FACILITIES


def _number_fits(clause: Word, subject: tuple[Word, ...]) -> bool:
    """ "The threat to those who live there": the parser hung the clause on "threat"."""
    tensed = next((w for w in (*clause.all("aux", "auxpass"), clause) if w.tag in ("VBP", "VBZ")), None)
    collective = subject[-1].tag in ("NNP", "NNPS") or any(w.lower in _COLLECTIVE for w in subject)
    return tensed is None or collective or (tensed.tag == "VBP") == is_plural(subject)


_COLLECTIVE = word_set("police majority number team government couple group family")


def _with_object(verb: Word, rest: list[Word], noun: tuple[Word, ...]) -> tuple[Piece, ...]:
    after = max(w.i for part in (verb, *verb.all("prt", "dative")) for w in _whole(part, verb) if w in rest)
    return (*(w for w in rest if w.i <= after), *noun, *(w for w in rest if w.i > after))


def _whole(part: Word, verb: Word) -> list[Word]:
    return [verb] if part is verb else part.subtree()


def _with_preposition(preposition: Word, rest: list[Word], noun: tuple[Word, ...]) -> tuple[Piece, ...]:
    others = [w for w in rest if w is not preposition]
    end = next((i for i, w in enumerate(others) if w.i > preposition.i and w.text in (".", ";")), len(others))
    return (*others[:end], preposition, *noun, *others[end:])


def apposition_pieces(appositive: Word, named: Word, *, past: bool) -> tuple[Piece, ...]:
    """ "Jane Roe, a doctor, …" gives "Jane Roe is a doctor"; "the mayor, Jane Roe, …" gives "Jane Roe is
    the mayor"."""
    gone = removed(find_cuts(appositive))
    first = noun_phrase(named, without=appositive)
    second = tuple(_without_edges([w for w in _predicate(appositive) if w not in gone]))
    if not first or not second or any(w.tag == "WP$" for w in (*first, *second)):
        return ()
    if len(second) == 2 and _is_bare(appositive) and appositive.lower not in PARTISANS | EPITHETS:
        return ()  # "trade, an issue": nothing is said
    if appositive.tag in ("NNP", "NNPS") and named.tag in ("NN", "NNS"):
        first, second = second, first
    lasting = any(w.entity == "PERSON" for w in first) or any(w.lower in PERSON_NOUNS for w in second)
    several = appositive.child("conj") is not None  # "an expert and counsel" may be one person
    lasting = lasting or appositive.lemma in SORTS
    amounts = appositive.tag == "JJS" and named.tag == "NNS"
    number = first if several or amounts or second[-1].tag == "NNP" else second
    article = (Added("a"),) if appositive.lower in PARTISANS and appositive.child("det") is None else ()
    return (*first, Added(copula(number, past=past and not lasting)), *article, *second)


def _predicate(noun: Word) -> tuple[Word, ...]:
    """What the apposition says: with the clause that a superlative needs, "the highest it has been"."""
    clause = noun.child("relcl") if is_superlative(noun) or _is_bare(noun) else None
    if clause is None or has_comma_before(clause):
        return noun_phrase(noun, longest=LONGEST_PREDICATE)
    return tuple(_without_edges(noun.subtree()))


def _is_bare(noun: Word) -> bool:
    """ "A body that tests water": without its clause it would say nothing."""
    clause = noun.child("relcl")
    pronoun = relative_word(clause) if clause is not None else None
    person = noun.lemma in PERSON_NOUNS or (pronoun is not None and pronoun.tag in ("WP", "WP$"))
    return (
        noun.tag == "NN"
        and not person
        and all(c.dep in ("det", "relcl", "punct") and c.lower != "the" for c in noun.children)
    )


def participle_pieces(verb: Word, own: list[Word], subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The participle clause said of the subject, its verb in the tense of the clause around it."""
    words = tuple(p for p in subject if isinstance(p, Word))
    above = next(a for a in verb.ancestors())
    perfect = any(a.lemma == "have" for a in above.all("aux"))
    tense = "past" if verb.tag == "VBN" or perfect else tense_of(above)
    form = _finite_form(verb, tense, plural=is_plural(words))
    said = set(words)
    before = [w for w in own if w.i < verb.i and w.dep != "mark" and w not in said]
    after = [w for w in own if w.i > verb.i]
    negated = [w for w in before if w.dep == "neg"]
    if negated and verb.tag == "VBG":
        return ()
    lead = [w for w in before if w.dep == "advmod"]
    if verb.all("auxpass", "aux") or not after:
        return ()
    return (*subject, *lead, form, *after)


def result_pieces(participle: Word, subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """ "…, making it the largest party" gives "Acme is the largest party", "…, with 40 members" gives "Acme
    has 40 members"; other results give nothing."""
    if participle.lower == "with":
        return _having(participle, subject)
    what = participle.child("ccomp", "oprd")
    whom = what.child("nsubj") if what is not None else None
    words = tuple(p for p in subject if isinstance(p, Word))
    if participle.lemma != "make" or what is None or whom is None or what.tag not in _NAMED:
        return ()
    if whom.lower not in ("it", "them") or not words or (whom.lower == "them") != is_plural(words):
        return ()
    be = Added(copula(words, past=tense_of(participle.head) == "past"))
    return (*subject, be, *(w for w in what.subtree() if w is not whom))


def _having(preposition: Word, subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    noun, clause = preposition.child("pobj"), next(preposition.ancestors(), None)
    while clause is not None and not clause.tag.startswith("VB"):
        clause = next(clause.ancestors(), None)
    if noun is None or clause is None or not subject:
        return ()
    plural = is_plural(p for p in subject if isinstance(p, Word))
    forms = {"past": "had", "future": "will have", "present": "have" if plural else "has"}
    return (*subject, Added(forms[tense_of(clause)]), *noun.subtree())


_NAMED = NOUN_TAGS | {"CD", "JJS"}


def _finite_form(verb: Word, tense: str, *, plural: bool) -> Added:
    if verb.tag == "VBN":
        be = "were" if plural else "was"
        return Added(f"{be} {verb.text.lower()}", (verb,))
    lemma = lemma_of_participle(verb.lower, verb.lemma)
    if tense == "past":
        text = past_tense(lemma)
        if verb.lemma == "be":
            text = "were" if plural else "was"
    elif tense == "future":
        text = f"will {lemma}"
    else:
        text = lemma if plural else third_person(lemma)
        text = "are" if text == "be" else text
    return Added(text, (verb,))
