from claims.extraction.mentions import spot_mentions
from tests.extraction.reading import texts_of, tree_of


def spotted(sentence: str) -> list[tuple[str, str]]:
    return [(m.kind, " ".join(w.text for w in m.words)) for m in spot_mentions(tree_of(sentence))]


def test_names_phrases_and_pronouns_in_text_order():
    assert spotted("Maria Lopez sold the mill because she was ill.") == [
        ("name", "Maria Lopez"),
        ("phrase", "mill"),
        ("pronoun", "she"),
    ]


def test_the_two_is_a_pair():
    assert ("pair", "The two") in spotted("The two signed a deal.")
    assert ("pair", "Both leaders") in spotted("Both leaders signed a deal.")


def test_days_and_measures_are_nothing_to_stand_for():
    assert spotted("On Monday prices rose 4 percent.") == [("phrase", "prices")]


def test_a_bare_demonstrative_points_somewhere():
    assert ("pointer", "This") in spotted("This has dropped to four percent.")


def test_a_share_of_nobody_knows_what_gives_no_claim():
    assert texts_of("Officials counted 40 boats in Lima. None was insured against storms.")[1:] == []


def test_a_share_that_tells_of_what_does():
    assert texts_of("None of the boats was insured.") == ["None of the boats was insured."]


def test_a_subject_that_points_back_at_nothing_known_gives_no_claim():
    assert texts_of("That difference was too small in Lima.") == []
    assert texts_of("That difference which Jane Roe measured was too small in Lima.") != []


def test_the_office_before_a_name_is_no_part_of_it():
    assert spotted("Secretary of State Anna Merrow left.")[-1] == ("name", "Anna Merrow")
    text = "Secretary of State Anna Merrow met voters in Lima, and she promised a bridge."
    assert texts_of(text)[-1] == "Anna Merrow promised a bridge."
