"""Step 6: who says what: the frames of each unit, the quotations that belong to them, and so the speakers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.asides import speaker_phrase
from claims.extraction.frames import Frame, find_frames
from claims.extraction.pieces import subject_of
from claims.extraction.quotations import Unit
from claims.extraction.speech import SAYING
from claims.extraction.tree import NOUN_TAGS, Tree, Word

Speaker = tuple[Word, ...]
_NAMING = NOUN_TAGS | {"PRP", "CD", "DT"}


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit with its parse; `sentence` numbers the article's sentences, `block` its paragraphs of prose."""

    unit: Unit
    tree: Tree
    sentence: int
    block: int

    @property
    def quoted(self) -> bool:
        """Whether somebody else's words."""
        return self.unit.quotation is not None


@dataclass(frozen=True, slots=True)
class Framing:
    """Parallel to the units: the frames inside each that is the article's own voice, and the frame that each
    quoted one belongs to, None where nobody is named for it."""

    frames: tuple[tuple[Frame, ...], ...]
    owners: tuple[Frame | None, ...]


def find_framing(text: str, units: Sequence[ParsedUnit]) -> Framing:
    """The frames of the article; a quotation without one in its sentence is the last speaker's nearby."""
    frames = tuple(() if u.quoted else find_frames(u.tree) for u in units)
    owners: list[Frame | None] = []
    owned: dict[int | None, Frame] = {}
    last: tuple[int, Frame] | None = None
    for i, unit in enumerate(units):
        owner = None
        if unit.quoted:
            quotation = unit.unit.quotation
            owner = owned.get(quotation) or _frame_beside(text, units, frames, i)
            if owner is None or not owner.source:
                owner = _before_colon(units, i) or owner
            if owner is None and last is not None and unit.block - last[0] <= 1:
                owner = last[1]
            if owner is not None:
                owned[quotation] = owner
                last = (unit.block, owner)
        else:
            stating = (f for f in reversed(frames[i]) if f.states and not _is_relayed(f))
            last = next(((unit.block, f) for f in stating), last)
        owners.append(owner)
    return Framing(frames, tuple(owners))


def find_speakers(owners: Iterable[Frame | None]) -> tuple[Speaker | None, ...]:
    """For each unit the words that name its speaker; None for the article's own voice or where nobody is
    named."""
    return tuple(_speaker(frame) if frame is not None else None for frame in owners)


def _speaker(frame: Frame) -> Speaker | None:
    head = _named_inside(frame) or _head_of(frame.source)
    if head is None or head.tag not in _NAMING:
        return None
    return speaker_phrase(head)


def _head_of(words: Sequence[Word]) -> Word | None:
    inside = set(words)
    return next((w for w in words if w.head not in inside or w.head is w), None)


def _named_inside(frame: Frame) -> Word | None:
    """ "“…,” Roe said, according to the Star": the words are Roe's."""
    said = _head_of(frame.content) if frame.shape == "according" else None
    if said is None or said.lemma not in SAYING or said.child("ccomp", "dobj") is not None:
        return None
    return subject_of(said)


def _is_relayed(frame: Frame) -> bool:
    """ "…, as reported by the Star"."""
    marks = frame.cue[0].all("mark")
    return frame.cue[0].tag == "VBN" and any(m.lower == "as" for m in marks)


def _frame_beside(
    text: str, units: Sequence[ParsedUnit], frames: Sequence[tuple[Frame, ...]], i: int
) -> Frame | None:
    """The frame in the sentence of the quotation's first unit, `i`, or of its last."""
    last = i
    while last + 1 < len(units) and units[last + 1].unit.quotation == units[i].unit.quotation:
        last += 1
    if i and frames[i - 1] and _began_before(text, units[i - 1], units[i]):
        return frames[i - 1][-1]
    after = _next_frame(units, frames, last) or _next_frame(units, frames, i)
    before = _previous_frame(units, frames, i)
    complete = text[units[last].unit.start : units[last].unit.end].endswith(".")
    return (before or after) if complete else (after or before)


def _before_colon(units: Sequence[ParsedUnit], i: int) -> Frame | None:
    """ "Then Jane Roe is shown lecturing: “…”": whom the words before the colon name."""
    before = units[i - 1] if i else None
    if before is None or before.quoted or before.sentence != units[i].sentence:
        return None
    root = next(iter(before.tree.roots), None)
    subject = subject_of(root) if root is not None else None
    if root is None or subject is None or before.tree.words[-1].text != ":":
        return None
    named = next((w for w in (subject, *subject.all("appos")) if w.entity == "PERSON"), None)
    return Frame((root,), (named,), (), "bare") if named is not None else None


def _began_before(text: str, before: ParsedUnit, unit: ParsedUnit) -> bool:
    """Whether the quotation was opened inside the sentence before."""
    between = text[before.unit.end : unit.unit.start]
    same = before.sentence == unit.sentence or before.block != unit.block
    return not same and not any(mark in between for mark in "\"“'")


def _next_frame(units: Sequence[ParsedUnit], frames: Sequence[tuple[Frame, ...]], i: int) -> Frame | None:
    """After the unit in its sentence; one without content of its own comes first."""
    for j in range(i + 1, len(units)):
        if units[j].sentence != units[i].sentence:
            break
        if frames[j]:
            return next((f for f in frames[j] if not f.content), frames[j][0])
    return None


def _previous_frame(units: Sequence[ParsedUnit], frames: Sequence[tuple[Frame, ...]], i: int) -> Frame | None:
    for j in range(i - 1, -1, -1):
        if units[j].sentence != units[i].sentence:
            break
        if frames[j]:
            return next((f for f in reversed(frames[j]) if not f.content), frames[j][-1])
    return None
