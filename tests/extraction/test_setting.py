import pytest

from tests.extraction.reading import texts_of

TEXT = "The Alpine Cheese Festival opened in Bern on Saturday. Hundreds of visitors tasted local cheese."


def test_a_claim_that_names_nothing_takes_the_event_of_title_and_lead():
    assert texts_of(TEXT, title="Alpine Cheese Festival draws crowds")[-1] == (
        "Hundreds of visitors tasted local cheese at the Alpine Cheese Festival."
    )


def test_an_event_the_title_does_not_name_is_not_added():
    assert texts_of(TEXT, title="Prices rise in Bern")[-1] == "Hundreds of visitors tasted local cheese."


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        (
            "Maria Lopez sold 200 wheels of cheese.",
            "Maria Lopez sold 200 wheels of cheese at the Alpine Cheese Festival.",
        ),
        (
            "Maria Lopez sold 200 wheels of cheese in Zurich.",
            "Maria Lopez sold 200 wheels of cheese in Zurich.",
        ),
        ("Maria Lopez was a professor of chemistry.", "Maria Lopez was a professor of chemistry."),
        ("Maria Lopez makes 200 wheels of cheese.", "Maria Lopez makes 200 wheels of cheese."),
    ],
)
def test_what_somebody_did_there_takes_it_but_not_what_was_elsewhere_or_always_so(said, claim):
    text = f"The Alpine Cheese Festival opened in Bern on Saturday. {said}"
    assert texts_of(text, title="Alpine Cheese Festival draws crowds")[-1] == claim
