"""Articles whose ideal claims are known, one JSON file each."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from claims.extraction.values import Document, Kind

Value = TypeVar("Value")
# Each group is a list of phrases of which a claim needs one.
Groups = tuple[tuple[str, ...], ...]


class BadGold(Exception):  # noqa: N818 - says what is wrong with a file, as `Refused` does with a request
    """A folder or file that cannot be used: which, which field, and what would be right."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as an ideal extractor would write it.

    `elements` pin the proposition in the sentence's own words, `standalone` is the context that the sentence
    leaves out, `claimants` are the names accepted for who asserts it (none: the article itself). `when` is an
    ISO date, a prefix of one, or a range. `priority` is 2 (to be tracked), 1 (may be), 0 (never required).
    """

    text: str
    sentence: str
    elements: Groups
    standalone: Groups
    claimants: tuple[str, ...]
    when: str | None
    kind: str
    priority: int


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with all its claims, and the lines of it that make none."""

    name: str
    title: str
    published_on: date
    text: str
    claims: tuple[GoldClaim, ...]
    not_claims: tuple[str, ...]

    @property
    def document(self) -> Document:
        """What the extractor is given."""
        return Document(self.text, self.title, self.published_on)


def read_folder(folder: Path) -> tuple[GoldArticle, ...]:
    """The articles of a folder by file name. BadGold where it has none, or one cannot be used."""
    if not folder.is_dir():
        raise BadGold(f"{folder}: there is no such folder.")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise BadGold(f"{folder}: no articles here; each is a file that ends in .json.")
    return tuple(read_article(path) for path in paths)


def read_article(path: Path) -> GoldArticle:
    """One article. BadGold names the file, the field, and what would be right."""
    try:
        return _article(json.loads(path.read_text(encoding="utf-8")), path.stem)
    except json.JSONDecodeError as error:
        raise BadGold(f"{path}, line {error.lineno}: not JSON: {error.msg}.") from error
    except UnicodeDecodeError as error:
        raise BadGold(f"{path}: not UTF-8 text.") from error
    except OSError as error:
        raise BadGold(f"{path}: {error.strerror}.") from error
    except _UnfitError as unfit:
        raise BadGold(f"{path}: {unfit}") from unfit


class _UnfitError(Exception):
    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(f"{field} must be {wanted}.")


def _article(value: Any, name: str) -> GoldArticle:
    raw = _object(value, "the file")
    text = _field(raw, "text", _text)
    claims = _field(raw, "claims", _list)
    return GoldArticle(
        name=name,
        title=_field(raw, "title", _text),
        published_on=_field(raw, "date", _day),
        text=text,
        claims=tuple(_claim(claim, f"claims[{n}]", text) for n, claim in enumerate(claims)),
        not_claims=_field(raw, "not_claims", _texts),
    )


def _claim(value: Any, place: str, article: str) -> GoldClaim:
    raw = _object(value, place)
    sentence = _field(raw, "sentence", _text, place)
    if " ".join(sentence.split()) not in " ".join(article.split()):
        raise _UnfitError(f"{place}.sentence", "in the article's text, word for word")
    return GoldClaim(
        text=_field(raw, "text", _text, place),
        sentence=sentence,
        elements=_field(raw, "elements", _groups, place),
        standalone=_field(raw, "standalone", _groups, place),
        claimants=_field(raw, "claimant", _texts_or_none, place),
        when=_field(raw, "when", _text_or_none, place),
        kind=_field(raw, "kind", _kind, place),
        priority=_field(raw, "priority", _priority, place),
    )


def _field(raw: dict[str, Any], name: str, read: Callable[[Any, str], Value], place: str = "") -> Value:
    field = f"{place}.{name}" if place else name
    if name not in raw:
        raise _UnfitError(field, "there")
    return read(raw[name], field)


def _object(value: Any, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _UnfitError(field, "an object")
    return value


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _UnfitError(field, "a text")
    return value


def _text_or_none(value: Any, field: str) -> str | None:
    return None if value is None else _text(value, field)


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _UnfitError(field, "a list")
    return value


def _texts(value: Any, field: str) -> tuple[str, ...]:
    return tuple(_text(one, f"{field}[{n}]") for n, one in enumerate(_list(value, field)))


def _texts_or_none(value: Any, field: str) -> tuple[str, ...]:
    return () if value is None else _texts(value, field)


def _groups(value: Any, field: str) -> Groups:
    return tuple(_texts(group, f"{field}[{n}]") for n, group in enumerate(_list(value, field)))


def _day(value: Any, field: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _UnfitError(field, "a day, YYYY-MM-DD") from None


def _kind(value: Any, field: str) -> str:
    if value not in get_args(Kind):
        raise _UnfitError(field, f"one of {', '.join(get_args(Kind))}")
    return str(value)


def _priority(value: Any, field: str) -> int:
    if isinstance(value, bool) or value not in (0, 1, 2):
        raise _UnfitError(field, "0, 1 or 2")
    return int(value)
