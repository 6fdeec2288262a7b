"""Rows of tables: short cells side by side, parted by tabs, bars or wide gaps."""

import re
from typing import Final

FEWEST_CELLS: Final = 3  # where only gaps or commas part them
LONGEST_CELL: Final = 8  # words
LONGEST_ROW: Final = 2_000  # characters

_RULE: Final = re.compile(r"[\s|+:=_–—-]+")
_GAP: Final = re.compile(r"\s*\|\s*|\t+| {3,}")
_MARKED: Final = re.compile(r"\S[ \t]*[|\t]\s*\S")
_NUMERIC: Final = re.compile(r"\W*\d[\d.,]*\W*(?:%|[a-z]{1,3})?\W*", re.I)


def is_row(line: str) -> bool:
    """Whether the line is a row of a table, or the rule between two."""
    if len(line) > LONGEST_ROW:
        return False
    if _RULE.fullmatch(line):
        return True
    cells = [c for c in _GAP.split(line.strip(" |\t")) if c]
    if len(cells) >= (2 if _MARKED.search(line) else FEWEST_CELLS):
        return all(len(c.split()) <= LONGEST_CELL for c in cells)
    listed = line.split(",")
    numbers = sum(_NUMERIC.fullmatch(c) is not None for c in listed)
    return (
        len(listed) >= FEWEST_CELLS and numbers >= 2 and 2 * numbers >= len(listed) and len(line.split()) < 12
    )
