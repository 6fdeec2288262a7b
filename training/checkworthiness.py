"""Trains the check-worthiness model and writes claims/extraction/data/worth.onnx.

    python3 -m venv training-env && training-env/bin/pip install -r requirements.lock
    training-env/bin/pip install torch==2.13.0 safetensors onnx scikit-learn
    training-env/bin/python -m training.checkworthiness train.jsonl.gz MINILM_DIR --out worth.onnx

train.jsonl.gz: one {"id", "text", "label": "CFS" | "UFS" | "NFS"} a line, ClaimBuster's own labels; learn
from its train half only and keep the rest for measuring. MINILM_DIR: model.safetensors and tokenizer.json of
all-MiniLM-L6-v2. Beside this file, our own labels: verifiable.jsonl tells of 900 sentences that ClaimBuster
calls not factual whether they state something that could be looked up.

MiniLM's first layers learn ClaimBuster's three classes, are narrowed and learn again. A second head then
learns on what the encoder has not seen to tell what could be looked up from what could not. Both are
calibrated on the sentences held out; the figures on those, the thresholds and the reliability by tenth are
printed as JSON. Ten minutes on two free cores. Seeds are fixed; a machine with other arithmetic gives weights
that differ in the last digits.
"""

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.model_selection import StratifiedKFold

from claims.extraction.wordpiece import Pieces
from training.encoder import (
    EPOCHS,
    EPOCHS_NARROW,
    WIDTH,
    Floats,
    fit,
    narrowed,
    read_out,
    read_parameters,
    read_pieces,
)
from training.graph import build

SEED: Final = 0
FOLDS: Final = 5
CLASSES: Final = ("CFS", "NFS", "UFS")
HELD_OUT: Final = 8  # every eighth
SAMPLED: Final = 8  # every eighth tells how active the inner units are
STRENGTH: Final = 1e-3  # inverse regularisation of the second head
SHORT: Final = 6  # words; shorter sentences were not read for verifiable.jsonl
HERE: Final = Path(__file__).parent


