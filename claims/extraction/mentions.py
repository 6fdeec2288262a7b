"""Where a parse mentions something: names, phrases with a common noun, and pronouns, in text order."""

from dataclasses import dataclass
from typing import Literal

from claims.extraction.ledger import Role
from claims.extraction.lexicon import MONTHS, PERSON_NOUNS, WEEKDAYS
from claims.extraction.tree import Tree, Word
from claims.extraction.wordset import word_set

MentionKind = Literal["name", "modifier", "phrase", "pronoun", "pair", "pointer"]

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "plural", "them": "plural", "their": "plural", "theirs": "plural", "themselves": "plural",
    "i": "speaker", "me": "speaker", "my": "speaker", "myself": "speaker",
    "we": "speakers", "us": "speakers", "our": "speakers", "ourselves": "speakers",
    "you": "hearer", "your": "hearer",
}  # fmt: skip
THIRD_PERSON = ("male", "female", "thing", "plural")
_NO_NAMES = frozenset(MONTHS) | frozenset(WEEKDAYS)
_EMPTY_HEADS = word_set(
    "thing way lot part kind number time year month week day hour minute percent % fact case while moment"
    " today yesterday tomorrow night morning evening weekend ago other one dollar"
)
POINTERS = word_set("this that these those")
# As a subject alone: a part of what was named before.
_SHARES = word_set("none some most many half few several rest others another")
_ALONE = word_set("nsubj nsubjpass dobj pobj attr conj")
_INSIDE_NAMES = word_set("of the & for and -")


@dataclass(frozen=True, slots=True)
class Spotted:
    """Words of one parse that mention something; `head` is their head."""

    kind: MentionKind
    words: tuple[Word, ...]
    head: Word


def spot_mentions(tree: Tree) -> tuple[Spotted, ...]:
    """All mentions of the unit in text order."""
    found: list[Spotted] = []
    taken = -1
    for word in tree.words:
        if word.lower in PRONOUNS and word.tag in ("PRP", "PRP$"):
            found.append(Spotted("pronoun", (word,), word))
        elif word.tag in ("NNP", "NNPS") and word.i > taken:
            name = _name_from(tree, word)
            taken = name[-1].i
            head = next((w for w in name if w.head not in name or w.head is w), name[-1])
            if name[-1].lower not in _NO_NAMES and name[-1].entity not in ("DATE", "TIME"):
                kind: MentionKind = "modifier" if _is_modifier(name[-1]) else "name"
                found.append(Spotted(kind, tuple(name), head if head in name else name[-1]))
        elif _points_alone(word):
            found.append(Spotted("pointer", (word,), word))
        elif pair := _pair(tree, word):
            found.append(Spotted("pair", pair, word))
        elif _is_thing(word):
            found.append(Spotted("phrase", (word,), word))
    return tuple(found)


def _points_alone(word: Word) -> bool:
    """ "This", or "none" and "the rest" as a subject; not "none of the ships" or "many who came"."""
    if word.lower in POINTERS:
        return word.tag == "DT" and word.dep in _ALONE and not word.children
    if word.lower not in _SHARES or not is_subject(word):
        return False
    return all(c.dep in ("det", "advmod", "neg", "punct") for c in word.children)


def points_back(head: Word) -> bool:
    """ "That difference was small": a subject that means something said before."""
    determiner = head.child("det")
    pointing = determiner is not None and determiner.lower in POINTERS
    return pointing and is_subject(head) and head.child("relcl") is None


def _is_thing(word: Word) -> bool:
    """A common noun that something later may stand for: no measure, time or amount."""
    if word.tag not in ("NN", "NNS") or word.dep == "compound" or word.lemma in _EMPTY_HEADS:
        return False
    return word.entity not in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY")


def _name_from(tree: Tree, first: Word) -> list[Word]:
    """The longest name that begins here: proper nouns in a row, with "of the" inside where the recogniser
    says so."""
    name = [first]
    for word in tree.words[first.i + 1 :]:
        if _ends_office(name[-1], word):
            break
        if (
            (word.tag in ("NNP", "NNPS") and _same_label(name[-1], word))
            or (word.lower in _INSIDE_NAMES and word.entity and word.entity == name[-1].entity)
            or (
                word.entity == name[-1].entity
                and word.entity
                and word.tag in ("CD", "HYPH", "FW", "JJ", "NN")
            )
        ):
            name.append(word)
        else:
            break
    after = tree.words[name[-1].i + 1] if name[-1].i + 1 < len(tree.words) else None
    if after is not None and after.tag == "POS" and after.head is name[-1] and name[-1].dep != "poss":
        return [*name, after]  # "Alzheimer's is …"
    while len(name) > 1 and name[-1].tag not in ("NNP", "NNPS", "CD", "NN", "FW"):
        name.pop()
    return name


def _ends_office(word: Word, following: Word) -> bool:
    """ "State" in "Secretary of State Jane Roe": the office, of which the name behind is no part."""
    office = word.head.head
    names = following.head if following.dep == "compound" else following
    return word.dep == "pobj" and office.lower in PERSON_NOUNS and following.i > word.i and names is not word


def _same_label(left: Word, right: Word) -> bool:
    return right.i == left.i + 1 and (left.entity == right.entity or not left.entity or not right.entity)


def _pair(tree: Tree, word: Word) -> tuple[Word, ...]:
    """ "The two", "both", "the pair", "the two leaders", "both countries"."""
    before = tree.words[word.i - 1] if word.i else None
    if word.dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj"):
        return ()
    the_two = before is not None and before.lower == "the" and word.lower in ("two", "pair", "duo")
    if before is not None and the_two and word.child("prep") is None:
        return (before, word)
    if word.lower == "both" and not word.children:
        return (word,)
    number = next(
        (c for c in word.children if c.lower in ("two", "both") and c.dep in ("nummod", "det", "predet")),
        None,
    )
    if (
        number is None
        or word.tag != "NNS"
        or any(c.dep in ("prep", "relcl", "acl", "amod") for c in word.children)
    ):
        return ()
    if number.lower == "two" and (
        number.i == 0 or tree.words[number.i - 1].lower not in ("the", "these", "both")
    ):
        return ()
    first = tree.words[number.i - 1] if number.lower == "two" else number
    return tree.words[first.i : word.i + 1]


def _is_modifier(word: Word) -> bool:
    """ "Trump" in "the Trump administration" names no one who acts."""
    return word.dep in ("compound", "nmod", "amod") and word.head.i > word.i


def is_subject(word: Word) -> bool:
    """Whether the word heads a subject."""
    return word.dep in ("nsubj", "nsubjpass")


def role_of(head: Word) -> Role:
    """The part that a mention plays in its clause; of "A and B" both play that of A."""
    first = head
    while first.dep == "conj" and first.head is not first:
        first = first.head
    if is_subject(first):
        return "subject"
    return "object" if first.dep in ("dobj", "attr", "dative") else "other"


def verb_of(word: Word) -> Word | None:
    """The verb of the clause the word stands in."""
    return next((a for a in word.ancestors() if a.tag.startswith("VB") or a.tag == "MD"), None)
