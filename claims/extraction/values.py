"""What goes into the extractor and what comes out of it. All offsets are into `Document.text`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["event", "status", "quantity", "prediction", "position", "background"]
SkipReason = Literal["question", "opinion", "rhetoric", "furniture", "fragment", "ambiguous", "language"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its text as published, and what is known of it."""

    text: str
    title: str = ""
    published_on: date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change from the sentence to the claim: `original` at start..end became `replacement`.

    An insertion has start == end. `source_start`..`source_end` is where the replacement was taken from,
    None where it was not copied (a date worked out, a verb form).
    """

    start: int
    end: int
    original: str
    replacement: str
    source_start: int | None
    source_end: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One proposition standing alone, with the verbatim sentence that states it.

    `extractor` says who found it, where that is not whom `Extraction.version` names.
    """

    text: str
    sentence: str
    start: int
    end: int
    claimant: str | None
    when: str | None
    kind: Kind
    score: float
    reasons: tuple[str, ...]
    edits: tuple[Edit, ...]
    unresolved: bool = False
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class SkippedSentence:
    """A sentence that gave no claim, and why."""

    sentence: str
    start: int
    end: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Extraction:
    """The whole article accounted for: each sentence is in `claims` or in `skipped`."""

    claims: tuple[ExtractedClaim, ...]
    skipped: tuple[SkippedSentence, ...]
    version: str
