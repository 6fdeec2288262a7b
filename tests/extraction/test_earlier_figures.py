import pytest

from tests.extraction.reading import texts_of


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "The plant supplies 11 percent of Norway's power, down from 17 percent in 2015.",
            [
                "The plant supplies 11 percent of Norway's power.",
                "The plant supplied 17 percent of Norway's power in 2015.",
            ],
        ),
        (
            "The average wait was 41 days, up from 22 in 2015.",
            ["The average wait was 41 days.", "The average wait was 22 days in 2015."],
        ),
        (
            "Unemployment fell to 4.2 percent, down from 5 percent in 2015.",
            ["Unemployment fell to 4.2 percent.", "Unemployment was 5 percent in 2015."],
        ),
    ],
)
def test_the_figure_of_an_earlier_time_is_a_claim_of_its_own(sentence, claims):
    assert texts_of(sentence) == claims


def test_an_earlier_figure_of_no_time_stays_where_it_is():
    sentence = "The plant supplies 11 percent of Norway's power, down from 17 percent."
    assert texts_of(sentence) == [sentence]
