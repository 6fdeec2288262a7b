import pytest

from tests.extraction.reading import claims_of, texts_of


@pytest.mark.parametrize(
    "sentence",
    [
        "Despite loud complaints from farmers, the council approved the budget.",
        "In addition to a new tax on sugar, the council approved the budget.",
        "Unlike the parliament of Zembara, the council approved the budget.",
        "The council approved the budget, including a new tax on sugar.",
        "The council approved the budget, despite loud complaints from farmers.",
    ],
)
def test_what_stands_beside_a_complete_clause_is_left_out(sentence):
    assert texts_of(sentence) == ["The council approved the budget."]


def test_a_number_beside_a_clause_is_kept():
    sentence = "The council approved the budget, including a tax of 4 percent."
    assert texts_of(sentence) == [sentence]


def test_a_list_that_goes_on_is_not_broken_up():
    (text,) = texts_of("The museum bought many works, including a portrait, and a map of Oslo.")
    assert "including" in text


def test_what_came_of_an_event_is_left_out():
    assert texts_of("The bridge collapsed on Monday, leaving many drivers to wonder about the others.") == [
        "The bridge collapsed on Monday, May 13, 2024."
    ]


def test_victims_of_an_event_are_kept():
    sentence = "The bridge collapsed in Oslo, injuring seven people."
    assert texts_of(sentence) == [sentence]


def test_what_an_event_made_of_its_subject_is_a_claim():
    assert texts_of("The Harlow Party won 90 seats, making it the largest party in parliament.") == [
        "The Harlow Party won 90 seats.",
        "The Harlow Party was the largest party in parliament.",
    ]


def test_an_act_told_beside_another_is_a_claim_of_its_own():
    texts = [
        c.text for c in claims_of("The firm apologized on Monday, putting out a statement about the leak.")
    ]
    assert "The firm put out a statement about the leak." in texts


@pytest.mark.parametrize("label", ["(D-Ohio)", "(R-Fla.)", "(I-N.Y.)"])
def test_party_and_state_in_brackets_are_left_out(label):
    assert texts_of(f"Sen. Jane Roe {label} has endorsed Rosa Ortega.") == [
        "Sen. Jane Roe has endorsed Rosa Ortega."
    ]


def test_other_brackets_stay():
    (text,) = texts_of("Jane Roe (the mayor of Oslo) has endorsed Rosa Ortega.")
    assert "mayor" in text


def test_how_many_a_subject_has_is_a_claim_of_its_own():
    assert texts_of("The Harlow League grew in 2023, with 6,000 members in ten states.") == [
        "The Harlow League grew in 2023.",
        "The Harlow League had 6,000 members in ten states.",
    ]
