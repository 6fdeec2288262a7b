import pytest

from tests.extraction.reading import read, texts_of


@pytest.mark.parametrize("said", ["A statement was read out loud.", "Hopes were fading."])
def test_a_few_words_about_something_unnamed_are_no_claim(said):
    extraction = read(f"Jane Roe met voters in Lima. {said}")
    assert [c.text for c in extraction.claims] == ["Jane Roe met voters in Lima."]
    assert extraction.skipped[-1].reason == "ambiguous"


@pytest.mark.parametrize(
    "said",
    [
        "A statement was read out in Lima.",
        "A storm killed 40 people.",
        "Eleven people are dead.",
        "Roe resigned today.",
    ],
)
def test_a_name_or_a_number_is_something_to_look_up(said):
    assert len(texts_of(f"Jane Roe met voters in Lima. {said}")) == 2


def test_what_has_been_named_before_is_said_with_its_name():
    assert texts_of("Jane Roe met voters in Lima. She won the vote.")[-1] == "Jane Roe won the vote."


@pytest.mark.parametrize(
    "said",
    [
        "Ohio could have written such a rule in 2019.",
        "Other areas of Lima belong to Peru.",
    ],
)
def test_what_leans_on_another_sentence_is_no_claim(said):
    extraction = read(f"Jane Roe met voters in Lima. {said}")
    assert [c.text for c in extraction.claims] == ["Jane Roe met voters in Lima."]
    assert extraction.skipped[-1].reason == "ambiguous"


@pytest.mark.parametrize(
    "said",
    [
        "Lima has won such prizes as the Andes Cup.",
        "Lima has no such rule.",
        "Lima bans pets, such as rats and snakes.",
    ],
)
def test_what_says_what_it_compares_with_is_one(said):
    assert texts_of(said) == [said]
