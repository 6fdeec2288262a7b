"""What the check-worthiness model looks at: the tokens of parsed sentences, and hashed patterns of them.

Everything is computed for a batch at once on spaCy's own 64-bit string hashes, the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from spacy import attrs, symbols

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LONGEST: Final = 120  # tokens of a sentence that are looked at
BUCKET_BITS: Final = 18
_COLUMNS: Final = (
    attrs.LOWER, attrs.LEMMA, attrs.TAG, attrs.POS, attrs.DEP, attrs.ENT_TYPE, attrs.ENT_IOB, attrs.HEAD,
    attrs.SHAPE, attrs.LIKE_NUM, attrs.IS_ALPHA, attrs.IS_TITLE, attrs.IS_UPPER,
)  # fmt: skip
# Words kept as they are in patterns of grammar; of other parts of speech only the tag or entity is kept.
_FUNCTION_POS: Final = np.array(
    [
        symbols.PRON, symbols.AUX, symbols.DET, symbols.ADP, symbols.SCONJ, symbols.CCONJ, symbols.PART,
        symbols.ADV, symbols.PUNCT, symbols.INTJ,
    ],
    dtype=np.uint64,
)  # fmt: skip
_SUBJECTS: Final = np.array([symbols.nsubj, symbols.nsubjpass], dtype=np.uint64)
_COMPLEMENTS: Final = np.array([symbols.dobj, symbols.attr, symbols.acomp], dtype=np.uint64)
_OPENS: Final = 3  # spaCy's ENT_IOB of an entity's first token
_MULTIPLIER: Final = np.array([0x9E3779B97F4A7C15], dtype=np.uint64)
_SHIFT: Final = np.array([29], dtype=np.uint64)
_EDGE: Final = np.array([0x51ED27], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch in one row; token i stands in sentence `sentence[i]` (ascending) of `size`.

    `head` is the row of the token's head. `first` and `last` tell a sentence's edges.
    """

    size: int
    sentence: Places
    head: Places
    first: Flags
    last: Flags
    word: Hashes
    lemma: Hashes
    tag: Hashes
    pos: Hashes
    dep: Hashes
    entity: Hashes
    opens_entity: Flags
    function: Flags
    number: Flags
    title: Flags
    upper: Flags


@dataclass(frozen=True, slots=True)
class Features:
    """Sparse rows: the sentence, bucket and value of each entry."""

    sentence: Places
    bucket: Places
    value: Floats


def read_tokens(sentences: Sequence[Any]) -> Tokens:
    """The tokens of spaCy Docs or Spans; beyond LONGEST tokens a sentence is cut."""
    rows = [np.asarray(s.to_array(list(_COLUMNS))).reshape(-1, len(_COLUMNS))[:LONGEST] for s in sentences]
    lengths = np.array([len(r) for r in rows], dtype=np.int64)
    table = np.concatenate(rows).astype(np.uint64, copy=False)
    sentence = np.repeat(np.arange(len(rows)), lengths)
    word, lemma, tag, pos, dep, entity, iob, head, shape, like_num, alpha, title, upper = table.T
    ends = np.cumsum(lengths)
    at = np.arange(len(table))
    first, last = at == (ends - lengths)[sentence], at == ends[sentence] - 1
    number = (like_num == 1) & (alpha == 0)
    place = np.clip(at + head.astype(np.int64), (ends - lengths)[sentence], ends[sentence] - 1)
    return Tokens(
        size=len(rows), sentence=sentence, head=place, first=first, last=last,
        word=np.where(number, shape, word), lemma=np.where(number, shape, lemma), tag=tag, pos=pos, dep=dep,
        entity=entity, opens_entity=iob == _OPENS, function=np.isin(pos, _FUNCTION_POS), number=number,
        title=title == 1, upper=upper == 1,
    )  # fmt: skip


