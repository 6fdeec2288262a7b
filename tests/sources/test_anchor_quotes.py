"""Finding a quote in a text, and again after the text has changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.anchoring import anchor, find

TEXT = "The pier is shut. Ruiz said: “It’s old – and it isn’t safe …” They agreed. The pier is shut for now."


def test_an_anchor_holds_the_words_and_their_surroundings() -> None:
    start = TEXT.index("Ruiz")
    found = anchor(TEXT, start, start + 9)
    assert (found.exact, found.prefix, found.suffix[:3]) == ("Ruiz said", "The pier is shut. ", ": “")
    assert (found.start, found.end) == (start, start + 9)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4), (0, len(TEXT) + 1)])
def test_an_empty_or_outside_place_has_no_anchor(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no quote"):
        anchor(TEXT, start, end)


@pytest.mark.parametrize(
    "quote",
    [
        "“It’s old – and it isn’t safe …”",
        "\"It's old - and it isn't safe ...\"",
        "  It’s old\n—  and it isn't  safe… ",
        "''It's old--and",
    ],
)
def test_white_space_and_the_style_of_marks_make_no_difference(quote: str) -> None:
    found = find(TEXT, quote)
    assert found is not None
    assert "old – and" in TEXT[slice(*found)]


@pytest.mark.parametrize("quote", ["", "  ", "The pier is open", "the pier is shut", "old and it isn’t safe"])
def test_other_words_are_not_found(quote: str) -> None:
    assert find(TEXT, quote) is None


def test_of_several_places_the_one_with_the_same_surroundings_is_found() -> None:
    second = TEXT.rindex("The pier")
    assert find(TEXT, "The pier is shut", suffix=" for now") == (second, second + 16)
    assert find(TEXT, "The pier is shut", prefix="They  agreed. ") == (second, second + 16)
    assert find(TEXT, "The pier is shut") == (0, 16)


def test_a_place_holds_no_white_space_at_its_ends() -> None:
    found = find("He left  — she stayed …  And so on.", "- she stayed...")
    assert found == (9, 23)


def test_patterns_in_a_quote_are_just_words() -> None:
    assert find("cost (in $): 3.5 [sic] or 3x5", "(in $): 3.5 [sic]") == (5, 22)
    assert find("cost 3x5", "3.5") is None


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=80), st.data())
def test_every_anchor_is_found_where_it_was_made_or_at_its_twin(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    made = anchor(text, start, data.draw(st.integers(start + 1, len(text))))
    found = find(text, made.exact, made.prefix, made.suffix)
    if made.exact.strip():
        assert found is not None
        assert text[slice(*found)] == made.exact.strip()
