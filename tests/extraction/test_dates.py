from datetime import date

import pytest

from claims.extraction.dates import find_times

DAY = date(2024, 5, 15)  # a Wednesday


def values(text: str, tense: str = "past", day: date | None = DAY) -> list[str]:
    return [t.value for t in find_times(text, 0, day, lambda _: tense)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on June 28, 2019", "2019-06-28"),
        ("on 28 June 2019", "2019-06-28"),
        ("2019-06-28", "2019-06-28"),
        ("in June 2019", "2019-06"),
        ("in 2021", "2021"),
        ("the 1990s", "1990/1999"),
        ("between 2001 and 2005", "2001/2005"),
        ("the first quarter of 2019", "2019-01/2019-03"),
        ("the summer of 2016", "2016-06/2016-08"),
        ("Sept. 19-22, 2016", "2016-09-19/2016-09-22"),
    ],
)
def test_what_names_its_year_needs_no_day_of_publication(text, value):
    assert values(text, day=None) == [value]


@pytest.mark.parametrize(
    ("text", "tense", "value"),
    [
        ("in August", "past", "2023-08"),
        ("in August", "future", "2024-08"),
        ("on March 3", "past", "2024-03-03"),
        ("on March 3", "future", "2025-03-03"),
        ("on Monday", "past", "2024-05-13"),
        ("on Monday", "future", "2024-05-20"),
        ("yesterday", "past", "2024-05-14"),
        ("tomorrow", "future", "2024-05-16"),
        ("last year", "past", "2023"),
        ("next month", "future", "2024-06"),
        ("last week", "past", "2024-05-06/2024-05-12"),
        ("three years ago", "past", "2021"),
        ("over the past 30 days", "past", "2024-04-15/2024-05-15"),
    ],
)
def test_what_does_not_is_read_from_the_day_of_publication(text, tense, value):
    assert values(text, tense) == [value]


@pytest.mark.parametrize(
    "text", ["she may go", "it will march on", "2,000 people", "1128 votes", "on June 31, 2019"]
)
def test_what_is_no_date_is_none(text):
    assert values(text) == []


def test_without_a_day_of_publication_relative_times_stay_unknown():
    assert values("yesterday and on Monday", day=None) == []


def test_a_date_is_written_so_that_it_stands_alone():
    (found,) = find_times("on Monday", 0, DAY, lambda _: "past")
    assert found.replacement == "Monday, May 13, 2024"


def test_a_day_told_twice_is_written_out_once():
    first, second = find_times("on Monday (May 13)", 0, DAY, lambda _: "past")
    assert (first.replacement, second.replacement) == (None, "May 13, 2024")


def test_offsets_are_the_article_s():
    (found,) = find_times("in 2021", 500, None, lambda _: "past")
    assert (found.start, found.end) == (503, 507)
