"""One article, what the rules make of it, and what must hold of any extraction."""

from __future__ import annotations

from datetime import date
from functools import cache

from claims import extraction
from claims.extraction import Document, Extraction

SENTENCES = (
    "The ferry Marit Oye carried 1,200 passengers on Friday.",
    "She will stop in August, harbour master Tomas Lind said.",
    "What a sad day!",
    "The ferry company Lind & Sons employs 23 sailors in Brevik.",
    "It opened a second pier in Brevik in 2019.",
)
TEXT = " ".join(SENTENCES[:3]) + "\n\n" + " ".join(SENTENCES[3:])
DOCUMENT = Document(TEXT, title="Last voyage of a ferry", published_on=date(2024, 5, 14))
by_rules = cache(extraction.extract)
OFFLINE = by_rules(DOCUMENT)
NAME = "language model 1: tiny"


def texts(found: Extraction, sentence: str) -> list[str]:
    return [c.text for c in found.claims if c.sentence == sentence]


def holds_together(document: Document, found: Extraction) -> None:
    """Each sentence of the offline extraction is there once, and all offsets are of the text."""
    places = {(c.start, c.end) for c in found.claims} | {(s.start, s.end) for s in found.skipped}
    offline = by_rules(document)
    assert places == {(p.start, p.end) for p in (*offline.claims, *offline.skipped)}
    assert len({(s.start, s.end) for s in found.skipped} & {(c.start, c.end) for c in found.claims}) == 0
    for part in (*found.claims, *found.skipped):
        assert document.text[part.start : part.end] == part.sentence
    for c in found.claims:
        assert 0 <= c.score <= 1
        assert all(document.text[e.start : e.end] == e.original for e in c.edits)
