"""Step 3: quotations by the direction of their marks, and each sentence cut into quotation and frame.

The parser reads a quotation and its frame apart: `"We will go," she said` is no English clause.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.sentences import Sentence
from claims.extraction.speech import SPEECH_FORMS

_MARK = re.compile("[\"“”„«»]|``|''")
_SINGLE = re.compile("['‘’]")
_WORD = re.compile(r"\w[\w'’-]*")
# "WASHINGTON, Aug. 24 (AP) —" before the first sentence.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’ -]+[A-Z]\b|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?)"
    r"(?:,\s[\w.'’]+(?: [\w.'’]+){0,2}){0,3},?\s*"
    r"(?:\([A-Z][\w .]{1,20}\)\s*)?(?:—|–|--)\s+(?=[\"“A-Z])"
)
_SEMICOLON = re.compile(r";\s+")
_BEFORE = ",:;—–-(.!?…"
_STOPS = ",.?!…;—–-"
# A quotation open for longer than this many characters is a missing mark, not a quotation.
LONGEST_QUOTATION = 4_000
SHORTEST_PART = 4  # words on either side of a semicolon for it to part two clauses


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks (marks excluded); `start` is after the opening mark."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one sentence to be parsed by itself; `quotation` numbers the quotation it lies in.

    `turn` numbers the turn whose words they are; with no quotation the unit is the name of its speaker.
    """

    start: int
    end: int
    sentence: int
    quotation: int | None
    turn: int | None = None

    @property
    def names_speaker(self) -> bool:
        """Whether the unit is a name before somebody's words and no sentence."""
        return self.turn is not None and self.quotation is None


def find_quotations(text: str, start: int, end: int, *, open_before: bool = False) -> tuple[Quotation, ...]:
    """Quotations of one block. One that is not closed runs to the end of the block.

    `open_before`: the block before ended in an open quotation, which may go on here without a mark.
    """
    if _MARK.search(text, start, end) is None and not open_before:
        return _single_quotations(text, start, end)
    found: list[Quotation] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is not None and mark.start() - opened > LONGEST_QUOTATION:
            opened = None
        if _opens(text, mark, start, end):
            if opened is None or mark.group() in "“„«":
                opened = mark.end()
        elif opened is None and open_before and not found:
            found.append(Quotation(start, mark.start(), closed=True))
        elif opened is not None:
            found.append(Quotation(opened, mark.start(), closed=True))
            opened = None
    if opened is not None and end - opened <= LONGEST_QUOTATION:
        found.append(Quotation(opened, end, closed=False))
    return tuple(found)


def _single_quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """‘We will stay,’ she said: single marks count where a sentence or clause ends inside them; elsewhere
    they are apostrophes or set off a word."""
    found: list[Quotation] = []
    opened: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if (before.isspace() or before in "([{—–") and after.isupper() and mark.group() != "’":
            opened = mark.end()
        elif opened is not None and before in ",.?!…—" and not after.isalnum() and mark.group() != "‘":
            if mark.start() - opened <= LONGEST_QUOTATION:
                found.append(Quotation(opened, mark.start(), closed=True))
            opened = None
    return tuple(found)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    left_free = before.isspace() or before in "([{—–-/'‘"
    if mark.group() in "”»":
        return False
    if mark.group() in "„«":
        return True
    if mark.group() == "“":
        return left_free or not after.isspace()
    return left_free and not after.isspace()


def cut_units(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> tuple[Unit, ...]:
    """The units of one block in text order; a quotation that is part of its sentence's grammar stays in
    it."""
    starts = [q.start for q in quotations]
    opening = _DATELINE.match(text, sentences[0].start, sentences[0].end) if sentences else None
    units: list[Unit] = []
    for number, sentence in enumerate(sentences):
        first = max(0, bisect_right(starts, sentence.start) - 1)
        spoken = [
            (i, max(q.start, sentence.start), min(q.end, sentence.end))
            for i, q in enumerate(quotations[first:], start=first)
            if q.start < sentence.end and q.end > sentence.start
        ]
        at, after_quotation = sentence.start, False
        if opening is not None and number == 0:
            at = opening.end()
        for i, begin, end in spoken:
            if not _stands_alone(text, quotations[i], sentence, (begin, end), after_quotation):
                continue
            units += _parts(text, at, _before_mark(text, begin, at), number, None)
            units += _parts(text, begin, end, number, i)
            at, after_quotation = _after_mark(text, end), True
        units += _parts(text, at, sentence.end, number, None)
    return tuple(units)


def _before_mark(text: str, begin: int, at: int) -> int:
    while begin > at and text[begin - 1] in "\"“„«`'‘":
        begin -= 1
    return begin


def _after_mark(text: str, end: int) -> int:
    return end + 2 if text.startswith(("''", "``"), end) else end + 1


def _stands_alone(
    text: str, quotation: Quotation, sentence: Sentence, span: tuple[int, int], after_quotation: bool
) -> bool:
    begin, end = span
    if quotation.start < sentence.start or not quotation.closed:
        return True
    inner = text[begin:end].strip()
    if len(_WORD.findall(inner)) < 3:
        return False
    head = text[sentence.start : quotation.start].rstrip().rstrip("\"“„«`'‘").rstrip()
    tail = text[end + 1 : sentence.end].lstrip("\"”»'’ ")
    words = head.split()
    left = not head or head[-1] in _BEFORE or words[-1].lower() in SPEECH_FORMS
    right = inner[-1] in _STOPS or not tail or tail[0] in _STOPS
    upper = inner.lstrip("[('‘…. ")[:1]
    return left and right and (not upper.islower() or after_quotation)


def _parts(text: str, start: int, end: int, sentence: int, quotation: int | None) -> list[Unit]:
    """The stretch without the marks and spaces around it, parted at semicolons between clauses."""
    units, begin = [], start
    for semicolon in _SEMICOLON.finditer(text, start, end):
        left = len(_WORD.findall(text[begin : semicolon.start()]))
        right = len(_WORD.findall(text[semicolon.end() : min(end, semicolon.end() + 80)]))
        if left >= SHORTEST_PART <= right:
            units.append((begin, semicolon.start()))
            begin = semicolon.end()
    units.append((begin, end))
    trimmed = [_trim(text, a, b) for a, b in units]
    return [Unit(a, b, sentence, quotation) for a, b in trimmed if a < b]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in '"”“»«,;—–'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”«»,;—–'):
        end -= 1
    if text[start:end].startswith("(") and text[start:end].rstrip(".").endswith(")"):
        inner = text[start + 1 : end].rstrip(".")[:-1]
        if "(" not in inner:
            start, end = start + 1, start + 1 + len(inner)
    if not any(ch.isalnum() for ch in text[start:end]):
        return start, start
    return start, end
