"""An article in the passages that the model is asked about, made of the offline extractor's sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.extraction.values import Document, ExtractedClaim, Extraction, SkipReason
from claims.language_model.stages import Passage

MOST_SENTENCES: Final = 16
MOST_CHARACTERS: Final = 6_000  # of a passage's sentences; a longer sentence is left to the offline extractor
BEFORE: Final = 8  # sentences shown before a passage
OPENING: Final = 1_500  # characters of the article's beginning, which introduces whom it is about
NOT_SHOWN: Final[frozenset[SkipReason]] = frozenset({"furniture", "language"})


@dataclass(frozen=True, slots=True)
class Accounted:
    """A sentence, and what the offline extractor makes of it: its claims, or why there are none."""

    start: int
    end: int
    text: str
    claims: tuple[ExtractedClaim, ...]
    skipped: SkipReason | None


def account(extraction: Extraction) -> list[Accounted]:
    """Each sentence of the article, in its order."""
    taken: dict[tuple[int, int], list[ExtractedClaim]] = {}
    for claim in extraction.claims:
        taken.setdefault((claim.start, claim.end), []).append(claim)
    sentences = [
        Accounted(*place, claims[0].sentence, tuple(claims), None) for place, claims in taken.items()
    ]
    sentences += [Accounted(s.start, s.end, s.sentence, (), s.reason) for s in extraction.skipped]
    return sorted(sentences, key=lambda sentence: sentence.start)


def find_passages(document: Document, sentences: Sequence[Accounted]) -> Iterator[Passage]:
    """Passages of sentences in their order, numbered by their place in `sentences`; without furniture."""
    shown = [
        n for n, s in enumerate(sentences) if s.skipped not in NOT_SHOWN and len(s.text) <= MOST_CHARACTERS
    ]
    opening = " ".join(sentences[n].text for n in shown[:MOST_SENTENCES])[:OPENING]
    for first, last in _runs([len(sentences[n].text) for n in shown]):
        yield Passage(
            title=document.title[:OPENING],
            published_on=document.published_on.isoformat() if document.published_on else None,
            opening=opening if first else "",
            before=tuple(sentences[n].text[:OPENING] for n in shown[max(0, first - BEFORE) : first]),
            sentences={n: sentences[n].text for n in shown[first:last]},
        )


def _runs(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches first..last of sentences with these lengths, none too long."""
    first = size = 0
    for place, length in enumerate(lengths):
        if place > first and (place - first == MOST_SENTENCES or size + length > MOST_CHARACTERS):
            yield first, place
            first, size = place, 0
        size += length
    if first < len(lengths):
        yield first, len(lengths)
