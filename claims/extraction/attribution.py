"""Step 6: who says what stands in quotation marks: the frame's subject, else the last speaker nearby."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.asides import speaker_phrase
from claims.extraction.pieces import subject_of
from claims.extraction.quotations import Unit
from claims.extraction.speech import QUOTING
from claims.extraction.tree import NOUN_TAGS, Tree, Word
from claims.extraction.wordset import word_set

Speaker = tuple[Word, ...]


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


def find_speakers(units: Sequence[ParsedUnit]) -> tuple[Speaker | None, ...]:
    """For each unit the words that name its speaker; None for the article's own voice or where nobody is
    named."""
    frames = [() if u.quoted else _frame_speakers(u.tree) for u in units]
    framed = _framed_quotations(units, frames)
    speakers: list[Speaker | None] = []
    last: tuple[int, Speaker] | None = None
    for i, unit in enumerate(units):
        if not unit.quoted:
            speakers.append(None)
            announced = _announces(unit.tree)
            if frames[i] and _beside_quotation(units, i):
                last = (unit.block, frames[i][-1])
            elif announced:
                last = (unit.block, announced)
            continue
        quotation = unit.unit.quotation
        speaker = framed.get(quotation) or _own_frame(units, frames, i)
        if speaker is None and last is not None and unit.block - last[0] <= 1:
            speaker = last[1]
        if speaker is not None:
            last = (unit.block, speaker)
        speakers.append(speaker)
    return tuple(speakers)


def _framed_quotations(
    units: Sequence[ParsedUnit], frames: Sequence[tuple[Speaker, ...]]
) -> dict[int | None, Speaker]:
    """A quotation of many sentences has one speaker, named with its last sentence or its first."""
    found: dict[int | None, Speaker] = {}
    for i, unit in enumerate(units):
        if unit.quoted and unit.unit.quotation not in found:
            speaker = _own_frame(units, frames, i)
            if speaker is not None:
                found[unit.unit.quotation] = speaker
    return found


def _beside_quotation(units: Sequence[ParsedUnit], i: int) -> bool:
    """Whether a quotation stands in the same sentence or opens right after."""
    beside = [units[j] for j in (i - 1, i + 1) if 0 <= j < len(units)]
    return any(
        u.quoted and (u.sentence == units[i].sentence or u.block - units[i].block in (0, 1)) for u in beside
    )


def _own_frame(units: Sequence[ParsedUnit], frames: Sequence[tuple[Speaker, ...]], i: int) -> Speaker | None:
    """The speaker in the frame after the quotation, else before it, within the sentence."""
    sentence = units[i].sentence
    for j in range(i + 1, len(units)):
        if units[j].sentence != sentence:
            break
        if frames[j]:
            return frames[j][0]
    for j in range(i - 1, -1, -1):
        if units[j].sentence != sentence:
            break
        if frames[j]:
            return frames[j][-1]
    return None


def _frame_speakers(tree: Tree) -> tuple[Speaker, ...]:
    """The subjects of the unit's verbs of saying, in text order; "according to" names one too."""
    found = []
    for word in tree.words:
        if word.tag.startswith("VB") and word.lemma in QUOTING and word.dep not in ("amod", "compound"):
            subject = _subject(word)
            if subject:
                found.append(subject)
        elif word.lower == "words" and word.dep == "pobj" and (of := word.child("prep")) is not None:
            source = of.child("pobj")
            if source is not None:
                found.append(speaker_phrase(source))
        elif word.lower == "according":
            to = word.child("prep")
            source = (to or word).child("pobj")
            if source is not None:
                found.append(speaker_phrase(source))
    return tuple(found)


_STATEMENTS = word_set("statement comment remark speech letter email interview tweet message")


def _announces(tree: Tree) -> Speaker:
    """The subject of "issued a statement": a quotation that follows without a frame is theirs."""
    for root in tree.roots:
        if root.tag.startswith("VB") and any(c.lemma in _STATEMENTS for c in root.all("dobj")):
            return _subject(root)
    return ()


_NAMING = NOUN_TAGS | {"PRP", "CD", "DT"}


def _subject(verb: Word) -> Speaker:
    subject = subject_of(verb)
    if subject is None and verb.dep in ("conj", "advcl", "xcomp", "ccomp", "pcomp"):
        above = next((a for a in verb.ancestors() if subject_of(a) is not None), None)
        subject = subject_of(above) if above is not None else None
    if subject is None or subject.dep == "expl":
        subject = next(
            (c for c in verb.children if c.i > verb.i and c.tag in NOUN_TAGS and c.dep in ("dobj", "attr")),
            None,
        )
    if subject is None and verb.head.tag in NOUN_TAGS and verb.dep in ("acl", "relcl"):
        subject = verb.head
    if subject is None or subject.tag not in _NAMING:
        return ()
    return speaker_phrase(subject)
