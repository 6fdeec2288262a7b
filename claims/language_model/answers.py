"""What the model answered, read with suspicion: of the form asked for, or Nonsense; an item that is not
of its form is left out and counted."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from claims.extraction.values import SkipReason
from claims.language_model.client import Nonsense

TAKEN: Final = "claim"
_REASONS: Final = {reason: reason for reason in get_args(SkipReason)}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim as the model gave it, of the sentence with this number; nothing of it is verified."""

    sentence: int
    text: str
    claimant: str | None
    when: str | None
    kind: str


def read_selection(content: str) -> dict[int, SkipReason | None]:
    """By sentence number: None where it is to be taken, else why not. Raises Nonsense."""
    found: dict[int, SkipReason | None] = {}
    for item in _items(content, "sentences"):
        number, verdict = _number(item, "n"), _text(item, "verdict")
        if number is not None and (verdict == TAKEN or verdict in _REASONS):
            found.setdefault(number, _REASONS.get(verdict))
    return found


def read_rewritten(content: str) -> dict[int, str | None]:
    """By sentence number: the sentence as it stands alone, None where it cannot. Raises Nonsense."""
    found: dict[int, str | None] = {}
    for item in _items(content, "sentences"):
        number = _number(item, "n")
        if number is not None and (item.get("text") is None or isinstance(item.get("text"), str)):
            found.setdefault(number, item.get("text"))
    return found


def read_claims(content: str) -> list[Proposed | None]:
    """The claims in their order; None for what is no claim by its form. Raises Nonsense."""
    return [_proposed(item) for item in _items(content, "claims")]


def _proposed(item: Mapping[str, Any]) -> Proposed | None:
    number, text, kind = _number(item, "n"), _text(item, "text").strip(), _text(item, "kind")
    claimant, when = item.get("claimant"), item.get("when")
    formed = isinstance(claimant, str | None) and isinstance(when, str | None)
    if number is None or not text or not formed:
        return None
    return Proposed(number, text, (claimant or "").strip() or None, (when or "").strip() or None, kind)


def read_verdicts(content: str) -> dict[int, tuple[bool, bool]]:
    """By claim number: whether its sentence bears it out, whether it stands alone. Raises Nonsense."""
    found: dict[int, tuple[bool, bool]] = {}
    for item in _items(content, "claims"):
        number = _number(item, "n")
        if number is not None:
            found.setdefault(number, (item.get("supported") is True, item.get("standalone") is True))
    return found


def _items(content: str, name: str) -> Iterator[Mapping[str, Any]]:
    """The objects of the list of this name; whatever else is in the list is passed over."""
    # Servers that know no schema send thoughts before the answer, or a fence around it.
    content = content.rpartition("</think>")[2]
    try:
        answer, _ = json.JSONDecoder().raw_decode(content, content.index("{"))
    except (ValueError, RecursionError):
        raise Nonsense("an answer without JSON") from None
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise Nonsense(f"an answer without a list of {name}")
    return (item if isinstance(item, dict) else {} for item in found)


def _number(item: Mapping[str, Any], name: str) -> int | None:
    value = item.get(name)
    return value if type(value) is int else None


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
