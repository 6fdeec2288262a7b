"""Words met before: what the model's steps after the parse make of them is worked out once."""

from typing import Any, Final

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

NAME: Final = "word_memory"
_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"
MOST_KEPT: Final = 50_000  # the words that come again and again are met early

_Row = tuple[int, ...]


class WordMemory:
    """Gives each token the tag, dependency and lemma that the model's attribute ruler and lemmatizer give it.
    Parts of speech and morphology, which nobody here reads, are left out.

    Most rules of the ruler look at one token: at its text, tag and dependency. What they and the lemmatizer
    make of these is kept; where a rule of several tokens matches, both read the whole text.
    """

    def __init__(self, nlp: Any) -> None:
        self._vocab: Any = nlp.vocab
        self._steps: list[Any] = [nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)]
        self._several = Matcher(nlp.vocab)
        for i, rule in enumerate(self._steps[0].patterns):
            patterns = [p for p in rule["patterns"] if len(p) > 1]
            if patterns:
                self._several.add(str(i), patterns)
        forms = self._steps[1].lookups.get_table("lemma_index")
        for kind in list(forms):
            forms[kind] = frozenset(forms[kind])  # a list of up to 58,000, searched to its end for a new word
        self._kept: dict[_Row, _Row] = {}

    def __call__(self, doc: Any) -> Any:
        if self._several(doc, allow_missing=True):
            return self._worked_out(doc)
        rows = _rows(doc, ORTH, TAG, DEP)
        found = [self._kept.get(row) for row in rows]
        if None in found:
            learnt = self._learn(list({row for row in rows if row not in self._kept}))
            found = [row or learnt[key] for row, key in zip(found, rows, strict=True)]
        doc.from_array([TAG, DEP, LEMMA], np.array(found, dtype=np.uint64))
        return doc

    def _learn(self, keys: list[_Row]) -> dict[_Row, _Row]:
        doc: Any = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, *_ in keys])
        doc.from_array([TAG, DEP], np.array([told for _, *told in keys], dtype=np.uint64))
        # A rule may match words that do not stand together in the text.
        if len(keys) > 1 and self._several(doc, allow_missing=True):
            half = len(keys) // 2
            return self._learn(keys[:half]) | self._learn(keys[half:])
        learnt = dict(zip(keys, _rows(self._worked_out(doc), TAG, DEP, LEMMA), strict=True))
        # In a memory zone the vocabulary forgets at the end what a new number stands for.
        if len(self._kept) < MOST_KEPT and not self._vocab.in_memory_zone:
            self._kept.update(learnt)
        return learnt

    def _worked_out(self, doc: Any) -> Any:
        for step in self._steps:
            doc = step(doc)
        return doc


def _rows(doc: Any, *attributes: int) -> list[_Row]:
    return [tuple(row) for row in doc.to_array(list(attributes)).tolist()]


@Language.factory(NAME)
def _word_memory(nlp: Language, name: str) -> WordMemory:
    return WordMemory(nlp)


def remembering(nlp: Language) -> Language:
    """The pipeline with a memory of words in place of its attribute ruler and lemmatizer."""
    nlp.add_pipe(NAME, before=_RULER)
    nlp.remove_pipe(_RULER)
    nlp.remove_pipe(_LEMMATIZER)
    return nlp