def features(tokens: Tokens) -> Features:
    """Hashed patterns in six blocks; each sentence's row of a block has length 1."""
    t = tokens
    grammar = np.where(t.entity != 0, t.entity, t.tag)
    mixed = np.where((t.entity == 0) & t.function, t.word, grammar)
    root = t.head == np.arange(len(t.head))
    under_root = root[t.head] & ~root
    blocks = [
        [_plain(t, 1, t.word), *_ngrams(t, 2, t.word, (2,))],
        [_plain(t, 3, t.lemma), *_ngrams(t, 4, t.lemma, (2,))],
        [_plain(t, 5, grammar), *_ngrams(t, 6, grammar, (2, 3))],
        _ngrams(t, 8, mixed, (2, 3, 4)),
        [
            _plain(t, 12, t.dep, t.lemma),
            _plain(t, 13, t.dep, t.lemma[t.head], t.lemma),
            _plain(t, 14, t.dep, t.tag[t.head], grammar),
            _plain(t, 15, t.lemma, where=root),
            _plain(t, 16, t.tag, where=root),
            _plain(t, 17, t.dep, t.lemma, where=under_root),
            _plain(t, 18, t.tag[t.head], t.dep, grammar, where=under_root),
        ],
        [_counts(t), _plain(t, 22, t.word, where=t.first), _plain(t, 23, t.word, where=t.last), _tenses(t)],
    ]
    parts = [_unit_rows(t.size, block) for block in blocks]
    return Features(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def roles(tokens: Tokens) -> list[Flags]:
    """Which tokens stand in each part of a sentence whose words are pooled apart."""
    t = tokens
    return [
        t.head == np.arange(len(t.head)),
        np.isin(t.dep, _SUBJECTS),
        np.isin(t.dep, _COMPLEMENTS),
        t.dep == np.uint64(symbols.pobj),
        t.pos == np.uint64(symbols.VERB),
        np.isin(t.pos, np.array([symbols.NOUN, symbols.PROPN], dtype=np.uint64)),
        np.isin(t.pos, np.array([symbols.ADJ, symbols.ADV], dtype=np.uint64)),
        t.function,
    ]


_Keys = tuple[Places, Hashes]


def _mix(salt: int, *columns: Hashes) -> Hashes:
    mixed = np.full(len(columns[0]), salt, dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return mixed


def _plain(t: Tokens, salt: int, *columns: Hashes, where: Flags | None = None) -> _Keys:
    keys = _mix(salt, *columns)
    return (t.sentence, keys) if where is None else (t.sentence[where], keys[where])


def _ngrams(t: Tokens, salt: int, column: Hashes, sizes: tuple[int, ...]) -> list[_Keys]:
    """Patterns of n neighbours, sentence edges included as a neighbour."""
    opening = np.flatnonzero(t.first)
    row = np.insert(column, opening, _EDGE[0])
    owner = np.insert(t.sentence, opening, t.sentence[opening])
    out: list[_Keys] = []
    for n in sizes:
        count = max(0, len(row) - n + 1)
        columns = [row[i : i + count] for i in range(n)]
        whole = owner[:count] == owner[n - 1 : n - 1 + count]
        out.append((owner[:count][whole], _mix(salt + n - 2, *columns)[whole]))
    return out


def _counts(t: Tokens) -> _Keys:
    """Steps reached by a sentence's length (a step is a factor of 1.41), its entities and its numbers."""
    length = np.bincount(t.sentence, minlength=t.size)
    steps = [
        (np.floor(2 * np.log2(np.maximum(length, 1))).astype(np.int64) + 1) * (length > 0),
        np.minimum(np.bincount(t.sentence, t.opens_entity, minlength=t.size).astype(np.int64), 6),
        np.minimum(np.bincount(t.sentence, t.number, minlength=t.size).astype(np.int64), 5),
    ]
    owners, keys = [], []
    for kind, step in enumerate(steps):
        owner = np.repeat(np.arange(t.size), step)
        level = np.arange(len(owner)) - np.repeat(np.cumsum(step) - step, step)
        owners.append(owner)
        keys.append(_mix(19 + kind, level.astype(np.uint64)))
    return np.concatenate(owners), np.concatenate(keys)


def _tenses(t: Tokens) -> _Keys:
    """Which auxiliaries and tags meet at the head of the sentence: the tense and mood of its main verb."""
    root = t.head == np.arange(len(t.head))
    where = root[t.head] & t.function
    return _plain(t, 24, t.tag, t.tag[t.head], t.word, where=where)


def _unit_rows(size: int, block: list[_Keys]) -> tuple[Places, Places, Floats]:
    bits = np.array([64 - BUCKET_BITS], dtype=np.uint64)
    owner = np.concatenate([o for o, _ in block])
    bucket = (np.concatenate([k for _, k in block]) >> bits).astype(np.int64)
    both = np.unique((owner << BUCKET_BITS) | bucket)
    owner, bucket = both >> BUCKET_BITS, both & ((1 << BUCKET_BITS) - 1)
    lengths = np.sqrt(np.maximum(np.bincount(owner, minlength=size), 1))
    return owner, bucket, (1 / lengths[owner]).astype(np.float32)
