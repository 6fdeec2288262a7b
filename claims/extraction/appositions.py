"""Which appositions state a fact: "Jane Roe, a doctor" does, "Osaka, Japan" does not."""

from typing import Literal

from claims.extraction.edges import has_comma_before
from claims.extraction.lexicon import EPITHETS, MONTHS, PERSON_NOUNS
from claims.extraction.tree import NOUN_TAGS, Word
from claims.extraction.wordset import word_set


def judge_apposition(word: Word) -> Literal["apposition", "dropped"] | None:
    """Whether what stands beside a noun says something of it, of the whole clause, or is part of a list."""
    named = word.head
    one_of = word.lower == "one" and any(c.lower == "of" for c in word.children)
    fitting = word.tag in NOUN_TAGS or one_of or is_superlative(word)
    if not has_comma_before(word) or named.tag not in NOUN_TAGS or not fitting:
        return None
    if word.lemma in _OF_CLAUSES and named.lemma not in _OF_CLAUSES and _has_a(word):
        return "dropped"  # "closed the border with Chad, a step that …": said of the whole clause
    member = word.lower in PARTISANS and word.child("prep") is not None
    if word.tag in ("NNP", "NNPS") and named.tag in ("NNP", "NNPS") and not (_has_article(word) or member):
        return None  # "Osaka, Japan"; "Jane Roe, Secretary": too often a list or a place
    if word.tag == "NNP" and named.tag == "NN" and not _has_article(named):
        return None  # "put into storage, Jane Roe, …": whose name it is, the parser did not see
    if word.lower in MONTHS or len(word.subtree()) < 2 or (word.entity in _AMOUNTS and not one_of):
        return None  # "favored Roe, 82 percent to 6 percent"
    if any(c.dep in ("advmod", "neg") and c.i < word.i and c.lower not in _STILL for c in word.children):
        return None  # "not peace, only a truce"
    listed = word.child("conj")
    if listed is not None and (not _has_a(word) or _has_a(listed)):
        return None  # a list again
    if named.dep == "attr" and _has_a(named) and _has_a(word):
        return None  # "he is a fighter, a man who …": both are said of him
    bare = named.tag in ("NN", "NNS") and not any(c.i < named.i for c in named.children)
    if bare and word.lemma not in SORTS:
        return None  # "made from scratch, a feat": said of more than the noun
    if (word.tag == "NNS") != (named.tag in ("NNS", "NNPS")) and word.tag in ("NN", "NNS") and not one_of:
        return "dropped"  # "the elections, a blow to …": said of the whole clause
    if named.dep == "appos" and has_comma_before(named):
        return None  # "the people she met, the mayor, the vicar": a list again
    if any(c.dep in ("conj", "cc") for c in named.children) or (named.dep == "conj" and not _is_whose(named)):
        return None  # a list read as an apposition
    return "apposition"


PARTISANS = word_set("republican democrat independent conservative liberal socialist labour")
_OF_CLAUSES = word_set(
    "step move claim charge accusation allegation decision sign signal shift feat blow setback reversal"
    " departure effort rarity prospect development turn assertion contention suggestion conclusion"
    " approach tactic strategy idea job task"
)
SORTS = word_set("form type kind sort variety brand species")
_STILL = ("also", "now", "currently")
_AMOUNTS = ("PERCENT", "MONEY", "CARDINAL")


def is_superlative(word: Word) -> bool:
    """ "The highest in the district"."""
    return word.tag == "JJS" and any(c.lower == "the" for c in word.children)


def _has_a(word: Word) -> bool:
    return any(c.lower in ("a", "an") for c in word.children)


def _is_whose(noun: Word) -> bool:
    """ "Roe and her rival, Jane Doe": who the rival is."""
    return any(c.tag == "PRP$" for c in noun.children) and noun.lemma in PERSON_NOUNS | EPITHETS


def _has_article(word: Word) -> bool:
    return any(c.dep in ("det", "poss") for c in word.children)
