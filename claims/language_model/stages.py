"""The four stages: each puts one question about a passage to the model and reads the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.extraction.values import SkipReason
from claims.language_model import prompts
from claims.language_model.answers import (
    Proposed,
    read_claims,
    read_rewritten,
    read_selection,
    read_verdicts,
)
from claims.language_model.client import Client, Question


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences to work on, by their number in the article, and what a reader of them has read before."""

    title: str
    published_on: str | None
    opening: str
    before: tuple[str, ...]
    sentences: Mapping[int, str]

    def context(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "published_on": self.published_on,
            "opening": self.opening,
            "before": self.before,
        }


def select(client: Client, passage: Passage) -> dict[int, SkipReason | None]:
    """By sentence: None where it is to be taken, else why not."""
    sentences = [{"n": n, "text": text} for n, text in passage.sentences.items()]
    material = {"title": passage.title, "before": passage.before, "sentences": sentences}
    answer = client.ask(Question("selection", prompts.SELECT, material, prompts.SELECTION))
    return {n: reason for n, reason in read_selection(answer).items() if n in passage.sentences}


def disambiguate(client: Client, passage: Passage, taken: Sequence[int]) -> dict[int, str | None]:
    """By sentence: how it reads alone; None where the article does not settle that."""
    sentences = [{"n": n, "text": text, "rewrite": n in taken} for n, text in passage.sentences.items()]
    material = passage.context() | {"sentences": sentences}
    answer = client.ask(Question("rewritten", prompts.DISAMBIGUATE, material, prompts.REWRITTEN))
    return {n: text for n, text in read_rewritten(answer).items() if n in taken}


def decompose(client: Client, passage: Passage, alone: Mapping[int, str]) -> list[Proposed | None]:
    """Claims of these sentences, not verified; None for what is no claim by its form."""
    sentences = [{"n": n, "sentence": passage.sentences[n], "alone": text} for n, text in alone.items()]
    material = {"title": passage.title, "published_on": passage.published_on, "sentences": sentences}
    answer = client.ask(Question("claims", prompts.DECOMPOSE, material, prompts.CLAIMS))
    return read_claims(answer)


def check(
    client: Client, passage: Passage, alone: Mapping[int, str], claims: Sequence[Proposed]
) -> dict[int, tuple[bool, bool]]:
    """By the claim's place in `claims`: whether its sentence bears it out, whether it stands alone."""
    numbered = [
        {
            "n": n,
            "sentence": passage.sentences[claim.sentence],
            "alone": alone[claim.sentence],
            "text": claim.text,
            "claimant": claim.claimant,
        }
        for n, claim in enumerate(claims)
    ]
    material = {"title": passage.title, "published_on": passage.published_on, "claims": numbered}
    return read_verdicts(client.ask(Question("checked", prompts.CHECK, material, prompts.CHECKED)))
