from claims.evaluation.strangers import Surroundings

ARTICLE = (
    "Mayor Ada Brook sold the mill. Ben Finch bought it. Greek banks paid. Elm End has a mill. "
    "Elm End is small. Elm End has no bank."
)
FAIR = "Brook sold the mill."


def strangers(text: str) -> set[str]:
    return set(Surroundings(ARTICLE).strangers(text, FAIR))


def test_a_name_from_elsewhere_is_a_stranger():
    assert strangers("The mill was sold by Finch.") == {"finch"}


def test_a_name_beside_a_known_one_is_none():
    assert strangers("The mill was sold by Mayor Ada Brook.") == {"mayor"}


def test_what_the_article_names_often_may_be_put_in():
    assert strangers("Brook sold the mill at Elm End.") == set()


def test_days_beginnings_and_quotations_say_nothing():
    assert strangers('Yesterday Brook sold it. Then " Never" on Monday in May.') == set()


def test_another_form_of_a_known_word_is_none():
    assert Surroundings(ARTICLE).strangers("The banks of Greece paid.", "Greek banks paid.") == frozenset()
