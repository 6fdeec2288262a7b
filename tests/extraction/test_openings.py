import pytest

from claims.extraction.openings import bullet_before, is_time, time_before
from tests.extraction.reading import read, texts_of


@pytest.mark.parametrize(
    "line",
    ["10:42 am", "10.42 GMT", "Updated at 11.02 BST", "14:05", "[00:12:03]", "9:40 p.m.", "3 hours ago"],
)
def test_the_time_of_a_post_stands_alone(line):
    assert is_time(line)


@pytest.mark.parametrize("line", ["10 people left.", "2019", "At 10:42 am the bridge fell.", "3.5 percent"])
def test_other_numbers_are_no_time(line):
    assert not is_time(line)


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("10:42 am: The bridge fell.", "10:42 am: "),
        ("10.31am – The bridge fell.", "10.31am – "),
        ("[14:05] The bridge fell.", "[14:05] "),
        ("10.5 percent of voters left.", ""),
        ("7 Days is a paper.", ""),
    ],
)
def test_the_time_before_a_post_is_cut_off(line, before):
    assert line[: time_before(line)] == before


@pytest.mark.parametrize(
    ("line", "mark"),
    [("• One", "• "), ("12. One", "12. "), ("(b) One", "(b) "), ("2019. One", ""), ("-5 degrees", "")],
)
def test_marks_of_list_items(line, mark):
    assert line[: bullet_before(line)] == mark


def test_posts_of_a_live_blog_give_claims_and_their_times_none():
    text = (
        "Updated at 11.02 GMT\n10.58 GMT\nPower is out in Oslo.\n\n10:42 am: A bridge in Bergen fell in 2019."
    )
    assert texts_of(text) == ["Power is out in Oslo.", "A bridge in Bergen fell in 2019."]
    assert [s.sentence for s in read(text).skipped] == ["Updated at 11.02 GMT", "10.58 GMT"]
