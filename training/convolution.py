"""The small convolution of the check-worthiness model: trained by hand-written gradients.

Inputs are one array a sentence (tokens × inputs). A window of three tokens, ReLU, then the maximum and the
scaled sum over the sentence, then three classes. Adam, decoupled decay, dropout on inputs and pooled rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Chosen by cross-validation in ClaimBuster's train half."""

    filters: int = 96
    epochs: int = 9
    batch: int = 64
    rate: float = 1e-3
    decay: float = 1e-2
    input_dropout: float = 0.2
    dropout: float = 0.5


class Convolution:
    """`parameters`: window (3 × inputs, filters), window_offset, head (2 × filters, 3), head_offset."""

    def __init__(self, inputs: int, *, seed: int, settings: Settings) -> None:
        self.random = np.random.default_rng(seed)
        self.settings = settings
        f = settings.filters
        self.parameters: dict[str, Floats] = {
            "window": self._normal((3 * inputs, f), 2 / (3 * inputs)),
            "window_offset": np.zeros(f, np.float32),
            "head": self._normal((2 * f, 3), 1 / (2 * f)),
            "head_offset": np.zeros(3, np.float32),
        }
        self._mean = {k: np.zeros_like(v) for k, v in self.parameters.items()}
        self._square = {k: np.zeros_like(v) for k, v in self.parameters.items()}
        self._steps = 0

    def _normal(self, shape: tuple[int, int], variance: float) -> Floats:
        return np.asarray(self.random.normal(size=shape) * np.sqrt(variance), dtype=np.float32)

    def fit(self, sentences: list[Floats], classes: Floats) -> "Convolution":
        """`classes`: one-hot rows, sentences × 3."""
        epochs = self.settings.epochs
        for epoch in range(epochs):
            rate = self.settings.rate * (1 - epoch / epochs) + 1e-5
            for chosen, rows, mask in self._batches(sentences):
                self._update(self._gradients(rows, mask, classes[chosen]), rate)
        return self

    def _batches(self, sentences: list[Floats]) -> Iterator[tuple[Places, Floats, Floats]]:
        """Sentences of about one length together, in random order, padded with zeros."""
        lengths = np.array([len(s) for s in sentences])
        order = np.argsort(lengths + self.random.random(len(lengths)) * 4, kind="stable")
        size = self.settings.batch
        starts = np.arange(0, len(order), size)
        self.random.shuffle(starts)
        for start in starts:
            chosen = order[start : start + size]
            longest = int(lengths[chosen].max())
            rows = np.zeros((len(chosen), longest, sentences[0].shape[1]), np.float32)
            mask = np.zeros((len(chosen), longest), np.float32)
            for row, number in enumerate(chosen):
                rows[row, : lengths[number]] = sentences[number]
                mask[row, : lengths[number]] = 1
            yield chosen, rows, mask

    def _keep(self, shape: tuple[int, ...], dropped: float) -> Floats:
        return ((self.random.random(shape, dtype=np.float32) > dropped) / (1 - dropped)).astype(np.float32)

    def _gradients(self, rows: Floats, mask: Floats, classes: Floats) -> dict[str, Floats]:
        p, f = self.parameters, self.settings.filters
        count, longest, width = rows.shape
        rows = rows * self._keep((count, 1, width), self.settings.input_dropout)
        padded = np.pad(rows, ((0, 0), (1, 1), (0, 0)))
        windows = np.concatenate([padded[:, k : k + longest] for k in range(3)], axis=2).reshape(
            -1, 3 * width
        )
        active = np.maximum(windows @ p["window"] + p["window_offset"], 0).reshape(count, longest, f)
        active *= mask[:, :, None]
        top = active.argmax(axis=1)
        scale = np.sqrt(np.maximum(mask.sum(axis=1), 1))[:, None]
        kept = self._keep((count, 2 * f), self.settings.dropout)
        pooled = np.concatenate([active.max(axis=1), active.sum(axis=1) / scale], axis=1) * kept
        logits = pooled @ p["head"] + p["head_offset"]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (odds / odds.sum(axis=1, keepdims=True) - classes) / count
        back = (error @ p["head"].T) * kept
        through = np.repeat((back[:, f:] / scale)[:, None, :], longest, axis=1)
        through[np.arange(count)[:, None], top, np.arange(f)[None]] += back[:, :f]
        through = (through * (active > 0)).reshape(-1, f)
        return {
            "window": windows.T @ through,
            "window_offset": through.sum(axis=0),
            "head": pooled.T @ error,
            "head_offset": error.sum(axis=0),
        }

    def _update(self, gradients: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, gradient in gradients.items():
            self._mean[name] = 0.9 * self._mean[name] + 0.1 * gradient
            self._square[name] = 0.999 * self._square[name] + 0.001 * gradient**2
            mean = self._mean[name] / (1 - 0.9**self._steps)
            square = self._square[name] / (1 - 0.999**self._steps)
            decay = 0.0 if name.endswith("offset") else self.settings.decay
            step = mean / (np.sqrt(square) + 1e-8) + decay * self.parameters[name]
            self.parameters[name] = (self.parameters[name] - rate * step).astype(np.float32)
