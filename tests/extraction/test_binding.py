from claims.extraction.binding import governing_subjects, is_empty
from tests.extraction.reading import tree_of


def governed(sentence: str, pronoun: str) -> list[str]:
    word = next(w for w in tree_of(sentence).words if w.lower == pronoun)
    return [s.text for s in governing_subjects(word)]


def test_a_possessive_looks_to_its_own_subject():
    assert governed("The mayor sold his house.", "his") == ["mayor"]


def test_a_subject_looks_to_the_clause_above():
    assert governed("The mayor said he would resign.", "he") == ["mayor"]


def test_an_object_is_not_its_own_subject():
    assert governed("The mayor thanked him.", "him") == []


def test_a_shared_subject_counts_for_the_second_verb():
    assert governed("The mayor lost the vote and sold his house.", "his") == ["mayor"]


def test_it_of_nothing():
    empty = [("It is clear that the dam failed.", True), ("It employs 300 people.", False)]
    assert [is_empty(tree_of(s).words[0]) for s, _ in empty] == [e for _, e in empty]
