"""Articles in bulk: files, folders of files, and NDJSON files with one article a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from claims import intake
from claims.errors import Invalid
from claims.models import Article, User

LINES = frozenset({".ndjson", ".jsonl"})
FILES = frozenset(f".{ending}" for ending in intake.ENDINGS)
# What a line may say; the README tells what each means.
FIELDS = ("url", "title", "published_on", "publisher", "language", "text", "html")


@dataclass(frozen=True)
class Entry:
    """One article to add: a file, or one line of an NDJSON file. `number` counts lines from 1."""

    path: Path
    number: int = 0
    line: bytes = b""

    def __str__(self) -> str:
        return f"{self.path}, line {self.number}" if self.number else str(self.path)


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and of each folder the ones below it that Recheck can read, by name."""
    for path in paths:
        if path.is_dir():
            yield from (
                p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in LINES | FILES
            )
        else:
            yield path


def entries(paths: Iterable[Path]) -> Iterator[Entry]:
    """What is to be added, in order; blank lines are none. Raises OSError."""
    for path in paths:
        if path.suffix.lower() not in LINES:
            yield Entry(path)
            continue
        with path.open("rb") as lines:
            yield from (Entry(path, n, line) for n, line in enumerate(lines, start=1) if line.strip())


def add(
    entry: Entry, *, by: User, at: datetime, published_on: date | None, publisher: str
) -> tuple[Article, bool]:
    """Store the article without waking a worker; the day and publisher hold where it names none itself.

    Returns it, and whether it is new. Raises Refused and OSError.
    """
    details: dict[str, Any] = {"published_on": published_on, "publisher": publisher}
    if entry.number:
        return intake.add_article(by=by, at=at, quietly=True, **(details | _fields(entry.line)))
    content = entry.path.read_bytes()
    return intake.add_upload(by=by, at=at, name=entry.path.name, content=content, quietly=True, **details)


def _fields(line: bytes) -> dict[str, Any]:
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Invalid("bad_json", f"This is no JSON ({error}); give one object.", field="line") from error
    if not isinstance(read, dict):
        raise Invalid("bad_json", 'Give one object, such as {"title": "…", "text": "…"}.', field="line")
    found = {name: value for name, value in read.items() if value is not None}
    for name, value in found.items():
        if name not in FIELDS:
            raise Invalid(
                "unknown_field", f"There is no such field; there are {', '.join(FIELDS)}.", field=name
            )
        if not isinstance(value, str):
            raise Invalid("not_text", "Give a text in quotation marks.", field=name)
    if not found.keys() & {"text", "html", "url"}:
        raise Invalid("required", "Give text or html, or a url to fetch.", field="text")
    if "published_on" in found:
        found["published_on"] = _day(found["published_on"])
    return found


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        message = f"“{value[:40]}” is no day; give YYYY-MM-DD."
        raise Invalid("bad_day", message, field="published_on") from None
