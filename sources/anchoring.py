"""Quotes and their place in a text, kept so that the place is found again when the text changes around it.

The selector is the one of the W3C Web Annotation model: the exact words, and some before and after.
Pure. Offsets are in characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTEXT = 48  # characters before and after

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SINGLE = "'\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'
_TOKEN = re.compile(rf"\s*(?:\.\.\.|…|[{re.escape(_DASHES)}]+)\s*|\s+|[{_SINGLE}]{{2}}|.", re.S)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote with its surroundings and its place when it was taken."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def anchor(text: str, start: int, end: int) -> Anchor:
    """The selector of text[start:end]. Raises ValueError where that is empty or outside."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no quote from {start} to {end} in a text of {len(text)} characters")
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(exact=text[start:end], prefix=prefix, suffix=suffix, start=start, end=end)


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Where the quote stands, None where it does not; of several places the one that fits its surroundings.

    White space, the style of quotation marks, dashes and dots, and the space around these make no difference.
    """
    exact = exact.strip()
    if not exact:
        return None
    places = [match.span() for match in re.finditer(re.escape(exact), text)]
    if not places:
        places = [_trimmed(match) for match in re.finditer(_tolerant(exact), text)]
    if not places:
        return None
    return max(places, key=lambda place: _fit(text, place, prefix, suffix))


def _tolerant(exact: str) -> str:
    return "".join(_either(token) for token in _TOKEN.findall(exact))


def _either(token: str) -> str:
    """The pattern of all ways to write a piece of a quote."""
    mark = token.strip()
    if not mark:
        return r"\s+"
    if mark in ("...", "…"):
        return r"\s*(?:\.\.\.|…)\s*"
    if mark[0] in _DASHES:
        return rf"\s*[{re.escape(_DASHES)}]+\s*"
    if mark in _DOUBLE or len(mark) == 2:
        return rf"(?:[{_DOUBLE}]|[{_SINGLE}]{{2}})"
    return f"[{_SINGLE}]" if mark in _SINGLE else re.escape(mark)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    found, start = match.group(), match.start()
    return start + len(found) - len(found.lstrip()), start + len(found.rstrip())


def _fit(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many characters around a place agree with the ones remembered."""
    start, end = place
    before, after = _folded(text[:start][-2 * CONTEXT :]), _folded(text[end : end + 2 * CONTEXT])
    return _common(before[::-1], _folded(prefix)[::-1]) + _common(after, _folded(suffix))


def _folded(text: str) -> str:
    """White space and quote style put aside, the edges kept."""
    text = re.sub(f"[{_DOUBLE}]", '"', re.sub(f"[{_SINGLE}]", "'", text))
    return re.sub(r"\s+", " ", text)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
