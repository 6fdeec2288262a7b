"""Short ways to read a text in tests."""

from datetime import date

from claims.extraction import Document, ExtractedClaim, Extraction, extract
from claims.extraction.attribution import ParsedUnit
from claims.extraction.language import parse
from claims.extraction.quotations import Unit
from claims.extraction.repairs import repair
from claims.extraction.tree import Tree, build_tree

DAY = date(2024, 5, 15)  # a Wednesday


def tree_of(text: str) -> Tree:
    (doc,) = parse([text])
    tree = build_tree(doc, 0, len(text))
    repair([tree])
    return tree


def unit_of(text: str, *, sentence: int = 0, quoted: bool = False) -> ParsedUnit:
    return ParsedUnit(Unit(0, len(text), sentence, 0 if quoted else None), tree_of(text), sentence, 0)


def read(text: str, *, title: str = "", day: date | None = DAY) -> Extraction:
    return extract(Document(text, title, day))


def claims_of(text: str, *, title: str = "", day: date | None = DAY) -> list[ExtractedClaim]:
    return list(read(text, title=title, day=day).claims)


def texts_of(text: str, *, title: str = "", day: date | None = DAY) -> list[str]:
    return [c.text for c in claims_of(text, title=title, day=day)]
