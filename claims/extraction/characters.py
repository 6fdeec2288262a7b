"""Changes to single characters of a text: what no reader sees, missing spaces, single quotation marks."""

import re
from collections.abc import Iterator
from typing import Final

Change = tuple[int, int, str]  # the stretch of the text, what the reading copy has in its place

_STAGE: Final = (
    r"applause|laughter|laughs?|crosstalk|cross talk|inaudible|unintelligible|cheers?|cheering|booing|boos"
    r"|music|pause|silence|(?:begin|end) (?:video|audio) ?(?:clip|tape)|video clip|phonetic|ph|sic"
    r"|foreign language"
)
# Nobody sees them: soft hyphens (with the line break they made), joiners, marks of direction and order.
_INVISIBLE: Final = re.compile(
    r"\u00ad(?:\r?\n)?|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_SPACE: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NOTE: Final = re.compile(
    r"(?<=\S)(?:\[(?:\d{1,3}|[a-z]|notes? \d+|citation needed|clarification needed|edit)\])+(?!\w)"
)
_NOTED: Final = rf"(?:\[(?:{_STAGE}|\d{{1,2}}:\d\d(?::\d\d)?)\]|\((?:{_STAGE})\))"
_ASIDE: Final = re.compile(rf"(?<=\S)[ \t]*{_NOTED}|{_NOTED}[ \t]+(?=\S)", re.I)


def cleaned(text: str) -> Iterator[Change]:
    """Leave out what no reader sees and footnote marks; every white space within a line is a space."""
    for found in _INVISIBLE.finditer(text):
        yield found.start(), found.end(), ""
    for found in _SPACE.finditer(text):
        yield found.start(), found.end(), " "
    for found in _NOTE.finditer(text):
        yield found.start(), found.end(), ""


# "He left.The ferry sailed": a stop with no space after it. Small letters before, so that "U.S.Steel" stays.
_GLUED: Final = re.compile(
    r"(?<=[a-z0-9)%][.!?])(?=[A-Z][a-z]+[\s,])|(?<=[a-z0-9][.!?][”’])(?=[“‘]?[A-Z])|(?<=[a-z0-9][.!?])(?=[“‘][A-Z])"
)
_ADDRESS: Final = re.compile(r"[/@]|www\.|\.(?:com|org|net|gov|edu|io|co)\b", re.I)
LONGEST_TOKEN: Final = 60


def spaced(text: str) -> Iterator[Change]:
    """Put the missing space after a full stop, not inside an address."""
    for found in _GLUED.finditer(text):
        at = found.start()
        before = text[max(0, at - LONGEST_TOKEN) : at].rsplit(None, 1)[-1]
        after = text[at : at + LONGEST_TOKEN].split(None, 1)[0]
        if not _ADDRESS.search(before + after):
            yield at, at, " "


_QUOTE: Final = re.compile("''|[\"“”'‘’\n\r]")
_NO_QUOTATION: Final = re.compile(r"\d\ds?\b|(?:tis|twas|til|em|cause|n|round|bout)\b", re.I)
SHORTEST_QUOTED: Final = 3


def quoted(text: str) -> Iterator[Change]:
    """Make double marks of single ones that open and close a quotation, told from apostrophes by their place.

    Inside double marks single ones stay. A quotation of many paragraphs opens each, and closes once.
    """
    opened, double = -1, False
    for found in _QUOTE.finditer(text):
        at, mark = found.start(), found.group()
        if mark in "\n\r":
            if opened >= 0 and _goes_on(text, opened, at):
                yield opened, opened + 1, "“"
            opened, double = -1, False
        elif mark == "''":
            double = not double
            yield at, at + 2, '"'
        elif mark in '"“”':
            double = mark == "“" or (mark == '"' and not double)
        elif double:
            continue
        elif opened < 0 and mark != "’" and _may_open(text, at):
            opened = at
        elif opened >= 0 and mark != "‘" and at - opened > SHORTEST_QUOTED and _may_close(text, at):
            yield opened, opened + 1, "“"
            yield at, at + 1, "”"
            opened = -1


def _may_open(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 8]
    return not before.isalnum() and after[:1].isalnum() and not _NO_QUOTATION.match(after)


def _may_close(text: str, at: int) -> bool:
    """ "Workers' rights" is no end of a quotation, "the workers'." may be one."""
    before, after = text[at - 1], text[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    return before not in "sS" or not after or not text[at + 1 : at + 3].strip().isalpha()


def _goes_on(text: str, opened: int, line_end: int) -> bool:
    """Whether a quotation that opened its line is opened anew on the next."""
    if opened and text[opened - 1] not in "\n\r ":
        return False
    following = text[line_end : line_end + 10].lstrip()
    return following[:1] == text[opened]


def asides(text: str) -> Iterator[Change]:
    """Leave out what a transcript notes inside a line: "(APPLAUSE)", "[00:12:03]"."""
    for found in _ASIDE.finditer(text):
        yield found.start(), found.end(), ""
