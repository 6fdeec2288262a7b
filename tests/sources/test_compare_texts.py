"""Two texts compared word by word, for a person to read."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.differences import MOST_SHOWN, Kind, difference

OLD = "The board voted to close the east pier. It stays shut until May, the clerk said."
NEW = "The board voted on Monday to close the pier. It stays shut until June, the clerk said."


def of(kind: Kind, old: str, new: str) -> list[str]:
    return [piece.text.strip() for piece in difference(old, new).pieces if piece.kind == kind]


def side(old: str, new: str, left_out: Kind) -> str:
    return "".join(piece.text for piece in difference(old, new).pieces if piece.kind != left_out)


def test_words_taken_out_and_put_in() -> None:
    assert of(Kind.DELETED, OLD, NEW) == ["east", "May"]
    assert of(Kind.INSERTED, OLD, NEW) == ["on Monday", "June"]


def test_the_same_text_has_no_difference() -> None:
    assert difference(OLD, OLD).none
    assert difference(OLD, f"  {OLD.replace(' It', chr(10) + 'It')}").none
    assert difference("", "").none


def test_what_is_added_at_the_end_is_all_that_shows() -> None:
    assert of(Kind.INSERTED, OLD, f"{OLD} Corrected on Friday.") == ["Corrected on Friday."]
    assert of(Kind.DELETED, OLD, f"{OLD} Corrected on Friday.") == []


def test_a_lone_comma_between_two_changes_is_part_of_them() -> None:
    assert of(Kind.INSERTED, "He saw red, green boats.", "He saw blue, white boats.") == ["blue, white"]


def test_unchanged_text_is_folded() -> None:
    filler = " ".join(f"Item {n} was put off again." for n in range(200))
    pieces = difference(f"{OLD} {filler} The end is near.", f"{NEW} {filler} The end is far.").pieces
    folded = [piece.text for piece in pieces if piece.kind == Kind.FOLDED]
    assert len(folded) == 1
    assert re.fullmatch(r"[\d,]+ characters unchanged", folded[0])
    assert sum(len(piece.text) for piece in pieces) < 800


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab .,\n", max_size=120), st.text(alphabet="ab .,\n", max_size=120))
def test_each_side_can_be_read_out_of_it(old: str, new: str) -> None:
    assert "".join(side(old, new, Kind.INSERTED).split()) == "".join(old.split())
    assert "".join(side(old, new, Kind.DELETED).split()) == "".join(new.split())


HUGE = {
    "no spaces": "a" * 1_000_000,
    "words": "pier " * 200_000,
    "lines": "\n".join(str(n) for n in range(150_000)),
    "sentences": ". ".join(str(n % 977) for n in range(200_000)),
    "dots": ". " * 500_000,
}


@pytest.mark.parametrize("old", HUGE)
@pytest.mark.parametrize("new", HUGE)
def test_huge_texts_are_compared_in_bounded_time_and_length(old: str, new: str) -> None:
    start = time.process_time()
    found = difference(HUGE[old], HUGE[new][::-1])
    assert sum(len(piece.text) for piece in found.pieces) <= MOST_SHOWN
    assert time.process_time() - start < 20
