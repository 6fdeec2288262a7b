from datetime import date

import pytest

from claims.extraction.dates import Passage, TimeExpression, find_times
from claims.extraction.meanings import Tense

DAY = date(2024, 5, 15)  # a Wednesday


def times(
    *texts: str, tense: Tense = "past", day: date | None = DAY, quoted: bool = False
) -> list[TimeExpression]:
    """The time expressions of the texts, one told after the other."""
    passages = [Passage(text, 0, lambda _: tense, quoted) for text in texts]
    return [time for found in find_times(passages, day) for time in found]


def whens(text: str, tense: Tense = "past", day: date | None = DAY) -> list[str | None]:
    return [t.when for t in times(text, tense=tense, day=day)]


def values(text: str, tense: Tense = "past") -> list[str]:
    return [t.value for t in times(text, tense=tense)]


def last(*texts: str) -> TimeExpression:
    return times(*texts)[-1]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("on June 28, 2019", "2019-06-28"),
        ("on 28 June 2019", "2019-06-28"),
        ("on the 28th of June 2019", "2019-06-28"),
        ("2019-06-28", "2019-06-28"),
        ("2019-06-28T09:00", "2019-06-28"),
        ("13/06/2019", "2019-06-13"),
        ("in June 2019", "2019-06"),
        ("in 2021", "2021"),
        ("in fiscal 2021", "2021"),
        ("in nineteen ninety-four", "1994"),
        ("since mid-1996", "1996"),
        ("the 1990s", "1990/1999"),
        ("the early '90s", "1990/1999"),
        ("the 19th century", "1800/1899"),
        ("in 2015-16", "2015/2016"),
        ("the first quarter of 2019", "2019-01/2019-03"),
        ("Q3 2019", "2019-07/2019-09"),
        ("the first half of 2019", "2019-01/2019-06"),
        ("the summer of 2016", "2016-06/2016-08"),
        ("Sept. 19-22, 2016", "2016-09-19/2016-09-22"),
        ("on Christmas Eve 2019", "2019-12-24"),
        ("the attacks of 9/11", "2001-09-11"),
    ],
)
def test_what_names_its_year_needs_no_day_of_publication(text, when):
    assert whens(text, day=None) == [when]


@pytest.mark.parametrize(
    ("text", "tense", "when"),
    [
        ("in August", "past", "2023-08"),
        ("in August", "future", "2024-08"),
        ("in May", "future", "2024-05"),
        ("last August", "past", "2023-08"),
        ("in October of next year", "future", "2025-10"),
        ("on March 3", "past", "2024-03-03"),
        ("on March 3", "future", "2025-03-03"),
        ("on Monday", "past", "2024-05-13"),
        ("on Monday", "future", "2024-05-20"),
        ("on Monday", "present", "2024-05-20"),
        ("last Wednesday", "past", "2024-05-08"),
        ("next Wednesday", "past", "2024-05-22"),
        ("Tuesday night", "past", "2024-05-14"),
        ("yesterday", "past", "2024-05-14"),
        ("tomorrow", "future", "2024-05-16"),
        ("last year", "past", "2023"),
        ("next month", "future", "2024-06"),
        ("last week", "past", "2024-05-06/2024-05-12"),
        ("over the weekend", "past", "2024-05-11/2024-05-12"),
        ("last winter", "past", "2023-12/2024-02"),
        ("three years ago", "past", "2021"),
        ("ten days ago", "past", "2024-05-05"),
        ("a decade ago", "past", "2014"),
        ("over the past 30 days", "past", "2024-04-15/2024-05-15"),
        ("the first-quarter loss", "past", "2024-01/2024-03"),
        ("the fourth quarter", "past", "2023-10/2023-12"),
        ("by the end of the year", "future", "2024"),
        ("on Thanksgiving", "past", "2023-11-23"),
    ],
)
def test_what_does_not_is_read_from_the_day_of_publication(text, tense, when):
    assert whens(text, tense) == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("shut until Monday", "2024-05-20"),
        ("until 9 a.m. Monday", "2024-05-20"),
        ("as early as Monday", "2024-05-20"),
        ("the first rise since June", "2023-06"),
    ],
)
def test_a_word_before_a_date_tells_its_direction_better_than_the_clause(text, when):
    tense: Tense = "future" if "since" in text else "past"
    assert whens(text, tense) == [when]


def test_a_day_a_few_weeks_ahead_is_meant_rather_than_one_most_of_a_year_ago():
    assert whens("It set a June 10 deadline.") == ["2024-06-10"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for three years", "P3Y"),
        ("two and a half years", "P2Y6M"),
        ("about 5 1/2 hours", "PT5H30M"),
        ("a two-hour talk", "PT2H"),
        ("for several weeks", "PXW"),
        ("twenty-one days", "P21D"),
        ("a couple of decades", "P20Y"),
        ("each month", "P1M"),
        ("every other year", "P2Y"),
        ("every Friday", "XXXX-WXX-5"),
        ("each July", "XXXX-07"),
        ("every spring", "XXXX-SP"),
        ("on Mondays", "XXXX-WXX-1"),
        ("the annual fair", "P1Y"),
        ("it is now", "PRESENT_REF"),
        ("it was recently", "PAST_REF"),
        ("in the near future", "FUTURE_REF"),
    ],
)
def test_lengths_repeated_times_and_vague_references_are_no_point_in_time(text, value):
    (found,) = times(text)
    assert (found.value, found.when, found.replacement) == (value, None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("last week", "2024-W19"),
        ("over the weekend", "2024-W19-WE"),
        ("in the third quarter of 2019", "2019-Q3"),
        ("the spring of 2019", "2019-SP"),
        ("the 1980s", "198"),
        ("Tuesday night", "2024-05-14TNI"),
        ("at 9 a.m. EST on Tuesday", "2024-05-14T09:00"),
        ("Tuesday at 4:30 p.m.", "2024-05-14T16:30"),
        ("noon Tuesday", "2024-05-14T12:00"),
        ("18:00 UTC yesterday", "2024-05-14T18:00Z"),
        ("03/04/2010", "2010-03-04"),
    ],
)
def test_values_are_timex3(text, value):
    assert values(text) == [value]


