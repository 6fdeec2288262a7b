"""Trains the nets that judge what pronouns stand for and writes claims/extraction/data/antecedents.npz.

    python -m training.antecedents GAP_DIR GUM_DIR --out antecedents.npz

GAP_DIR: the .tsv files of google-research-datasets/gap-coreference. GUM_DIR: the .conllu files of the folder
dep/ of amir-zeldes/gum. It learns from GAP's development and test files and from every second document of
GUM's genres in `corpora.GENRES`; the figures on GAP's validation file and on GUM's other documents are
printed as JSON. Needs nothing beyond the installed packages; some minutes on one core. Seeds are fixed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from claims.extraction.antecedents import Case
from claims.extraction.ledger import Entity
from claims.extraction.likelihood import BOUNDS, NETS, Floats, Nets, judged
from claims.extraction.pipeline import attributed
from claims.extraction.references import resolve_references
from claims.extraction.values import Document
from training.corpora import Mark, Sample, read_gap, read_gum

MEMBERS: Final = 3  # nets side by side
BATCH: Final = 64  # pronouns
RATE: Final = 3e-3


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a net learns: its hidden units, rounds, and the decay of the weights at each step, in units of the
    rate; how often it is shown its own examples, and which part of the others, so many times fewer."""

    units: int
    epochs: int
    decay: float
    often: int
    seldom: dict[str, int]


