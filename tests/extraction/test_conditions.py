import pytest

from tests.extraction.reading import texts_of


@pytest.mark.parametrize(
    "sentence",
    [
        "The clerk had no right to refuse the form merely because the stamp was blurred.",
        "A decision is expected before the two ministers meet in Oslo.",
        "Oskar Lind gathered 189,000 signatures, about 40,000 more than needed.",
    ],
)
def test_what_limits_a_clause_stays_with_it(sentence):
    assert texts_of(sentence) == [sentence]
