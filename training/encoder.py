"""The encoder of the check-worthiness model: MiniLM's first layers, fine-tuned with torch.

Parameters keep the names they have in MiniLM's file, shortened, plus a head of three
classes. The table of word pieces is not trained, so that a piece the training text lacks keeps its meaning.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch.nn import functional

from claims.extraction.wordpiece import CONTINUED, LONGEST, MARKS

Floats = npt.NDArray[np.float32]
Parameters = dict[str, Any]

LAYERS: Final = 3
HEADS: Final = 12
WIDTH: Final = 384
INNER: Final = 512  # of a layer's 1,536 inner units, those kept
EPSILON: Final = 1e-12
OFTEN: Final = 18_000  # pieces with a lower number: MiniLM numbers them by frequency
EPOCHS: Final = 4
EPOCHS_NARROW: Final = 2
BATCH: Final = 64
RATE: Final = 1e-4
HEAD_RATE: Final = 5e-4
WARM_UP: Final = 0.06  # share of the steps
DECAY: Final = 0.01
DROPOUT: Final = 0.1
SMOOTHING: Final = 0.05
FROZEN: Final = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")


def read_pieces(folder: Path) -> tuple[list[str], list[int]]:
    """Marks, frequent ASCII pieces and single characters, and the row of each in MiniLM's table."""
    numbers: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    kept = [
        piece
        for piece, number in sorted(numbers.items(), key=lambda each: each[1])
        if piece.isascii()
        and not (piece.startswith("[") and piece.endswith("]") and len(piece) > 2)
        and (number < OFTEN or len(piece.removeprefix(CONTINUED)) == 1)
    ]
    pieces = [*MARKS, *kept]
    return pieces, [numbers[piece] for piece in pieces]


def read_parameters(folder: Path, rows: list[int], *, classes: int, seed: int) -> Parameters:
    """MiniLM's first LAYERS and the rows of its table that are kept; a new head."""
    torch.manual_seed(seed)
    stored = load_file(folder / "model.safetensors")
    wanted = ("embeddings.", *(f"encoder.layer.{n}." for n in range(LAYERS)))
    found = {
        name.removeprefix("encoder.").replace("attention.self.", "").replace("attention.", "attended."): value
        for name, value in stored.items()
        if name.startswith(wanted) and not name.endswith("position_ids")
    }
    kinds = found.pop("embeddings.token_type_embeddings.weight")
    found[FROZEN[0]] = found[FROZEN[0]][rows]
    found[FROZEN[1]] = found[FROZEN[1]][:LONGEST] + kinds[0]
    found["head.weight"] = torch.randn(classes, WIDTH) * 0.02
    found["head.bias"] = torch.zeros(classes)
    return {name: value.clone().requires_grad_(name not in FROZEN) for name, value in found.items()}


