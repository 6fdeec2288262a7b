from tests.extraction.reading import texts_of


def test_each_of_two_elected_is_a_claim():
    assert texts_of("Jane Roe of Ohio and John Doe of Texas were elected.") == [
        "Jane Roe of Ohio was elected.",
        "John Doe of Texas was elected.",
    ]


def test_what_takes_both_stays_together():
    assert texts_of("Jane Roe and John Doe were married in Ohio.") == [
        "Jane Roe and John Doe were married in Ohio."
    ]


def test_the_number_of_a_named_group_is_kept():
    found = texts_of("Two men, Tom Roe of Ohio and Ben Doe, were arrested in Texas.")
    assert found == [
        "Two men were arrested in Texas.",
        "Tom Roe of Ohio was arrested in Texas.",
        "Ben Doe was arrested in Texas.",
    ]


def test_those_named_behind_a_group_are_among_it():
    found = texts_of("The other candidates were Jane Roe, Tom Brandt and John Doe.")
    assert "Tom Brandt was among the other candidates." in found
