"""Numbers are compared by what they mean."""

import pytest

from claims.language_model.numerals import find_numerals


def values(text: str) -> list[str]:
    return [number.value for number in find_numerals(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,000 people and 1000 more", ["1000", "1000"]),
        ("twenty-three sailors, 23 sailors, Thirty one ships", ["23", "23", "31"]),
        ("$5m, £3bn or 5 million", ["5", "million", "3", "billion", "5", "million"]),
        ("the 75th day, the third one", ["75", "3"]),
        ("two million, half of a dozen", ["2", "million", "half", "dozen"]),
        ("at 9:30, 3.50 euros, 1.0", ["9", "30", "3.5", "1"]),
        ("2019-06-28 to 2020/21", ["2019", "6", "28", "2020", "21"]),
        ("G20 and Covid-19", []),
        ("one of a few", []),
        ("someone often benefits tenfold", []),
        ("three", ["3"]),
        ("", []),
    ],
)
def test_numbers_in_digits_and_in_words(text: str, found: list[str]) -> None:
    assert values(text) == found


def test_places_are_of_the_text() -> None:
    text = "About 1,200 of forty-two."
    assert [text[n.start : n.end] for n in find_numerals(text)] == ["1,200", "forty-two"]
