import pytest

from tests.extraction.reading import claims_of, texts_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The bridge, which opened in 1931, carries 40,000 cars a day.",
            ["The bridge opened in 1931.", "The bridge carries 40,000 cars a day."],
        ),
        (
            "The plan, which the council adopted in 2019, failed in court.",
            ["The council adopted the plan in 2019.", "The plan failed in court."],
        ),
        (
            "Maria Lopez, a former judge, was appointed to the board.",
            ["Maria Lopez is a former judge.", "Maria Lopez was appointed to the board."],
        ),
        (
            "The museum, built in 1902, reopened after the flood.",
            ["The museum was built in 1902.", "The museum reopened after the flood."],
        ),
        (
            "The minister left the meeting early, citing poor health.",
            ["The minister left the meeting early.", "The minister cited poor health."],
        ),
    ],
)
def test_what_is_said_in_passing_is_a_claim_of_its_own(sentence, expected):
    assert texts_of(sentence) == expected


def test_a_clause_that_tells_which_is_meant_stays_with_its_noun():
    sentence = "The officials want a treaty that includes China."
    assert texts_of(sentence) == [sentence]


def test_a_result_stays_with_what_caused_it():
    sentence = "The roof collapsed, killing six people."
    assert texts_of(sentence) == [sentence]


def test_a_clause_is_not_said_of_a_noun_it_does_not_agree_with():
    assert not any(
        text.startswith("The threat live")
        for text in texts_of("The threat to people, who live there, is small.")
    )


def test_an_age_is_a_claim_of_its_own():
    assert texts_of("Joel Brandt, 39, drove from Ohio and joined the march.") == [
        "Joel Brandt is 39 years old.",
        "Joel Brandt drove from Ohio.",
        "Joel Brandt joined the march.",
    ]


def test_the_object_of_an_infinitive_in_a_relative_clause():
    assert "Brandt hopes to win over Rosa Ortega." in texts_of(
        "The council endorsed Rosa Ortega, whom Brandt hopes to win over."
    )


def test_an_apposition_with_also():
    assert "Rosa Ortega is also a candidate for mayor." in texts_of(
        "Rosa Ortega, also a candidate for mayor, opened a bridge on Monday."
    )


def test_an_aside_in_what_somebody_says_is_the_articles():
    claims = claims_of(
        "Police said Rosa Ortega, who won 40 medals for Harlow, crashed into a bridge in Oslo."
    )
    assert {c.text: c.claimant for c in claims} == {
        "Rosa Ortega won 40 medals for Harlow.": None,
        "Rosa Ortega crashed into a bridge in Oslo.": "Police",
    }


def test_a_list_of_people_is_no_row_of_appositions():
    texts = texts_of("All the people she named, the mayor, the vice mayor, Jane Roe, built a bridge in Oslo.")
    assert not any(" the vice mayor." in t for t in texts)
