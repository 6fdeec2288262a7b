"""How likely a sentence is a check-worthy factual claim: a small encoder, fine-tuned and cut to 8 bits.

data/MODEL_CARD.md tells what it learned from and how well it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from claims.extraction.wordpiece import Pieces

WEIGHTS: Final = Path(__file__).parent / "data" / "worth.onnx"
# Both from sentences held out of training: where the expected F1 of check-worthy claims is highest, and the
# highest threshold that still finds 95 % of the factual statements.
LEAST_WORTH: Final = 0.38
LEAST_FACTUAL: Final = 0.15


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder, and the word pieces it reads."""

    session: Any
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Worthiness:
    """Calibrated probabilities: a check-worthy factual claim; a factual statement, important or not."""

    worth: float
    factual: float


def score(sentences: Sequence[object]) -> list[float]:
    """For each spaCy Doc, Span or string the probability (0 to 1) that it is a check-worthy factual claim."""
    return [both.worth for both in judge(sentences)]


def judge(sentences: Sequence[object]) -> list[Worthiness]:
    """Both probabilities for each spaCy Doc, Span or string, in their order."""
    return [_judged(str(sentence), load()) for sentence in sentences]


def _judged(text: str, model: Model) -> Worthiness:
    if not text.strip():
        return Worthiness(0.0, 0.0)
    numbers = np.array([model.pieces.numbers(text)], dtype=np.int64)
    ((worth, factual),) = model.session.run(None, {"pieces": numbers})[0]
    return Worthiness(float(worth), float(max(worth, factual)))


@cache
def load(path: Path = WEIGHTS) -> Model:
    """The shipped weights, read once; they run on one thread."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    pieces = session.get_modelmeta().custom_metadata_map["pieces"]
    return Model(session, Pieces(pieces.split("\n")))
