"""How likely a sentence is a check-worthy factual claim: learned weights over the parse already made.

Two readers of the same parse share the work: a linear model over hashed patterns of words, grammar and
dependencies, and one small convolution over word vectors and grammar. Their log odds are added and
calibrated. data/MODEL_CARD.md tells what they learned from and how well they do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from claims.extraction.language import parse
from claims.extraction.worth_features import (
    Features,
    Flags,
    Floats,
    Hashes,
    Places,
    Tokens,
    features,
    read_tokens,
    roles,
)

WEIGHTS: Final = Path(__file__).parent / "data" / "worth.npz"
BATCH: Final = 256  # sentences scored together
# Calibrated by cross-validation in ClaimBuster's train half: the highest F1 of check-worthy claims, and the
# highest threshold that still finds 95 % of the factual statements.
LEAST_WORTH: Final = 0.32
LEAST_FACTUAL: Final = 0.126
DENSE: Final = (
    "linear_offset", "pooled", "window", "window_offset", "head", "head_offset", "calibration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word vectors, the last row for unknown words; the tags, dependencies and entity types with a column."""

    words: Hashes
    vectors: Floats
    any_number: int
    tags: Hashes
    deps: Hashes
    entities: Hashes


@dataclass(frozen=True, slots=True)
class Model:
    """Every output has two columns of log odds: check-worthy, and factual (whether or not worth checking)."""

    vocabulary: Vocabulary
    linear: Floats  # buckets × 2
    linear_offset: Floats  # 2
    pooled: Floats  # (11 pools × vector length) × 2
    window: Floats  # 3 × inputs × filters: for the token before, the token, the one after
    window_offset: Floats  # filters
    head: Floats  # (2 × filters) × 3 classes: check-worthy, not factual, factual but unimportant
    head_offset: Floats  # 3
    calibration: Floats  # 3 × 2: weights of linear and network log odds, and an offset


@dataclass(frozen=True, slots=True)
class Worthiness:
    """Calibrated probabilities: a check-worthy factual claim; a factual statement, important or not."""

    worth: float
    factual: float


def score(sentences: Sequence[Any]) -> list[float]:
    """For each spaCy Doc or Span the probability (0 to 1) that it is a check-worthy factual claim."""
    return [both.worth for both in judge(sentences)]


def score_texts(texts: Sequence[str]) -> list[float]:
    """The same for bare sentences, parsed here."""
    return score(list(parse(texts)))


def judge(sentences: Sequence[Any]) -> list[Worthiness]:
    """Both probabilities for each spaCy Doc or Span, in their order."""
    return list(_judged(sentences, load()))


def _judged(sentences: Sequence[Any], model: Model) -> Iterator[Worthiness]:
    for start in range(0, len(sentences), BATCH):
        tokens = read_tokens(sentences[start : start + BATCH])
        odds = combine(linear_odds(tokens, model), network_odds(tokens, model), model.calibration)
        for worth, factual in 1 / (1 + np.exp(-odds)):
            yield Worthiness(float(worth), float(max(worth, factual)))


def combine(linear: Floats, network: Floats, calibration: Floats) -> Floats:
    """Calibrated log odds, sentences × 2."""
    return np.asarray(calibration[0] * linear + calibration[1] * network + calibration[2], dtype=np.float32)


def linear_odds(tokens: Tokens, model: Model) -> Floats:
    """Log odds by the linear model, sentences × 2."""
    sparse = _sparse_product(features(tokens), tokens.size, model.linear)
    dense = pooled_vectors(tokens, model.vocabulary) @ model.pooled
    return np.asarray(sparse + dense + model.linear_offset, dtype=np.float32)


def _sparse_product(rows: Features, size: int, weights: Floats) -> Floats:
    products = weights[rows.bucket] * rows.value[:, None]
    columns = [np.bincount(rows.sentence, products[:, k], minlength=size) for k in range(weights.shape[1])]
    return np.stack(columns, axis=1).astype(np.float32)


