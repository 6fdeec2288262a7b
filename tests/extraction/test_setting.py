from tests.extraction.reading import texts_of

TEXT = "The Alpine Cheese Festival opened in Bern on Saturday. Hundreds of visitors tasted cheese."


def test_a_claim_that_names_nothing_takes_the_event_of_title_and_lead():
    assert texts_of(TEXT, title="Alpine Cheese Festival draws crowds")[-1] == (
        "Hundreds of visitors tasted cheese at the Alpine Cheese Festival."
    )


def test_an_event_the_title_does_not_name_is_not_added():
    assert texts_of(TEXT, title="Prices rise in Bern")[-1] == "Hundreds of visitors tasted cheese."


def test_a_claim_with_a_name_of_its_own_stays_as_it_is():
    text = "The Alpine Cheese Festival opened in Bern on Saturday. Maria Lopez sold 200 wheels of cheese."
    assert (
        texts_of(text, title="Alpine Cheese Festival draws crowds")[-1]
        == "Maria Lopez sold 200 wheels of cheese."
    )
