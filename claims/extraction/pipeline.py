"""The chain: each step takes the draft and returns a fuller one. `STEPS` is the order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from claims.extraction.attribution import Framing, ParsedUnit, Speaker, find_framing, find_speakers
from claims.extraction.casing import titled
from claims.extraction.composition import Composed, compose, is_ahead, with_date
from claims.extraction.dates import Passage, TimeExpression, find_times
from claims.extraction.language import (
    ENGLISH_SHARE,
    FOREIGN_SHARE,
    bounded_memory,
    is_english,
    is_foreign,
    parse,
)
from claims.extraction.paragraphs import Block, find_blocks
from claims.extraction.pieces import Proposition
from claims.extraction.propositions import find_propositions
from claims.extraction.quotations import Unit
from claims.extraction.reading_copy import ReadingCopy, reading_copy
from claims.extraction.references import resolve_references
from claims.extraction.repairs import repair
from claims.extraction.reports import Attribution, find_attributions
from claims.extraction.sentences import Sentence, split_sentences
from claims.extraction.substitutions import References
from claims.extraction.tenses import tense_in
from claims.extraction.tree import build_tree
from claims.extraction.turns import find_turns
from claims.extraction.units import find_units
from claims.extraction.values import Document, ExtractedClaim, Extraction, SkippedSentence, SkipReason

VERSION: Final = "3"
# No writer's sentence is so long; what is done to a sentence may take the square of its length.
LONGEST_SENTENCE: Final = 2_000  # characters
REPORT_EVERY: Final = 64  # units between two calls of `progress`

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of the article so far; each step fills in its own field. Units are parallel to
    `parsed`."""

    document: Document
    progress: Progress
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    passed_over: Mapping[int, SkipReason] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    parsed: tuple[ParsedUnit, ...] = ()
    framing: Framing = field(default_factory=lambda: Framing((), ()))
    speakers: tuple[Speaker | None, ...] = ()
    references: References = field(default_factory=lambda: References({}, {}, frozenset(), {}, {}, {}))
    propositions: tuple[tuple[Proposition, ...], ...] = ()
    times: tuple[tuple[TimeExpression, ...], ...] = ()
    composed: tuple[Composed, ...] = ()


Step = Callable[[Draft], Draft]


def _into_blocks(draft: Draft) -> Draft:
    text = draft.document.text
    return replace(draft, blocks=find_turns(text, find_blocks(text, draft.document.title)))


def _into_sentences(draft: Draft) -> Draft:
    """Sentences of all blocks; those of furniture, headings and other languages are passed over."""
    text = draft.document.text
    prose = " ".join(text[b.start : b.end] for b in draft.blocks if b.kind == "prose")[:20_000]
    english = is_english(prose)
    if english is None:
        english = draft.document.language.lower()[:2] in ("en", "")
    sentences: list[Sentence] = []
    passed_over: dict[int, SkipReason] = {}
    for number, block in enumerate(draft.blocks):
        reason = _pass_over(text, block, english)
        own = block.body if block.body < block.end else block.start
        for i, sentence in enumerate(split_sentences(text, own, block.end, number)):
            if reason is not None:
                passed_over[len(sentences)] = reason
            elif sentence.end - sentence.start > LONGEST_SENTENCE:
                passed_over[len(sentences)] = "fragment"
            sentences.append(replace(sentence, start=block.start) if i == 0 else sentence)
    return replace(draft, sentences=tuple(sentences), passed_over=passed_over)


def _pass_over(text: str, block: Block, english: bool) -> SkipReason | None:
    here = is_english(text[block.start : block.end], least=FOREIGN_SHARE if english else ENGLISH_SHARE)
    if here is False or (here is None and not english):
        return "language"
    if block.turn is not None and block.turn.asks:
        return "question"
    return None if block.kind == "prose" else "furniture"


def _into_units(draft: Draft) -> Draft:
    """What is parsed; a sentence with words of another language in it, or in a quotation of it, is not."""
    text = draft.document.text
    units = find_units(text, draft.blocks, draft.sentences, draft.passed_over)
    foreign: dict[int, SkipReason] = {
        u.sentence: "language" for u in units if not u.names_speaker and is_foreign(text[u.start : u.end])
    }
    return replace(
        draft,
        units=tuple(u for u in units if u.sentence not in foreign),
        passed_over={**draft.passed_over, **foreign},
    )


def _parse(draft: Draft) -> Draft:
    text = draft.document.text
    parsed: list[ParsedUnit] = []
    paragraphs: dict[int, int] = {}
    words = (text[u.start : u.end] for u in draft.units)
    docs = parse(titled(w) if u.names_speaker else w for u, w in zip(draft.units, words, strict=True))
    for begun in range(0, len(draft.units), REPORT_EVERY):
        draft.progress(begun, len(draft.units))
        units = draft.units[begun : begun + REPORT_EVERY]
        for unit, doc in zip(units, islice(docs, len(units)), strict=True):
            tree = build_tree(doc, unit.start, unit.end)
            block = paragraphs.setdefault(draft.sentences[unit.sentence].block, len(paragraphs))
            parsed.append(ParsedUnit(unit, tree, unit.sentence, block))
    repair([u.tree for u in parsed])
    draft.progress(len(parsed), len(draft.units))
    return replace(draft, parsed=tuple(parsed))


