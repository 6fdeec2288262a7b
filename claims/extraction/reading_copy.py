"""Before step 1: a copy of the text that reads as prose, and the way back to the places in the text.

Invisible characters and footnote marks are left out, wrapped lines joined, quotation marks made telling and
capitals set as in a sentence. All steps read the copy; what they find is told in offsets of the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.casing import uncapitalised
from claims.extraction.characters import Change, asides, cleaned, quoted, spaced
from claims.extraction.list_items import completed
from claims.extraction.values import Edit, ExtractedClaim, Extraction
from claims.extraction.wrapping import joined

# In this order: wrapped lines show only without invisible characters, quotations only in joined lines.
# The last is the only one that puts words in.
PASSES: Final[tuple[Callable[[str], Iterable[Change]], ...]] = (
    cleaned,
    joined,
    asides,
    spaced,
    quoted,
    uncapitalised,
    completed,
)


@dataclass(frozen=True, slots=True)
class Pass:
    """Where one pass changed its text: offsets before (`start`, `end`) and after (`new_start`, `new_end`)."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    new_start: tuple[int, ...]
    new_end: tuple[int, ...]

    def back(self, offset: int, *, after: bool) -> int:
        """The offset before the pass. What was left out right there comes before the answer where `after`."""
        at = bisect_right(self.new_start, offset if after else offset - 1) - 1
        if at < 0:
            return offset
        if offset >= self.new_end[at]:
            return self.end[at] + offset - self.new_end[at]
        same = self.end[at] - self.start[at] == self.new_end[at] - self.new_start[at]
        if same:
            return self.start[at] + offset - self.new_start[at]
        return self.start[at] if after else self.end[at]


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """`text` is what the steps read of `original`."""

    original: str
    text: str
    passes: tuple[Pass, ...]

    def back(self, offset: int, *, after: bool) -> int:
        """The offset in the original of an offset in the copy; see `Pass.back`."""
        for made in reversed(self.passes):
            offset = made.back(offset, after=after)
        return offset

    def restored(self, extraction: Extraction) -> Extraction:
        """The same extraction in offsets and words of the original."""
        if not self.passes:
            return extraction
        return replace(
            extraction,
            claims=tuple(self._claim(c) for c in extraction.claims),
            skipped=tuple(
                replace(s, sentence=self.original[start:end], start=start, end=end)
                for s in extraction.skipped
                for start, end in [self._sentence(s.start, s.end)]
            ),
        )

    def spans(self, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Spans of the copy in offsets of the original."""
        return tuple((self.back(start, after=True), self.back(end, after=False)) for start, end in spans)

    def _claim(self, claim: ExtractedClaim) -> ExtractedClaim:
        start, end = self._sentence(claim.start, claim.end)
        edits = (*self._lead_in(claim), *(self._edit(e) for e in claim.edits))
        return replace(claim, sentence=self.original[start:end], start=start, end=end, edits=edits)

    def _lead_in(self, claim: ExtractedClaim) -> Iterator[Edit]:
        """What was put before the words of a list item, which a claim of it begins with."""
        last = self.passes[-1]
        at = bisect_left(last.new_start, claim.start)
        if at == len(last.new_start) or last.new_end[at] > claim.end:
            return
        text = self.text[last.new_start[at] : last.new_end[at]].rstrip()
        start = self.back(last.new_start[at], after=True)
        source = self.original.rfind(text, 0, start)
        if len(text) > 1 and source >= 0:
            yield Edit(start, start, "", text, source, source + len(text), "lead-in")

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """With what was left out around it, without white space."""
        first = self.back(start, after=start > 0 and not self.text[start - 1].isspace())
        last = self.back(end, after=True)
        while first < last and self.original[first].isspace():
            first += 1
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last

    def _edit(self, edit: Edit) -> Edit:
        start, end = self._span(edit.start, edit.end)
        taken: tuple[int | None, int | None] = (None, None)
        if edit.source_start is not None and edit.source_end is not None:
            taken = self._span(edit.source_start, edit.source_end)
        return replace(
            edit,
            start=start,
            end=end,
            original=self.original[start:end],
            source_start=taken[0],
            source_end=taken[1],
        )

    def _span(self, start: int, end: int) -> tuple[int, int]:
        first = self.back(start, after=True)
        return first, max(first, self.back(end, after=False))


def reading_copy(text: str) -> ReadingCopy:
    """The text after all passes."""
    copy, passes = text, []
    for find in PASSES:
        changes = sorted(find(copy))
        if changes:
            copy, made = _changed(copy, changes)
            passes.append(made)
    return ReadingCopy(text, copy, tuple(passes))


def _changed(text: str, changes: list[Change]) -> tuple[str, Pass]:
    parts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    at = length = 0
    for start, end, replacement in changes:
        length += start - at
        parts += (text[at:start], replacement)
        places.append((start, end, length, length + len(replacement)))
        length += len(replacement)
        at = end
    parts.append(text[at:])
    starts, ends, new_starts, new_ends = zip(*places, strict=True)
    return "".join(parts), Pass(starts, ends, new_starts, new_ends)
