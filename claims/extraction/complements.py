"""What a verb of saying, thinking or judging has for its content, by the shape of its complements."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from claims.extraction import cues
from claims.extraction.cuts import relative_word
from claims.extraction.edges import has_comma_before
from claims.extraction.pieces import is_finite, subject_of
from claims.extraction.speech import SAYING
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

Words = tuple[Word, ...]
Shape = Literal[
    "medial",
    "seeming",
    "passive",
    "clause",
    "naming",
    "addressing",
    "infinitive",
    "about",
    "object",
    "unparsed",
]

_EDGES: Final = word_set(", . ; : — – -- - … ! ?")
_DASHES: Final = word_set("- — – --")
_OPENING: Final = word_set("\" “ `` ''")
_CLOSING: Final = word_set("\" ” ''")
# "Is intended to": of a thing, no longer of what somebody has in mind.
_NOBODY: Final = word_set("intend suppose mean allow")


def lemma_of(verb: Word) -> str:
    """The lemma, where the lemmatizer takes "hoping" for "hopping"."""
    return "hope" if verb.lower in ("hopes", "hoping", "hoped") else verb.lemma


def in_order(words: Iterable[Word]) -> Words:
    """In text order, without marks at either end."""
    kept = sorted(words, key=lambda w: w.i)
    while kept and kept[-1].text in _EDGES:
        kept.pop()
    while kept and kept[0].text in _EDGES:
        kept.pop(0)
    return tuple(kept)


def below(parts: Iterable[Word]) -> Words:
    """All words under these."""
    return in_order({w for p in parts for w in p.subtree()})


def without(noun: Word, part: Word) -> Words:
    """The phrase around `noun` but for what is under `part`."""
    gone = set(part.subtree())
    return in_order(w for w in noun.subtree() if w not in gone)


def is_passive(verb: Word) -> bool:
    """Whether the subject is what is done to."""
    if verb.tag != "VBN" or verb.child("auxpass", "agent") is not None:
        return verb.tag == "VBN"
    # "Roe, the mayor, tweeted": a tensed verb that the parser hung on its subject.
    lost = verb.lemma in SAYING and has_comma_before(verb) and verb.head.head is verb.head
    return verb.dep == "acl" and subject_of(verb) is None and not lost


def complement_of(verb: Word) -> tuple[Words, Shape | None]:
    """The content of the verb in its own unit, and the rule that found it; () where it has none there."""
    for shape, rule in _RULES.items():
        content = rule(verb)
        if content:
            return content, shape
    return (), None


def _after(verb: Word, *deps: str) -> list[Word]:
    return [c for c in verb.children if c.dep in deps and c.i > verb.i]


def _medial(verb: Word) -> Words:
    """ "The dam, she said, will hold": what stands on both sides of the frame."""
    subject = subject_of(verb)
    if verb.lemma not in SAYING or subject is None or subject.i > verb.i:
        return ()
    whole = _words_around(verb)
    at = {w.i: n for n, w in enumerate(whole)}
    first = at[subject.subtree()[0].i]
    after = next((w for w in whole[at[verb.i] + 1 :] if w.tag not in ("RB", "RBR", "NNP")), None)
    if first < 2 or after is None or (after.text != "," and after.text not in _DASHES):
        return ()
    before = whole[first - 1].text
    if before != "," and before not in _CLOSING and before not in _DASHES:
        return ()
    frame = set(whole[first : at[after.i]])
    return in_order(w for w in whole if w not in frame)


def _words_around(word: Word) -> list[Word]:
    root = word
    for above in word.ancestors():
        root = above
    return root.subtree()


def _seeming(verb: Word) -> Words:
    if verb.lemma not in cues.SEEMING:
        return ()
    parts = _after(verb, "xcomp", "ccomp", "oprd", "acomp", "advcl")
    subject = subject_of(verb)
    if parts and subject is not None and subject.dep != "expl":
        parts = [subject, *parts]
    return below(parts)


def _passive(verb: Word) -> Words:
    lemma = lemma_of(verb)
    if not is_passive(verb) or lemma in _NOBODY:
        return ()
    clause = _after(verb, "ccomp")
    if clause and lemma in cues.CLAUSAL:
        return below(clause[:1])
    about = _about(verb)
    if about and lemma in cues.ADDRESSING:
        return about
    return _passive_subject(verb, lemma)


def _passive_subject(verb: Word, lemma: str) -> Words:
    """ "The firm was accused of fraud": content is what the subject is said to be or to do."""
    subject = subject_of(verb)
    if subject is None:
        predicates = _predicates(verb) if verb.dep == "acl" and lemma in cues.NAMING else []
        return in_order({*without(verb.head, verb), *below(predicates)}) if predicates else ()
    to = _after(verb, "xcomp")
    if to and (lemma in cues.CLAUSAL or lemma in cues.NAMING):
        return below([subject, *to])
    if lemma in cues.NAMING:
        return below([subject, *_predicates(verb)])
    if lemma in cues.JUDGING:
        return below([subject, *(p for p in _predicates(verb) if p.lower in ("for", "over", "as"))])
    return ()


def _predicates(verb: Word) -> list[Word]:
    prepositions = ("as", "for", "of", "to", "with", "over")
    return [c for c in _after(verb, "oprd", "prep") if c.dep == "oprd" or c.lower in prepositions]


def _clause(verb: Word) -> Words:
    if lemma_of(verb) not in cues.CLAUSAL and verb.lemma not in cues.ADDRESSING:
        return ()
    clauses = [c for c in verb.all("ccomp") if is_finite(c) or subject_of(c) is not None or _asks(c)]
    return below(clauses[:1])


def _asks(clause: Word) -> bool:
    return any(w.tag in ("WP", "WRB", "WDT") for w in clause.children)


def _naming(verb: Word) -> Words:
    if verb.lemma not in cues.NAMING:
        return ()
    objects = _after(verb, "dobj", "ccomp", "nsubj", "xcomp")
    predicates = _predicates(verb)
    if verb.lemma in cues.NAMING_ONLY_AS:
        predicates = [p for p in predicates if p.dep == "oprd" or p.lower == "as"]
        if not predicates:
            return ()
    gap = _antecedent(verb) if predicates and not objects else ()
    if not objects and not gap:
        return ()
    return in_order({*gap, *below([*objects, *predicates])})


def _antecedent(verb: Word) -> Words:
    """ "The treaty Roe calls a gift": the noun before, or the pronoun where there is one."""
    if verb.dep != "relcl":
        return tuple(c for c in verb.all("dobj", "attr") if c.tag == "WP" and c.i < verb.i)
    pronoun = relative_word(verb)
    if pronoun is None:
        return without(verb.head, verb)
    return (pronoun,) if pronoun.dep in ("dobj", "nsubj") and subject_of(verb) is not pronoun else ()


def _addressing(verb: Word) -> Words:
    """The hearer is the subject of what is asked, and so part of it."""
    if verb.lemma not in cues.ADDRESSING:
        return ()
    asked = _after(verb, "xcomp", "ccomp")
    upon = [p.child("pobj") for p in _after(verb, "prep") if p.lower in ("on", "upon", "for", "to")]
    hearers = [*_after(verb, "dobj", "dative"), *(noun for noun in upon if noun is not None)]
    return below([*hearers, *asked]) if asked else ()


def _infinitive(verb: Word) -> Words:
    if lemma_of(verb) not in cues.WANTING:
        return ()
    wanted = _after(verb, "xcomp", "ccomp")
    gap = _antecedent(verb) if wanted else ()
    return in_order({*gap, *below(wanted)})


def _about(verb: Word) -> Words:
    for preposition in _after(verb, "prep", "prt"):
        if lemma_of(verb) in cues.PREPOSITIONS.get(preposition.lower, ()):
            parts = preposition.all("pobj", "pcomp", "prep")
            if parts:
                return below([*parts, *(p for p in _predicates(verb) if p.lower == "as")])
    return ()


def _object(verb: Word) -> Words:
    if lemma_of(verb) not in cues.JUDGING:
        return ()
    objects = _after(verb, "dobj")
    if not objects:
        return _antecedent(verb)
    return below([*objects, *(p for p in _after(verb, "prep") if p.i > objects[0].i and not _is_time(p))])


def _is_time(preposition: Word) -> bool:
    noun = preposition.child("pobj")
    return noun is None or noun.entity in ("DATE", "TIME")


def _unparsed(verb: Word) -> Words:
    """What follows "that" or stands in quotation marks, where the parser made no clause of it."""
    if verb.lemma not in SAYING:
        return ()
    whole = _words_around(verb)
    after = [w for w in whole if w.i > verb.i]
    that = next((w for w in after if w.lower == "that" or w.tag.startswith("VB")), None)
    if that is not None and that.tag == "IN":
        return in_order(w for w in after if w.i >= that.i)
    opening = next((n for n, w in enumerate(after[:-1]) if w.text in _OPENING), None)
    if opening is not None and all(w.dep in _HEARING for w in after[:opening]):
        closing = next((n for n, w in enumerate(after) if n > opening and w.text in _CLOSING), len(after))
        return in_order(after[0 if verb.lemma in cues.NAMING else opening : closing + 1])
    subject = subject_of(verb)
    start = min(verb.i, subject.subtree()[0].i) if subject is not None else verb.i
    before = [w for w in whole if w.i < start]
    ended = len(before) > 1 and before[-1].text in _CLOSING and any(w.text in ",?!." for w in before[-2:])
    return in_order(before) if ended else ()


_HEARING: Final = word_set("advmod dobj det punct compound dative")
_RULES: Final[Mapping[Shape, Callable[[Word], Words]]] = {
    "medial": _medial,
    "seeming": _seeming,
    "passive": _passive,
    "clause": _clause,
    "naming": _naming,
    "addressing": _addressing,
    "infinitive": _infinitive,
    "about": _about,
    "object": _object,
    "unparsed": _unparsed,
}
