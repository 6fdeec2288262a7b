"""Cutting a text into the pieces of words an encoder knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.wordpiece import CLOSING, LONGEST, MARKS, OPENING, UNKNOWN, Pieces

KNOWN = [*MARKS, "tax", "##es", "cafe", "rose", "3", ".", "9", "'", "s", "a"]


def named(text: str) -> list[str]:
    return [KNOWN[number] for number in Pieces(KNOWN).numbers(text)][1:-1]


def test_the_longest_piece_comes_first_and_the_rest_is_continued() -> None:
    assert named("Taxes rose") == ["tax", "##es", "rose"]


def test_accents_capitals_and_curly_marks_are_made_plain() -> None:
    assert named("CAF\u00c9\u2019s") == ["cafe", "'", "s"]


def test_a_mark_within_a_number_stands_alone() -> None:
    assert named("3.9") == ["3", ".", "9"]


def test_a_word_with_a_part_that_is_not_known_is_unknown_as_a_whole() -> None:
    assert Pieces(KNOWN).numbers("taxi") == [OPENING, UNKNOWN, CLOSING]


@pytest.mark.parametrize("text", ["a " * 5000, "a" * 1_000_000, " " * 1_000_000])
def test_a_long_text_is_cut(text: str) -> None:
    numbers = Pieces(KNOWN).numbers(text)
    assert len(numbers) <= LONGEST
    assert (numbers[0], numbers[-1]) == (OPENING, CLOSING)


@given(st.text())
def test_any_text_gives_known_numbers(text: str) -> None:
    assert set(Pieces(KNOWN).numbers(text)) <= set(range(len(KNOWN)))