# There are few marked "it" and "they"; what makes a "he" likely helps there too.
LESSONS: Final = {
    "person": Lesson(12, 60, 3e-3, 1, {}),
    "thing": Lesson(8, 25, 0.3, 3, {"plural": 1, "person": 3}),
    "plural": Lesson(8, 25, 0.3, 3, {"thing": 1, "person": 3}),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A case with the candidates that may be meant (`fair`; its last place: none of them), of which those in
    `right` surely are. `told`: whether what is meant is marked."""

    case: Case
    fair: Any
    right: Any
    told: bool


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("gap", type=Path)
    options.add_argument("gum", type=Path)
    options.add_argument("--out", type=Path, required=True)
    chosen = options.parse_args()
    gap = {part: read_gap(chosen.gap / f"gap-{part}.tsv") for part in ("development", "test", "validation")}
    documents = list(read_gum(chosen.gum))
    of_names = map(with_names, gather([*gap["development"], *gap["test"]]))
    seen = [*(example for example in of_names if example is not None), *gather(documents[::2])]
    nets = {name: train(drawn(seen, name), lesson) for name, lesson in LESSONS.items()}
    parts = {
        f"{name}.{part}": getattr(net, part).astype(np.float16)
        for name, net in nets.items()
        for part in ("hidden", "bias", "out")
    }
    np.savez_compressed(chosen.out, **parts)
    held = {"GAP validation": gather(gap["validation"]), "GUM held out": gather(documents[1::2])}
    report = {
        f"{place}, {name}": measure(nets[name], of_net(examples, name), name)
        for place, examples in held.items()
        for name in LESSONS
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def of_net(examples: Iterable[Example], name: str) -> list[Example]:
    return [e for e in examples if NETS[e.case.sort] == name]


def drawn(examples: Sequence[Example], name: str) -> list[Example]:
    """What the net of this name is shown in each round."""
    lesson = LESSONS[name]
    others = (of_net(examples, other)[::part] for other, part in lesson.seldom.items())
    return [*lesson.often * of_net(examples, name), *(e for part in others for e in part)]


def gather(samples: Iterable[Sample]) -> list[Example]:
    """The pronouns of the samples as the extraction meets them when it follows its rules alone."""
    return [example for sample in samples for example in _examples(sample)]


def _examples(sample: Sample) -> Iterator[Example]:
    copy, draft = attributed(Document(sample.text, sample.title))
    cases: list[Case] = []

    def by_rules(case: Case) -> Entity | None:
        cases.append(case)
        return case.candidates[case.chosen] if case.chosen >= 0 else None

    references = resolve_references(draft.parsed, draft.speakers, sample.title, by_rules)
    named_at: dict[int, list[int]] = {}
    for word, number in references.entity_of.items():
        named_at.setdefault(number, []).append(copy.back(word.start, after=True))
    for case in cases:
        thing = sample.pronouns.get(copy.back(case.pronoun.start, after=True))
        if thing is not None:
            spans = copy.spans((e.start, e.end) for e in case.candidates)
            things = [
                _thing_of(e, sample, named_at.get(e.number, ()))
                if not sample.complete
                else thing
                if _is_named(e, thing, sample)
                else _thing_at(*span, sample)
                for e, span in zip(case.candidates, spans, strict=True)
            ]
            yield _example(case, thing, things, sample.complete)


def _example(case: Case, thing: int, things: list[int], complete: bool) -> Example:
    right = np.array([thing != 0 and thing == t for t in things])
    if not thing and not complete:
        return Example(case, np.append([t == 0 for t in things], True), right, told=False)
    return Example(case, np.append(right, not right.any()), right, told=True)


def with_names(example: Example) -> Example | None:
    """The example without candidates that are not named: GAP's pronouns were chosen to mean names, and would
    teach that "he" is never the man spoken of. None where nobody is named."""
    case = example.case
    named = np.array([e.named for e in case.candidates])
    if not named.any():
        return None
    kept = [e for e in case.candidates if e.named]
    chosen = case.candidates[case.chosen] if case.chosen >= 0 else None
    left = replace(
        case,
        candidates=tuple(kept),
        fit=tuple(fits for fits, is_name in zip(case.fit, named, strict=True) if is_name),
        chosen=kept.index(chosen) if chosen in kept else -1,
        rows=case.rows[named],
    )
    fair = example.fair[:-1][named]
    none = example.fair[-1] or not fair.any()
    return Example(left, np.append(fair, none), example.right[named], example.told)


def _thing_at(start: int, end: int, sample: Sample) -> int:
    """The number of what start..end mentions, where everything is marked; 0 for nothing that is marked."""

    def overlap(mark: Mark) -> float:
        shared = min(mark.end, end) - max(mark.start, start)
        return shared / (max(mark.end, end) - min(mark.start, start))

    inside = [m for m in sample.marks if m.head is not None and start <= m.head < end]
    return max(inside, key=overlap).thing if inside else 0


def _is_named(entity: Entity, thing: int, sample: Sample) -> bool:
    """Whether the thing bears the entity's name somewhere."""
    texts = (sample.text[m.start : m.end] for m in sample.marks if m.thing == thing)
    return entity.named and any(t.lower().removeprefix("the ") == entity.text.lower() for t in texts)


def _thing_of(entity: Entity, sample: Sample, places: Iterable[int]) -> int:
    """Which of two marked names the entity bears, which was mentioned at these places; 0 for neither."""
    for mark in sample.marks:
        if any(mark.start <= at < mark.end for at in places):
            return mark.thing
    words = set(entity.text.lower().split())
    for mark in sample.marks:
        name = set(sample.text[mark.start : mark.end].lower().split())
        if entity.named and (name <= words or words <= name):
            return mark.thing
    return 0


def train(examples: Sequence[Example], lesson: Lesson) -> Nets:
    """Nets that give the candidates that may be meant as much probability as they can; each its own seed."""
    nets = [_train_one(examples, lesson, seed) for seed in range(MEMBERS)]
    hidden, bias, out = (np.stack([getattr(n, part) for n in nets]) for part in ("hidden", "bias", "out"))
    return Nets(hidden, bias, out)


def _train_one(examples: Sequence[Example], lesson: Lesson, seed: int) -> Nets:
    random = np.random.default_rng(seed)
    features, units = examples[0].case.rows.shape[1], lesson.units
    net = Nets(
        random.normal(0, features**-0.5, (features, units)).astype(np.float32),
        np.zeros((1, units), np.float32),
        random.normal(0, units**-0.5, (units, 1)).astype(np.float32),
    )
    weights = (net.hidden, net.bias, net.out)
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    step = 0
    for epoch in range(lesson.epochs):
        rate = RATE * (1 - epoch / lesson.epochs)
        for batch in np.array_split(random.permutation(len(examples)), max(1, len(examples) // BATCH)):
            step += 1
            slopes = gradients(net, [examples[i] for i in batch])
            for weight, (first, second), slope in zip(weights, moments, slopes, strict=True):
                first += 0.1 * (slope - first)
                second += 0.001 * (slope**2 - second)
                pace = np.sqrt(second / (1 - 0.999**step)) + 1e-8
                weight -= rate * (first / (1 - 0.9**step) / pace + lesson.decay * weight)
    return net


def gradients(net: Nets, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
    """Of the mean loss: minus the logarithm of the probability of all that may be meant."""
    rows = np.concatenate([e.case.rows for e in examples])
    sizes = np.array([len(e.case.rows) for e in examples])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    inner = np.maximum(rows @ net.hidden + net.bias, 0)
    odds = np.exp(np.clip((inner @ net.out)[:, 0], -30, 30))
    fair = np.concatenate([e.fair[:-1] for e in examples])
    none = np.array([e.fair[-1] for e in examples])
    whole = 1 + np.add.reduceat(odds, begins)
    allowed = none + np.add.reduceat(odds * fair, begins)
    error = odds / np.repeat(whole, sizes) - odds * fair / np.repeat(allowed, sizes)
    error = (error / len(examples))[:, None]
    below = (error @ net.out.T) * (inner > 0)
    return rows.T @ below, below.sum(axis=0, keepdims=True), inner.T @ error


def measure(nets: Nets, examples: Sequence[Example], name: str) -> dict[str, Any]:
    """Right, wrong and declined pronouns whose antecedent is marked, by the rules alone and with the nets."""
    counts: dict[str, Counter[str]] = {"rules": Counter(), "nets": Counter()}
    for example in examples:
        if not example.told:
            continue
        case = example.case
        taken = judged(case, nets, BOUNDS[name])
        for way, at in (
            ("rules", case.chosen),
            ("nets", case.candidates.index(taken) if taken is not None else -1),
        ):
            counts[way]["declined" if at < 0 else "right" if example.right[at] else "wrong"] += 1
    return {way: dict(found) for way, found in counts.items()}


if __name__ == "__main__":
    main()