def pooled_vectors(tokens: Tokens, vocabulary: Vocabulary) -> Floats:
    """Mean, maximum and minimum of the words' vectors, then their scaled sum over each role, side by side."""
    vectors = vocabulary.vectors[word_rows(tokens, vocabulary)]
    everywhere = np.ones(len(vectors), dtype=np.bool_)
    pools = [
        _pool(np.add, vectors, tokens, everywhere, 1.0),
        _pool(np.maximum, vectors, tokens, everywhere, 0.0),
        _pool(np.minimum, vectors, tokens, everywhere, 0.0),
        *(_pool(np.add, vectors, tokens, role, 0.5) for role in roles(tokens)),
    ]
    return np.concatenate(pools, axis=1)


def _pool(how: np.ufunc, vectors: Floats, tokens: Tokens, where: Flags, power: float) -> Floats:
    """One row a sentence, of its tokens `where`, over their number to the `power`; else zeros."""
    out = np.zeros((tokens.size, vectors.shape[1]), dtype=np.float32)
    present, starts, counts = np.unique(tokens.sentence[where], return_index=True, return_counts=True)
    if len(present):
        out[present] = how.reduceat(vectors[where], starts) / (counts[:, None] ** power)
    return out


def word_rows(tokens: Tokens, vocabulary: Vocabulary) -> Places:
    """The row of each token's vector: by its word, else its lemma, else the unknown word's."""
    unknown = len(vocabulary.words)
    rows = _places(tokens.word, vocabulary.words)
    rows = np.where(rows == unknown, _places(tokens.lemma, vocabulary.words), rows)
    return np.where(tokens.number, vocabulary.any_number, rows)


def _places(wanted: Hashes, known: Hashes) -> Places:
    """Where each wanted hash stands in the sorted `known`; len(known) where it does not."""
    place = np.searchsorted(known, wanted)
    found = known[np.minimum(place, len(known) - 1)] == wanted
    return np.where(found, place, len(known))


def network_inputs(tokens: Tokens, vocabulary: Vocabulary) -> Floats:
    """One row a token: its vector, one-hot tag, dependency and entity type, and four flags."""
    rows = word_rows(tokens, vocabulary)
    flags = np.stack([tokens.number, tokens.title, tokens.upper, rows == len(vocabulary.words)], axis=1)
    parts = [
        vocabulary.vectors[rows],
        _one_hot(tokens.tag, vocabulary.tags),
        _one_hot(tokens.dep, vocabulary.deps),
        _one_hot(tokens.entity, vocabulary.entities),
        flags.astype(np.float32),
    ]
    return np.concatenate(parts, axis=1)


def _one_hot(values: Hashes, known: Hashes) -> Floats:
    return np.asarray(values[:, None] == known[None, :], dtype=np.float32)


def network_odds(tokens: Tokens, model: Model) -> Floats:
    """Log odds by the convolution, sentences × 2."""
    inputs = network_inputs(tokens, model.vocabulary)
    before, here, after = (inputs @ model.window[k] for k in range(3))
    here[1:] += np.where(tokens.first[1:, None], 0, before[:-1])
    here[:-1] += np.where(tokens.last[:-1, None], 0, after[1:])
    active = np.maximum(here + model.window_offset, 0)
    everywhere = np.ones(len(active), dtype=np.bool_)
    pooled = np.concatenate(
        [_pool(np.maximum, active, tokens, everywhere, 0.0), _pool(np.add, active, tokens, everywhere, 0.5)],
        axis=1,
    )
    logits = pooled @ model.head + model.head_offset
    worth, other, minor = logits.T
    return np.stack([worth - np.logaddexp(other, minor), np.logaddexp(worth, minor) - other], axis=1)


@cache
def load(path: Path = WEIGHTS) -> Model:
    """The shipped weights, read once."""
    with np.load(path, allow_pickle=False) as stored:
        found = {name: stored[name] for name in stored.files}
    vocabulary = Vocabulary(
        words=found["words"],
        vectors=found["vectors"].astype(np.float32) * found["vectors_scale"],
        any_number=int(found["any_number"]),
        tags=found["tags"],
        deps=found["deps"],
        entities=found["entities"],
    )
    return Model(
        vocabulary=vocabulary,
        linear=found["linear"].astype(np.float32) * found["linear_scale"],
        **{name: found[name].astype(np.float32) for name in DENSE},
    )