def test_of_two_small_numbers_only_the_year_is_sure():
    assert whens("03/04/2010") == ["2010"]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("between 2001 and 2005", "2001/2005"),
        ("from June to September 2019", "2019-06/2019-09"),
        ("from November to January 2019", "2018-11/2019-01"),
        ("from May 3 to May 5, 2019", "2019-05-03/2019-05-05"),
    ],
)
def test_both_ends_of_a_range_mean_the_whole_of_it(text, when):
    assert whens(text) == [when, when]


@pytest.mark.parametrize(
    ("before", "text", "when"),
    [
        ("He fell on March 3, 2019.", "He died the next day.", "2019-03-04"),
        ("He fell on March 3, 2019.", "Earlier that day he rode.", "2019-03-03"),
        ("He fell on March 3, 2019.", "Two days later he died.", "2019-03-05"),
        ("He fell on March 3, 2019.", "The following Monday he died.", "2019-03-04"),
        ("He fell on March 3, 2019.", "He rested later in the day.", "2019-03-03"),
        ("He fell in 2019.", "The following year he died.", "2020"),
        ("He fell in June 2019.", "That year he wed.", "2019"),
        (
            "Sales fell in the third quarter of 2019.",
            "They were 9 percent a year earlier.",
            "2018-07/2018-09",
        ),
        ("Sales fell in the third quarter of 2019.", "She joined a year ago.", "2023"),
        ("Sales fell in the third quarter of 2019.", "The quarter was dry.", "2019-07/2019-09"),
    ],
)
def test_the_story_goes_on_from_the_date_told_last(before, text, when):
    assert last(before, text).when == when


def test_a_comparison_does_not_move_the_story():
    assert (
        last("Sales fell in 2019.", "They were higher two years earlier.", "That year it rained.").when
        == "2019"
    )


def test_the_next_day_of_nothing_told_is_unknown():
    assert times("He died the next day, two days later.")[0].when is None


def test_today_in_a_quotation_is_the_day_told_just_before():
    assert [t.when for t in times("yesterday", "in the game today", quoted=True)][-1] == "2024-05-14"


@pytest.mark.parametrize(
    "text",
    [
        "she may go",
        "it will march on",
        "the March on the capital",
        "2,000 people",
        "1128 votes",
        "on June 31",
        "two thousand people",
        "a quarter of them",
        "the French Quarter",
        "Jan Novak",
        "a 33-year-old driver",
        "one day he will",
        "on Super Tuesday",
        "he watched This Morning",
        "Ida Christmas",
        "the first May rally",
    ],
)
def test_what_is_no_date_is_none(text):
    assert times(text) == []


def test_an_impossible_day_tells_its_year_at_most():
    assert whens("on June 31, 2019") == ["2019"]


def test_without_a_day_of_publication_relative_times_stay_unknown():
    assert times("yesterday and on Monday", day=None) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on Monday", "Monday, May 13, 2024"),
        ("on Monday night", "Monday night, May 13, 2024"),
        ("yesterday", "on May 14, 2024"),
        ("this morning", "on the morning of May 15, 2024"),
        ("last year", "in 2023"),
        ("in August", "August 2023"),
        ("earlier this month", "in May 2024"),
        ("the end of March", "March 2024"),
        ("in early April", "April 2024"),
        ("on March 3", "March 3, 2024"),
        ("last week", "in the week of May 6, 2024"),
        ("over the weekend", "on the weekend of May 11, 2024"),
        ("two weeks ago", "in the week of April 29, 2024"),
        ("the first quarter", "the first quarter of 2024"),
        ("last winter", "in the winter of 2023-24"),
        ("9 a.m. Monday", "9 a.m. Monday, May 13, 2024"),
        ("about two years ago", None),
        ("a decade ago", None),
        ("in June 2019", None),
    ],
)
def test_a_date_is_written_so_that_it_stands_alone(text, words):
    (found,) = times(text)
    assert found.replacement == words


def test_a_day_told_twice_is_written_out_once():
    first, second = times("on Monday (May 13)")
    assert (first.replacement, second.replacement) == (None, "May 13, 2024")


def test_offsets_are_the_article_s():
    ((found,),) = find_times([Passage("in 2021", 500, lambda _: "past")], None)
    assert (found.start, found.end) == (503, 507)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_s_ends_break_nothing(day):
    text = "on Monday, last year, in two decades, 90 years ago, next week, in December, last winter"
    assert times(text, tense="future", day=day)