def read_rows(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def is_long(row: dict[str, Any]) -> bool:
    return len(row["text"].split()) >= SHORT


def hold_out(rows: list[dict[str, Any]]) -> Any:
    """Which sentences the encoder does not see: those of verifiable.jsonl, and of the rest every eighth but
    no long one that is not factual."""
    read = {row["id"] for row in read_rows(HERE / "verifiable.jsonl")}
    drawn = np.random.default_rng(SEED).permutation(len(rows)) % HELD_OUT == 0
    long_idle = np.array([r["label"] == "NFS" and is_long(r) for r in rows])
    return np.array([r["id"] in read for r in rows]) | (drawn & ~long_idle)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The sentences the encoder has not seen: pooled rows and logits side by side, and the two answers.

    `weight` gives each kind of sentence its share of the whole train half again.
    """

    rows: Floats
    odds: Floats
    worth: Any
    factual: Any
    weight: Floats


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("train", type=Path)
    options.add_argument("minilm", type=Path)
    options.add_argument("--out", type=Path, required=True)
    chosen = options.parse_args()
    rows = read_rows(chosen.train)
    known, kept = read_pieces(chosen.minilm)
    pieces = Pieces(known)
    texts = [pieces.numbers(row["text"]) for row in rows]
    held = hold_out(rows)
    seen = np.flatnonzero(~held)
    classes = np.array([[rows[i]["label"] == name for name in CLASSES] for i in seen], np.float32)
    parameters = read_parameters(chosen.minilm, kept, classes=len(CLASSES), seed=SEED)
    parameters = tune(parameters, [texts[i] for i in seen], classes)
    unseen = gather(parameters, rows, texts, held)
    calibration, worth = calibrate(unseen.odds, unseen.worth, unseen.weight)
    verifiable, factual = learn_verifiable(unseen)
    values = {name: value.detach().numpy() for name, value in parameters.items()}
    head = verifiable[:-1]
    folded = np.append(head[:WIDTH] + values["head.weight"].T @ head[WIDTH:], 0.0)
    folded[-1] = verifiable[-1] + values["head.bias"] @ head[WIDTH:]
    model = build(values, known, verifiable=folded, calibration=calibration)
    chosen.out.write_bytes(model.SerializeToString())
    report = {
        "worth": measure(unseen.worth, worth, unseen.weight),
        "factual": measure(unseen.factual, factual, unseen.weight),
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def tune(parameters: dict[str, Any], texts: list[list[int]], classes: Floats) -> dict[str, Any]:
    """Fine-tuned, then narrowed and fine-tuned again on the labels and what the wide encoder said."""
    for step, loss in fit(parameters, texts, classes, epochs=EPOCHS, seed=SEED):
        _tell(step, loss)
    logits = with_logits(parameters, texts)[:, WIDTH:]
    said = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    narrow = narrowed(parameters, texts[::SAMPLED])
    wanted = ((classes + said) / 2).astype(np.float32)
    for step, loss in fit(narrow, texts, wanted, epochs=EPOCHS_NARROW, seed=SEED):
        _tell(step, loss)
    return narrow


def _tell(step: int, loss: float) -> None:
    if step % 100 == 0:
        sys.stderr.write(f"step {step}: {loss:.3f}\n")


def with_logits(parameters: dict[str, Any], texts: list[list[int]]) -> Floats:
    pooled = read_out(parameters, texts)
    weight, bias = (parameters[f"head.{part}"].detach().numpy() for part in ("weight", "bias"))
    return np.concatenate([pooled, pooled @ weight.T + bias], axis=1)


def gather(
    parameters: dict[str, Any], rows: list[dict[str, Any]], texts: list[list[int]], held: Any
) -> HeldOut:
    read = {row["id"]: row["verifiable"] for row in read_rows(HERE / "verifiable.jsonl")}
    names = np.array([f"{r['label']} {is_long(r)}" if r["label"] == "NFS" else r["label"] for r in rows])
    chosen = np.flatnonzero(held)
    share = {name: (names == name).sum() / max(1, (names[chosen] == name).sum()) for name in np.unique(names)}
    found = with_logits(parameters, [texts[i] for i in chosen])
    first, *others = found[:, WIDTH:].T
    weight = np.array([share[names[i]] for i in chosen])
    return HeldOut(
        rows=found,
        odds=first - np.logaddexp(*others),
        worth=np.array([rows[i]["label"] == "CFS" for i in chosen]),
        factual=np.array([rows[i]["label"] != "NFS" or read.get(rows[i]["id"], False) for i in chosen]),
        weight=weight,
    )


def learn_verifiable(unseen: HeldOut) -> tuple[Floats, Floats]:
    """Weights and an offset over a row and its logits, and the calibrated odds in held-out folds."""
    scale = np.ones(unseen.rows.shape[1], np.float32)
    scale[:WIDTH] = unseen.rows[:, :WIDTH].std()

    def learn(chosen: Any) -> Any:
        return LogisticRegression(C=STRENGTH, max_iter=2000).fit(
            unseen.rows[chosen] / scale, unseen.factual[chosen], unseen.weight[chosen]
        )

    odds = np.zeros(len(unseen.rows), np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for inside, outside in folds.split(unseen.rows, unseen.factual):
        odds[outside] = learn(inside).decision_function(unseen.rows[outside] / scale)
    (factor, offset), probability = calibrate(odds, unseen.factual, unseen.weight)
    whole = learn(np.arange(len(odds)))
    weights = np.append(whole.coef_[0] / scale * factor, whole.intercept_[0] * factor + offset)
    return weights.astype(np.float32), probability


def calibrate(odds: Floats, target: Any, weight: Floats) -> tuple[Floats, Floats]:
    """Factor and offset that make log odds true, and the probabilities they give."""
    fitted = LogisticRegression(C=1e6).fit(odds[:, None], target, weight)
    return np.array([fitted.coef_[0, 0], fitted.intercept_[0]], np.float32), fitted.predict_proba(
        odds[:, None]
    )[:, 1]


def measure(target: Any, probability: Floats, weight: Floats) -> dict[str, Any]:
    precision, recall, thresholds = precision_recall_curve(target, probability, sample_weight=weight)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1[:-1].argmax())
    tenth = np.minimum((probability * 10).astype(int), 9)
    average = average_precision_score(target, probability, sample_weight=weight)
    return {
        "average_precision": round(float(average), 4),
        "best_f1": round(float(f1[best]), 4),
        "at_threshold": round(float(thresholds[best]), 3),
        "threshold_of_highest_expected_f1": expected_best(probability, weight),
        "threshold_of_recall_95": round(float(thresholds[np.flatnonzero(recall[:-1] >= 0.95)[-1]]), 3),
        "reliability": [
            {
                "n": int((tenth == k).sum()),
                "said": round(float(np.average(probability[tenth == k], weights=weight[tenth == k])), 3),
                "was": round(float(np.average(target[tenth == k], weights=weight[tenth == k])), 3),
            }
            for k in range(10)
            if (tenth == k).any()
        ],
    }


def expected_best(probability: Floats, weight: Floats) -> float:
    """The threshold with the highest F1 that calibrated probabilities lead one to expect."""
    order = np.argsort(-probability)
    right = np.cumsum((probability * weight)[order])
    f1 = 2 * right / (np.cumsum(weight[order]) + right[-1])
    return round(float(probability[order][int(f1.argmax())]), 3)


if __name__ == "__main__":
    main()
