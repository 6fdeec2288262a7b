"""Step 4: what is parsed by itself: the sentences of each block cut into quotations and frames, and the names
before somebody's words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from claims.extraction.paragraphs import Block
from claims.extraction.quotations import Quotation, Unit, cut_units, find_quotations
from claims.extraction.sentences import Sentence

_MARKS = "\"“«„'‘"


def find_units(
    text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], without: Mapping[int, object]
) -> tuple[Unit, ...]:
    """The units of all sentences but those numbered in `without`, in text order."""
    return tuple(_units(text, blocks, sentences, without))


def _units(
    text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], without: Mapping[int, object]
) -> Iterator[Unit]:
    used = 0  # quotations numbered so far
    open_before, last_turn = False, None
    read = [n for n in range(len(sentences)) if n not in without]
    for number, group in groupby(read, key=lambda n: sentences[n].block):
        numbers, block = list(group), blocks[number]
        turn = block.turn.number if block.turn is not None else None
        if block.turn is not None and block.turn.name is not None and turn != last_turn:
            start, end = block.turn.name
            yield Unit(start, end, numbers[0], None, turn)
        speech = turn is not None and text[block.body] not in _MARKS
        quotations = (
            (Quotation(block.body, block.end, closed=False),)
            if speech
            else find_quotations(text, block.body, block.end, open_before=open_before)
        )
        goes_on = turn == last_turn if speech else open_before and _begins_quoted(block, quotations)
        used -= goes_on and used > 0
        own = [replace(sentences[n], start=max(sentences[n].start, block.body)) for n in numbers]
        for unit in cut_units(text, own, quotations):
            quotation = None if unit.quotation is None else unit.quotation + used
            whose = None if quotation is None else turn
            yield replace(unit, sentence=numbers[unit.sentence], quotation=quotation, turn=whose)
        used += len(quotations)
        open_before = not speech and bool(quotations) and not quotations[-1].closed
        last_turn = turn


def _begins_quoted(block: Block, quotations: Sequence[Quotation]) -> bool:
    """Whether the block goes on with the quotation that the block before left open."""
    return bool(quotations) and quotations[0].start <= block.body + 1