def pooled(p: Parameters, numbers: Any, mask: Any, *, dropout: float = 0.0, added: Sequence[Any] = ()) -> Any:
    """The mean of the last layer over each text's pieces: texts × WIDTH. To `added`, one array a layer, comes
    how active its inner units are."""
    training = dropout > 0

    def norm(x: Any, name: str) -> Any:
        return functional.layer_norm(x, (WIDTH,), p[f"{name}.weight"], p[f"{name}.bias"], EPSILON)

    def dense(x: Any, name: str) -> Any:
        return functional.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

    count, longest = numbers.shape
    x = p[FROZEN[0]][numbers] + p[FROZEN[1]][:longest]
    x = functional.dropout(norm(x, "embeddings.LayerNorm"), dropout, training)
    seen = mask[:, None, None, :]
    for layer in range(LAYERS):
        at = f"layer.{layer}"
        query, key, value = (
            dense(x, f"{at}.{name}").view(count, longest, HEADS, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen, dropout_p=dropout)
        mixed = dense(mixed.transpose(1, 2).reshape(count, longest, WIDTH), f"{at}.attended.output.dense")
        x = norm(x + functional.dropout(mixed, dropout, training), f"{at}.attended.output.LayerNorm")
        inner = functional.gelu(dense(x, f"{at}.intermediate.dense"))
        if added:
            added[layer].add_((inner.abs() * mask[:, :, None]).sum((0, 1)))
        wide = dense(inner, f"{at}.output.dense")
        x = norm(x + functional.dropout(wide, dropout, training), f"{at}.output.LayerNorm")
    weight = mask[:, :, None].float()
    return (x * weight).sum(1) / weight.sum(1)


def fit(
    p: Parameters, texts: Sequence[list[int]], classes: Floats, *, epochs: int, seed: int
) -> Iterator[tuple[int, float]]:
    """Fine-tunes `p` in place; `classes`: probabilities, texts × classes. Yields step and loss."""
    random = np.random.default_rng(seed)
    head = [p["head.weight"], p["head.bias"]]
    trained = [v for name, v in p.items() if name not in FROZEN and not name.startswith("head.")]
    groups = [
        {"params": [v for v in trained if v.ndim > 1], "lr": RATE, "weight_decay": DECAY},
        {"params": [v for v in trained if v.ndim == 1], "lr": RATE, "weight_decay": 0.0},
        {"params": head, "lr": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    steps = epochs * -(-len(texts) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (WARM_UP * steps), (steps - n) / ((1 - WARM_UP) * steps))
    )
    step = 0
    for _ in range(epochs):
        for chosen, numbers, mask in batches(texts, random):
            with torch.autocast("cpu", torch.bfloat16):
                rows = functional.dropout(pooled(p, numbers, mask, dropout=DROPOUT), DROPOUT)
                logits = functional.linear(rows, *head).float()
            wanted = torch.from_numpy(classes[chosen])
            loss = functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*trained, *head], 1.0)
            optimizer.step()
            optimizer.zero_grad()
            pace.step()
            step += 1
            yield step, loss.item()


def narrowed(p: Parameters, texts: Sequence[list[int]]) -> Parameters:
    """The same encoder with only the INNER inner units of each layer that add most on these texts."""
    added = [torch.zeros(len(p[f"layer.{n}.intermediate.dense.bias"])) for n in range(LAYERS)]
    with torch.no_grad():
        for _, numbers, mask in batches(texts):
            pooled(p, numbers, mask, added=added)
    kept = {name: value.detach().clone() for name, value in p.items()}
    for layer, amount in enumerate(added):
        at = f"layer.{layer}"
        out = p[f"{at}.output.dense.weight"].detach()
        best = (amount * out.norm(dim=0)).topk(INNER).indices.sort().values
        kept[f"{at}.intermediate.dense.weight"] = kept[f"{at}.intermediate.dense.weight"][best]
        kept[f"{at}.intermediate.dense.bias"] = kept[f"{at}.intermediate.dense.bias"][best]
        kept[f"{at}.output.dense.weight"] = out[:, best]
    return {name: value.clone().requires_grad_(name not in FROZEN) for name, value in kept.items()}


def batches(
    texts: Sequence[list[int]], random: np.random.Generator | None = None
) -> Iterator[tuple[Any, Any, Any]]:
    """Texts of about one length together, in random order where asked: places, piece numbers, mask."""
    lengths = np.array([len(t) for t in texts])
    noise = 0 if random is None else random.random(len(lengths)) * 3
    order = np.argsort(lengths + noise, kind="stable")
    starts = np.arange(0, len(order), BATCH)
    if random is not None:
        random.shuffle(starts)
    for start in starts:
        chosen = order[start : start + BATCH]
        numbers = np.zeros((len(chosen), int(lengths[chosen].max())), np.int64)
        for row, place in enumerate(chosen):
            numbers[row, : lengths[place]] = texts[place]
        inside = np.arange(numbers.shape[1])[None] < lengths[chosen][:, None]
        yield chosen, torch.from_numpy(numbers), torch.from_numpy(inside)


def read_out(p: Parameters, texts: Sequence[list[int]]) -> Floats:
    """The pooled rows of the texts, as fine-tuned: texts × WIDTH."""
    rows = np.zeros((len(texts), WIDTH), np.float32)
    with torch.no_grad():
        for chosen, numbers, mask in batches(texts):
            rows[chosen] = pooled(p, numbers, mask).numpy()
    return rows
