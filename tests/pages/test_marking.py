"""Cutting texts up for showing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claims.marking import paragraphs, rewritten, segments
from claims.models import Appearance, Claim

places = st.tuples(st.integers(0, 60), st.integers(1, 30))


def appearance(start: int, end: int, state: str = "new", pk: int = 1) -> Appearance:
    return Appearance(claim=Claim(pk=pk, state=state), start=start, end=end)


def skip(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "reason": "opinion"}


@given(st.text(max_size=60), st.lists(places), st.lists(places))
def test_segments_are_the_whole_text_whatever_overlaps(
    text: str, claimed: list[tuple[int, int]], skipped: list[tuple[int, int]]
) -> None:
    parts = segments(text, [appearance(s, s + n) for s, n in claimed], [skip(s, s + n) for s, n in skipped])
    assert "".join(part.text for part in parts) == text
    assert all(text[part.start : part.end] == part.text for part in parts)
    for part in parts:
        covering = {(s, s + n) for s, n in claimed if s <= part.start and part.end <= s + n}
        assert {(a.start, a.end) for a in part.appearances} == covering


@given(st.text(alphabet="ab \n", max_size=40))
def test_paragraphs_keep_every_word_at_its_place(text: str) -> None:
    for line in paragraphs(segments(text, [appearance(3, 9)], [])):
        for part in line:
            assert text[part.start : part.end] == part.text
            assert "\n" not in part.text


@given(st.text(max_size=40), st.text(max_size=40))
def test_rewritten_pieces_are_the_whole_text(sentence: str, text: str) -> None:
    assert "".join(piece.text for piece in rewritten(sentence, text)) == text


def test_the_claim_that_most_needs_a_person_gives_the_look() -> None:
    parts = segments("A bridge fell.", [appearance(0, 14, "published"), appearance(0, 14, "new", 2)], [])
    assert (parts[0].state, parts[0].claim_ids) == ("new", "1 2")


def test_only_new_words_count_as_changed() -> None:
    pieces = rewritten(
        "He said it rained in Paris on Friday.", "Mr Falk said it rained in Paris on 28 June 2019."
    )
    assert [piece.text for piece in pieces if piece.changed] == ["Mr Falk", "28 June 2019"]
