"""Step 4: the parse of a unit as plain values, so that the later steps are quick and testable without a
model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Protocol

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLACE = attrgetter("i")


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """A word of the parse; `start` and `end` are offsets into the article. Not changed once the tree is
    built."""

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    entity: str
    start: int
    end: int
    space: str
    head: "Word" = field(init=False)
    children: list["Word"] = field(init=False, default_factory=list)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    def child(self, *deps: str) -> "Word | None":
        """The first child with one of these relations."""
        for child in self.children:
            if child.dep in deps:
                return child
        return None

    def all(self, *deps: str) -> list["Word"]:
        """All children with one of these relations."""
        return [c for c in self.children if c.dep in deps]

    def subtree(self) -> list["Word"]:
        """This word and all below it, in text order."""
        found, stack = [], [self]
        while stack:
            word = stack.pop()
            found.append(word)
            stack.extend(word.children)
        found.sort(key=_PLACE)
        return found

    def ancestors(self) -> Iterator["Word"]:
        """The heads above this word, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of one unit and the heads of its clauses (a unit may hold more than one root)."""

    words: tuple[Word, ...]
    start: int
    end: int

    @property
    def roots(self) -> tuple[Word, ...]:
        """The heads of its clauses that nothing stands above."""
        return tuple(w for w in self.words if w.head is w)


class ParsedToken(Protocol):
    """What is read from a parser's token."""

    i: int
    text: str
    lower_: str
    lemma_: str
    tag_: str
    dep_: str
    ent_type_: str
    idx: int
    whitespace_: str

    @property
    def head(self) -> "ParsedToken": ...


def build_tree(tokens: Sequence[ParsedToken], start: int, end: int) -> Tree:
    """Tokens (offsets within the unit) as a tree of words with offsets into the article, starting at
    `start`."""
    tokens = list(tokens)  # a parser makes them anew each time it is asked
    words = tuple(
        Word(
            t.i, t.text, t.lower_, t.lemma_.lower(), t.tag_, t.dep_, t.ent_type_,
            start + t.idx, start + t.idx + len(t.text), t.whitespace_,
        )
        for t in tokens
    )  # fmt: skip
    for word, token in zip(words, tokens, strict=True):
        word.head = words[token.head.i]
        if word.head is not word:
            word.head.children.append(word)
    return Tree(words, start, end)
