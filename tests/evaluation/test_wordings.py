import pytest

from claims.evaluation.wordings import (
    has_all,
    opens_with_pronoun,
    plain,
    right_claimant,
    right_time,
    same_sentence,
    without_added_asides,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It’s over” – done", "it s over done"),
        ("They won 5\u20134 at 3.20 p.m.", "they won 5-4 at 3.20 p m"),
        ("well-known  U.S.\tfirm, 12%", "well known u s firm 12%"),
    ],
)
def test_punctuation_counts_only_between_digits(text, found):
    assert plain(text) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("expir", "the treaty is expiring", True),
        ("pact", "the impact", False),
        ("5", "55 people", False),
        ("5", "5.2 metres", False),
        ("5", "5, no more", True),
        ("US", "the use of it", False),
        ("US", "the US army", True),
        ("Iran", "the Iranian army", True),
    ],
)
def test_a_phrase_may_stop_within_a_word_but_no_number_or_short_name(phrase, text, found):
    assert has_all(plain(text), ((phrase,),)) is found


def test_a_phrase_of_every_group_is_needed():
    groups = (("mill",), ("sold", "sale"))
    assert has_all("the sale of the mill", groups)
    assert not has_all("the mill closed", groups)
    assert has_all("anything", ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The mill was sold in May.", "the mill was sold", True),
        ("The old mill was sold in May to Finch.", "Then the mill was sold in June.", False),
        ("He said the mill was sold in May", "The mill at Elm was sold in May", True),
        ("", "The mill was sold.", False),
    ],
)
def test_sentences_are_the_same_by_most_of_their_words(one, other, same):
    assert same_sentence(one, other) is same


def test_an_aside_counts_only_where_the_sentence_has_it():
    added = without_added_asides("The mill (at Elm) was sold (in May).", "It was sold (in May).")
    assert plain(added) == "the mill was sold in may"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("It was sold.", True),
        ("It's sold.", True),
        ("It is clear that the mill was sold.", False),
        ("Its owner sold the mill.", True),
        ("Italy sold the mill.", False),
        ("This is a mill.", True),
        ("This year the mill was sold.", False),
        ("The two met.", True),
        ("The two old mills were sold.", False),
        ("Both sides met.", False),
        ("Both Ada and Ben met.", True),
        ("The pair met.", True),
        ("Theirs is a mill.", False),
        ("The mill was sold.", False),
        ("", False),
    ],
)
def test_a_bare_pronoun_at_the_beginning(text, bare):
    assert opens_with_pronoun(text) is bare


@pytest.mark.parametrize(
    ("named", "accepted", "right"),
    [
        (None, (), True),
        ("Ada Brook", (), True),
        ("Ben Finch", (), False),
        (None, ("Ada Brook",), False),
        ("Brook", ("Ada Brook",), True),
        ("mayor Ada Brook", ("Ada Brook",), True),
        ("Finch", ("Ada Brook",), False),
    ],
)
def test_who_asserts_a_claim(named, accepted, right):
    assert right_claimant(named, accepted, plain("Ada Brook sold the mill")) is right


@pytest.mark.parametrize(
    ("given", "ideal", "right"),
    [
        ("2024-05-02", "2024-05", True),
        ("2024", "2024-05", False),
        (None, "2024", False),
        ("2024-07-03/2024-08-01", "2024-07/2024-09", True),
        ("2024-08", "2024-07/2024-09", True),
        ("2024-07-03/2024-10-01", "2024-07/2024-09", False),
        ("2024-06/2024-08", "2024-07/2024-09", False),
        ("", "2024-07/2024-09", False),
    ],
)
def test_when_a_claim_is_about(given, ideal, right):
    assert right_time(given, ideal) is right
