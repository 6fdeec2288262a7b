from itertools import pairwise

import pytest

from claims.extraction.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, 0, len(text), 0)]


def test_full_stops_part_sentences():
    assert split("It rained. The river rose! Did it flood? No.") == [
        "It rained.",
        "The river rose!",
        "Did it flood?",
        "No.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Novak met Gov. J. B. Stone at 5 p.m. on Jan. 3 in Ohio.",
        "The U.S. Senate voted on the bill.",
        "Prices rose 3.5 percent in one year.",
        "Smith et al. found no effect.",
    ],
)
def test_dots_inside_a_sentence_part_nothing(text):
    assert split(text) == [text]


def test_an_abbreviation_may_end_a_sentence():
    assert split("She moved to the U.S. The firm stayed.") == ["She moved to the U.S.", "The firm stayed."]


def test_a_question_in_quotation_marks_keeps_its_frame():
    text = '"Who paid for the trip?" the mayor asked.'
    assert split(text) == [text]


def test_a_title_before_the_speaker_does_not_hide_the_frame():
    text = '"She is wrong!" Mr. Stone wrote on Monday.'
    assert split(text) == [text]


def test_a_quotation_that_ends_its_sentence_is_parted_from_the_next():
    assert split('He said: "We won." The crowd left.') == ['He said: "We won."', "The crowd left."]


def test_a_caption_run_into_its_paragraph_is_parted():
    assert split("Anna Novak of the Green List In the north of the city, turnout fell.") == [
        "Anna Novak of the Green List",
        "In the north of the city, turnout fell.",
    ]


def test_nothing_but_space_lies_between_sentences():
    text = " One came.  Two left… Three stayed.\u00a0"
    parts = split_sentences(text, 0, len(text), 0)
    rest = "".join(text[a.end : b.start] for a, b in pairwise(parts))
    assert rest.strip() == ""
