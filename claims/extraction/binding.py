"""Which subject governs a pronoun: the one its own grammar points to, before any weighing of candidates."""

from claims.extraction.mentions import PRONOUNS, THIRD_PERSON
from claims.extraction.pieces import subject_of
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set


def verbs_above(word: Word) -> list[Word]:
    """The verbs of the clauses around the word, nearest first."""
    return [a for a in word.ancestors() if a.tag.startswith("VB") or a.tag == "MD"]


def effective_subject(verb: Word) -> Word | None:
    """The verb's subject, or the one it shares: of the verb it is coordinated with or depends on as a
    bare verb."""
    seen = 0
    while seen < 8:
        subject = subject_of(verb)
        if subject is not None and subject.tag in ("WDT", "WP"):
            return verb.head if verb.dep == "relcl" else None
        if subject is not None:
            return None if subject.dep == "expl" else subject
        if verb.dep == "acl":
            return verb.head
        if verb.dep not in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux", "auxpass", "prep"):
            return None
        above = next((a for a in verb.ancestors() if a.tag.startswith("VB")), None)
        if above is None:
            return None
        verb, seen = above, seen + 1
    return None


def governing_subjects(pronoun: Word) -> list[Word]:
    """Subjects that the pronoun may repeat, nearest clause first.

    "His" looks to the subject of its own clause; "he" and "him" look to the clause above, or to the one
    before "and".
    """
    verbs = verbs_above(pronoun)
    own = pronoun.tag == "PRP$" or pronoun.lower.endswith(("self", "selves"))
    found: list[Word] = []
    for at, verb in enumerate(verbs):
        if at == 0 and not own and not _second_of_two(pronoun, verb):
            continue
        subject = _first_of_two(verb) if at == 0 and not own else effective_subject(verb)
        if subject is None or subject in found or is_empty(subject) or pronoun in subject.subtree():
            continue
        if not own and at > 0 and subject is effective_subject(verbs[0]):
            continue
        found.append(subject)
    return found


def points_ahead(pronoun: Word) -> bool:
    """ "As he left, Roe said …": the subject it may mean is still to come."""
    if PRONOUNS[pronoun.lower] not in THIRD_PERSON:
        return False
    return any(s.i > pronoun.i for s in governing_subjects(pronoun)[:1])


def _second_of_two(pronoun: Word, verb: Word) -> bool:
    """ "Roe sang and he danced": the pronoun is the subject of the second verb."""
    return verb.dep == "conj" and pronoun.head is verb and pronoun.dep in ("nsubj", "nsubjpass")


def _first_of_two(verb: Word) -> Word | None:
    first = verb.head
    return effective_subject(first) if first.tag.startswith("VB") else None


# What can be said of "it" when a clause follows or is left out: "it is clear (that) …".
_OF_NOTHING = word_set(
    "clear unclear likely unlikely possible impossible true false known unknown obvious evident certain"
    " uncertain necessary important hard easy difficult common rare time up"
)


def is_empty(word: Word) -> bool:
    """An "it" that stands for nothing: "it is clear that …", "it takes time to …"."""
    if word.lower != "it":
        return False
    verb = word.head
    if word.dep == "expl" or (verb.tag == "JJ" and any(c.dep in ("ccomp", "xcomp") for c in verb.children)):
        return True  # "made it clear that …"
    if verb.lemma in ("rain", "snow", "seem", "appear", "turn", "take", "happen") and word.dep == "nsubj":
        return any(c.dep in ("ccomp", "xcomp", "advcl") for c in verb.children)
    if verb.dep == "auxpass" or verb.all("auxpass"):
        return word.dep == "nsubjpass" and any(c.dep == "ccomp" for c in verb.children)
    complements = verb.all("acomp", "attr", "oprd")
    if any(c.lower in _OF_NOTHING for c in complements):
        return True
    clauses = ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl")
    opened = any(c.dep in clauses for v in (verb, *complements) for c in v.children)
    return verb.lemma in ("be", "become", "make", "find", "remain") and bool(complements) and opened
