"""A quote in a later text of its source: still there, in another place, reworded, or gone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.anchoring import MOST_PLACES, Anchor, anchor, find, places
from sources.reanchoring import LEAST_ALIKE, Found, Place, reanchor
from tests.sources.quote_pairs import COST, LEAD, PAIRS, PIER, TAIL, Pair


def anchored(text: str, quote: str) -> Anchor:
    start = text.index(quote)
    return anchor(text, start, start + len(quote))


def looked_for(pair: Pair) -> Place:
    return reanchor(pair.text_now, anchored(pair.text_then, pair.quote))


@pytest.mark.parametrize("name", PAIRS)
def test_a_quote_is_the_same_only_where_it_says_the_same(name: str) -> None:
    assert looked_for(PAIRS[name]).found == PAIRS[name].found


def test_what_stands_in_its_place_is_shown() -> None:
    place = looked_for(PAIRS["a clause put in"])
    now = PAIRS["a clause put in"].text_now
    assert (
        now[place.start : place.end]
        == "The board voted, after a long debate, to close the east pier until the end of May"
    )
    place = looked_for(PAIRS["a number changed"])
    assert "4.6 million" in PAIRS["a number changed"].text_now[place.start : place.end]


def test_the_threshold_lies_between_those_that_count_and_those_that_do_not() -> None:
    reworded = [looked_for(pair).likeness for pair in PAIRS.values() if pair.found == "reworded"]
    assert min(reworded) > LEAST_ALIKE + 0.05
    replaced = [
        looked_for(PAIRS[name]).likeness for name in ("on the same matter", "same words, other sense")
    ]
    assert max(replaced) < LEAST_ALIKE - 0.05


def test_of_two_the_one_with_the_old_surroundings_is_taken() -> None:
    was = anchored(f"{LEAD} {PIER} {TAIL}", PIER)
    now = f"Summary. {PIER} More below. {LEAD} {PIER} {TAIL}"
    assert reanchor(now, was) == Place(Found.MOVED, now.rindex(PIER), now.rindex(PIER) + len(PIER), 1.0)


def test_a_quote_cut_within_a_word_is_found_cut_again() -> None:
    was = anchored(f"{LEAD} {COST} {TAIL}", "epair of the brid")
    assert reanchor(f"{COST} {TAIL}", was).found == Found.MOVED


@pytest.mark.parametrize("text", ["", " ", "x", "pier"])
def test_in_next_to_nothing_a_quote_is_gone(text: str) -> None:
    assert reanchor(text, anchored(PIER, PIER)).found == Found.GONE


def test_a_few_words_are_not_known_again_in_others() -> None:
    assert reanchor("Pier closed now.", anchored("Pier is closed now.", "Pier is closed")).found == Found.GONE


# Each a megabyte: no spaces, only spaces, one thing over and over, scripts whose case changes the length.
PAGES = {
    "no spaces": "thecouncilvotedtocloseit" * 41_000,
    "one letter": "a" * 1_000_000,
    "one word": "pier " * 200_000,
    "white space": " " * 1_000_000,
    "dashes": "- " * 500_000,
    "quotation marks": "'" * 1_000_000,
    "negations": "n't " * 250_000,
    "numbers": "1," * 500_000,
    "the quote almost": f"{PIER[:-5]} " * 18_000,
    "dotted capitals": "İ" * 1_000_000,
}
QUOTES = {
    "a sentence": PIER,
    "as long as can be": ("The board voted to close the east pier. " * 130)[:5_000],
    "one letter": "a" * 4_999 + "b",
    "dashes": "- - - - -x",
}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_takes_long(page: str) -> None:
    start = time.process_time()
    for quote in QUOTES.values():
        reanchor(PAGES[page], Anchor(quote, "before it ", " after it", 0, len(quote)))
    # Measured: 0.5 s at most for one look; this is a bound on growth, not a race.
    assert time.process_time() - start < 20


def test_places_are_counted_up_to_a_bound() -> None:
    assert len(places("pier " * 5_000, "pier")) == MOST_PLACES
    assert find("pier " * 5_000, "pier") == (0, 4)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_text_gives_an_answer_within_it(text: str, quote: str, prefix: str, suffix: str) -> None:
    place = reanchor(text, Anchor(quote, prefix, suffix, 0, len(quote)))
    if place.start is not None and place.end is not None:
        assert 0 <= place.start < place.end <= len(text)
    else:
        assert place.found == Found.GONE
