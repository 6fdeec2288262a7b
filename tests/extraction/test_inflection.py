import pytest

from claims.extraction.inflection import lemma_of_participle, past_tense, third_person


@pytest.mark.parametrize(
    ("lemma", "past"),
    [
        ("go", "went"),
        ("score", "scored"),
        ("carry", "carried"),
        ("play", "played"),
        ("stop", "stopped"),
        ("admit", "admitted"),
        ("look", "looked"),
        ("fix", "fixed"),
        ("begin", "began"),
        ("panic", "panicked"),
    ],
)
def test_the_simple_past(lemma, past):
    assert past_tense(lemma) == past


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("go", "goes"), ("have", "has"), ("be", "is"), ("try", "tries"), ("pass", "passes"), ("say", "says")],
)
def test_the_third_person(lemma, form):
    assert third_person(lemma) == form


def test_a_silent_e_comes_back():
    assert lemma_of_participle("hoping", "hop") == "hope"
    assert lemma_of_participle("hopping", "hop") == "hop"