def _attribute(draft: Draft) -> Draft:
    framing = find_framing(draft.document.text, draft.parsed)
    named = {u.unit.turn: u.tree.words for u in draft.parsed if u.unit.names_speaker}
    speakers = tuple(
        speaker if u.unit.turn is None else named.get(u.unit.turn)
        for u, speaker in zip(draft.parsed, find_speakers(framing.owners), strict=True)
    )
    return replace(draft, framing=framing, speakers=speakers)


def _resolve(draft: Draft) -> Draft:
    return replace(draft, references=resolve_references(draft.parsed, draft.speakers, draft.document.title))


def _date(draft: Draft) -> Draft:
    text, day = draft.document.text, draft.document.published_on
    passages = (
        Passage(text[u.unit.start : u.unit.end], u.unit.start, tense_in(u.tree), u.quoted)
        for u in draft.parsed
    )
    return replace(draft, times=find_times(passages, day))


def _divide(draft: Draft) -> Draft:
    spoken = {u.sentence for u in draft.parsed if u.quoted}
    propositions = tuple(
        ()
        if u.unit.names_speaker
        else find_propositions(u.tree, framing=not u.quoted and u.sentence in spoken)
        for u in draft.parsed
    )
    return replace(draft, propositions=propositions)


def _compose(draft: Draft) -> Draft:
    text = draft.document.text
    composed = tuple(
        compose(
            text,
            draft.sentences[unit.sentence],
            unit,
            draft.propositions[i],
            draft.speakers[i],
            draft.references,
            draft.times[i],
            draft.document.published_on,
        )
        for i, unit in enumerate(draft.parsed)
    )
    return replace(draft, composed=composed)


def _share_dates(draft: Draft) -> Draft:
    """What happened in a sentence with a single day or month happened then; its year may be told too."""
    values: dict[int, set[str]] = {}
    for unit, times in zip(draft.parsed, draft.times, strict=True):
        values.setdefault(unit.sentence, set()).update(t.when for t in times if t.when)
    composed = []
    for unit, found in zip(draft.parsed, draft.composed, strict=True):
        told = values[unit.sentence]
        finest = max(told, key=len, default="")
        when = finest if all(finest.startswith(coarser) for coarser in told) else ""
        past = len(when) >= len("2000-01") and not is_ahead(when, draft.document.published_on)
        composed.append(with_date(found, when) if past else found)
    return replace(draft, composed=tuple(composed))


STEPS: Final[tuple[Step, ...]] = (
    _into_blocks,
    _into_sentences,
    _into_units,
    _parse,
    _attribute,
    _resolve,
    _date,
    _divide,
    _compose,
    _share_dates,
)


def extract(document: Document, *, progress: Progress | None = None) -> Extraction:
    """The article's claims, and why each other sentence gave none; reads nothing but `document`.

    `progress(done, total)` is called a few times while the text is parsed.
    """
    with bounded_memory():
        copy = reading_copy(document.text)
        draft = Draft(replace(document, text=copy.text), progress or (lambda done, total: None))
        for step in STEPS:
            draft = step(draft)
    return copy.restored(_account(draft))


def attributed(document: Document) -> tuple[ReadingCopy, Draft]:
    """The article read up to its speakers, and the copy of its text whose offsets that speaks of."""
    copy = reading_copy(document.text)
    draft = Draft(replace(document, text=copy.text), lambda done, total: None)
    for step in STEPS[: STEPS.index(_attribute) + 1]:
        draft = step(draft)
    return copy, draft


def attributions_in(document: Document) -> tuple[Attribution, ...]:
    """Who says or thinks what in the article; every line of prose counts, whether or not it gives claims."""
    copy, draft = attributed(document)
    found = find_attributions(copy.text, draft.parsed, draft.framing)
    return tuple(
        replace(a, source=copy.spans(a.source), cue=copy.spans(a.cue), content=copy.spans(a.content))
        for a in found
    )


def _account(draft: Draft) -> Extraction:
    """Each sentence once: with its claims, or with the reason why it has none."""
    text = draft.document.text
    claims: dict[int, list[ExtractedClaim]] = {}
    reasons: dict[int, SkipReason] = dict(draft.passed_over)
    for unit, composed in zip(draft.parsed, draft.composed, strict=True):
        claims.setdefault(unit.sentence, []).extend(composed.claims)
        if composed.skip is not None and reasons.get(unit.sentence, "fragment") == "fragment":
            reasons[unit.sentence] = composed.skip
    said: set[str] = set()
    kept: list[ExtractedClaim] = []
    skipped: list[SkippedSentence] = []
    for number, sentence in enumerate(draft.sentences):
        new = {
            c.text.casefold(): c for c in reversed(claims.get(number, ())) if c.text.casefold() not in said
        }
        said.update(new)
        kept += reversed(new.values())
        if not new:
            verbatim = text[sentence.start : sentence.end]
            skipped.append(
                SkippedSentence(verbatim, sentence.start, sentence.end, reasons.get(number, "fragment"))
            )
    return Extraction(tuple(kept), tuple(skipped), VERSION)
