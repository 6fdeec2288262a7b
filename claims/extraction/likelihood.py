"""How likely each candidate is what a pronoun stands for: small nets that overrule the rules where those are
probably wrong.

data/MODEL_CARD.md tells what they learned from and how well they do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.extraction.antecedents import Case
from claims.extraction.ledger import Entity

WEIGHTS: Final = Path(__file__).parent / "data" / "antecedents.npz"
NETS: Final = {"male": "person", "female": "person", "thing": "thing", "plural": "plural"}  # by sort

Floats = NDArray[np.float32]
Judge = Callable[[Case], Entity | None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Probabilities: the likeliest candidate is taken from `take` on; the rules' choice from `keep` on."""

    keep: float
    take: float


# Where, on articles whose ideal claims are known, names became less often wrong and usable claims no fewer.
BOUNDS: Final[Mapping[str, Bounds]] = {
    "person": Bounds(keep=0.18, take=0.65),
    "thing": Bounds(keep=0.2, take=0.75),
    "plural": Bounds(keep=0.3, take=0.75),
}


@dataclass(frozen=True, slots=True)
class Nets:
    """Nets of one hidden layer side by side: `hidden` (nets, features, units), `bias` (nets, 1, units), `out`
    (nets, units, 1)."""

    hidden: Floats
    bias: Floats
    out: Floats

    def scores(self, rows: Floats) -> Floats:
        """Log odds against "none of them", (nets, rows)."""
        inner = np.maximum(rows @ self.hidden + self.bias, 0)
        return np.asarray((inner @ self.out)[..., 0])


def likely(case: Case) -> Entity | None:
    """What the shipped nets and bounds make of the case; see `judged`."""
    name = NETS[case.sort]
    return judged(case, load()[name], BOUNDS[name])


def judged(case: Case, nets: Nets, bounds: Bounds) -> Entity | None:
    """The rules' choice, another candidate that is much likelier, or None where all are too unlikely.

    A choice without a rival stands: the nets know too few of these to doubt it.
    """
    if len(case.candidates) == 1 and case.chosen == 0:
        return case.candidates[0]
    return decide(case, probabilities(nets, case.rows), bounds)


def probabilities(nets: Nets, rows: Floats) -> Floats:
    """For each row of one case the probability that this candidate is meant; what they lack to 1 is none's.

    The mean of the nets.
    """
    odds = np.exp(np.clip(nets.scores(rows), -30, 30))
    return np.asarray((odds / (1 + odds.sum(axis=1, keepdims=True))).mean(axis=0))


def decide(case: Case, said: Floats, bounds: Bounds) -> Entity | None:
    """The candidate to take, given the probability of each; None where all are too unlikely."""
    best = int((said * case.fit).argmax())
    if case.fit[best] and said[best] >= bounds.take:
        return case.candidates[best]
    if case.chosen >= 0 and said[case.chosen] >= bounds.keep:
        return case.candidates[case.chosen]
    return None


@cache
def load() -> dict[str, Nets]:
    """The shipped nets by name, read once."""
    with np.load(WEIGHTS, allow_pickle=False) as file:
        parts = {key: file[key].astype(np.float32) for key in file.files}
    return {
        name: Nets(*(parts[f"{name}.{part}"] for part in ("hidden", "bias", "out")))
        for name in sorted(set(NETS.values()))
    }
