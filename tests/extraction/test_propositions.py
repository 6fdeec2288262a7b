import pytest

from claims.extraction.propositions import LONGEST_UNIT, find_propositions
from tests.extraction.reading import claims_of, texts_of, tree_of


def test_coordinated_verbs_give_a_claim_each():
    assert texts_of("The council approved the budget and rejected a new tax.") == [
        "The council approved the budget.",
        "The council rejected a new tax.",
    ]


def test_a_shared_auxiliary_goes_with_both_verbs():
    assert texts_of("The driver was arrested in Lyon and charged with theft.") == [
        "The driver was arrested in Lyon.",
        "The driver was charged with theft.",
    ]


def test_a_shared_object_goes_with_both_verbs():
    assert texts_of("Police arrested and questioned the driver in Oslo.") == [
        "Police arrested the driver in Oslo.",
        "Police questioned the driver in Oslo.",
    ]


def test_two_plans_are_two_claims():
    assert texts_of("The firm plans to build two plants and to hire 900 people.") == [
        "The firm plans to build two plants.",
        "The firm plans to hire 900 people.",
    ]


def test_two_things_said_of_a_subject_are_two_claims():
    assert texts_of("Oslo is a port and a large market for timber.") == [
        "Oslo is a port.",
        "Oslo is a large market for timber.",
    ]


def test_a_clause_of_time_states_a_fact_of_its_own():
    assert texts_of("The lake froze when temperatures fell to minus 20 degrees.") == [
        "The lake froze.",
        "Temperatures fell to minus 20 degrees.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The licence ends in 2030 unless both parliaments renew it.",
        "If the dam breaks, the water will reach the town within an hour.",
        "The road stays closed until the snow melts.",
        "The plant pays 400 drivers in Oslo when they retire.",
    ],
)
def test_a_condition_stays_with_its_main_clause(sentence):
    assert texts_of(sentence) == [sentence]


def test_the_first_since_is_one_statement():
    sentence = "The strike was the first since the union was founded in 1980."
    assert texts_of(sentence) == [sentence]


def test_a_phrase_with_a_participle_is_a_clause():
    assert texts_of("The storm hit the coast, with winds reaching 140 km an hour.") == [
        "The storm hit the coast.",
        "Winds reached 140 km an hour.",
    ]


def test_what_is_reported_is_the_claim_and_the_speaker_its_claimant():
    claims = claims_of(
        "Karl Bauer said that the factory would close and that 300 workers would lose their jobs."
    )
    assert [(c.text, c.claimant) for c in claims] == [
        ("The factory would close.", "Karl Bauer"),
        ("300 workers would lose their jobs.", "Karl Bauer"),
    ]


def test_a_question_reported_stays_a_statement_about_the_asker():
    assert [(c.text, c.claimant) for c in claims_of("Erik Dahl asked whether the road was safe.")] == [
        ("Erik Dahl asked whether the road was safe.", None)
    ]


def test_a_finding_about_many_is_nobody_s_statement():
    assert [(c.text, c.claimant) for c in claims_of("Forty percent of voters say they trust the court.")] == [
        ("Forty percent of voters say they trust the court.", None)
    ]


def test_according_to_names_the_claimant():
    claims = claims_of("According to the health ministry, 42 people were treated for burns.")
    assert [(c.text, c.claimant) for c in claims] == [
        ("42 people were treated for burns.", "health ministry")
    ]


def test_negation_and_modality_stay_in_the_claim():
    assert texts_of("The bank did not sell the tower and may not sell the port.") == [
        "The bank did not sell the tower.",
        "The bank may not sell the port.",
    ]


def test_a_sentence_too_long_to_be_parsed_well_is_left_alone():
    assert find_propositions(tree_of("The river rose and " * LONGEST_UNIT + "it fell.")) == ()


def test_what_is_denied_is_not_told():
    found = texts_of("The reign does not look like a rule which has ended.")
    assert "A rule has ended." not in found


def test_as_if_is_no_fact():
    found = texts_of("It is not as if Jane Roe can summon the council.")
    assert not any("can summon" in text for text in found)


def test_it_has_been_days_since_tells_nothing_new():
    found = texts_of("It has been 40 days since Jane Roe held a press conference.")
    assert "Jane Roe held a press conference." not in found


def test_what_the_frame_says_in_passing_is_told():
    found = texts_of("The bridge will close, said Jane Roe, a builder who founded Acme in 2003.")
    assert "Jane Roe is a builder." in found
    assert "Jane Roe founded Acme in 2003." in found


def test_a_progressive_shares_its_auxiliary():
    assert texts_of("Acme is closing its mill in Ohio and moving its looms to Oslo.") == [
        "Acme is closing its mill in Ohio.",
        "Acme is moving its looms to Oslo.",
    ]


def test_who_calls_somebody_a_name_claims_it():
    (claim,) = claims_of("Rosa Ortega called the bridge a gift to smugglers.")
    assert claim.claimant == "Rosa Ortega"
    (claim,) = claims_of("Rosa Ortega opened a bridge over the Inn on Monday.")
    assert claim.claimant is None


def test_a_name_stands_for_the_phrase_that_it_explains():
    assert texts_of("The council dismissed its director, Jane Roe, and hired a new accountant.") == [
        "The council dismissed Jane Roe.",
        "Jane Roe is the council's director.",
        "The council hired a new accountant.",
    ]


def test_a_name_behind_a_noun_that_is_nobody_s_explains_nothing():
    found = texts_of("Emails were placed in secure storage, Jane Roe, the undersecretary for trade, wrote.")
    assert found == ["Emails were placed in secure storage.", "Jane Roe is the undersecretary for trade."]


def test_a_name_stands_for_the_second_of_two_as_well():
    traded = "traded accusations over the closing of two hospitals."
    found = texts_of(f"Premier Jane Roe and her challenger, Tom Doe, {traded}")
    assert f"Premier Jane Roe and Tom Doe {traded}" in found


def test_a_clause_that_tells_where_something_holds_stays():
    assert texts_of("The court can act where a law violates the constitution.") == [
        "The court can act where a law violates the constitution."
    ]


def test_two_relative_clauses_of_one_noun_are_two_claims():
    found = texts_of("The treaty, which Roe signed in May and which Doe rejected in June, expired on Friday.")
    assert [text.split(" in ")[0] for text in found[:2]] == [
        "Roe signed the treaty",
        "Doe rejected the treaty",
    ]


def test_a_superlative_keeps_the_clause_that_it_needs():
    found = texts_of("Polls put support at 50 percent, the highest it has been since the election.")
    assert found[-1].endswith(" since the election.")


def test_one_person_may_be_two_things_at_length():
    found = texts_of(
        "The suit was one of those where Jane Roe, a Danish election law expert and general counsel to the"
        " city's first female mayor, sought to end the ban."
    )
    expected = (
        "Jane Roe is a Danish election law expert and general counsel to the city's first female mayor."
    )
    assert expected in found


def test_tensed_verbs_in_a_list_give_a_claim_each():
    text = (
        "The mayor has mocked a reporter, referred to migrants as thieves and pointed to a man in the crowd."
    )
    assert texts_of(text) == [
        "The mayor has mocked a reporter.",
        "The mayor referred to migrants as thieves.",
        "The mayor pointed to a man in the crowd.",
    ]


def test_a_short_has_is_no_passive():
    text = (
        "Tom Doe has been mayor of Lyon since 2020. He's denied the theft. He's been called a thief by Roe."
    )
    assert texts_of(text)[1:] == ["Tom Doe has denied the theft.", "Tom Doe has been called a thief by Roe."]


def test_which_belongs_to_the_noun_before_its_dash():
    found = texts_of("The firm lost a contract with the city of Lyon - which hosts the fair.")
    assert found == ["The firm lost a contract with the city of Lyon.", "Lyon hosts the fair."]


def test_what_sums_up_the_clause_is_not_said_of_the_noun_beside_it():
    assert texts_of("Norway closed the border with Sweden, a step that surprised the town.") == [
        "Norway closed the border with Sweden."
    ]


def test_a_bare_noun_beside_a_name_keeps_the_clause_that_gives_it_sense():
    texts = texts_of("The report is by the Institute for Rivers, a body that tests water.")
    assert "The Institute for Rivers is a body that tests water." in texts


def test_the_rank_of_a_figure_is_a_claim_of_its_own():
    texts = texts_of("Ingrid Holm was elected with 51,516 votes, the highest in the district.")
    assert texts == [
        "Ingrid Holm was elected with 51,516 votes.",
        "51,516 votes were the highest in the district.",
    ]


def test_a_phrase_with_an_amount_behind_the_subject_is_a_claim_of_its_own():
    assert texts_of("The mill, with a budget of $312 million, employs 219 people.") == [
        "The mill has a budget of $312 million.",
        "The mill employs 219 people.",
    ]


def test_what_somebody_is_now_is_a_claim_of_its_own():
    assert texts_of("Ingrid Holm, now an executive at a steel mill, did not appear.") == [
        "Ingrid Holm is now an executive at a steel mill.",
        "Ingrid Holm did not appear.",
    ]


def test_what_a_court_hears_is_the_claim():
    assert [(c.text, c.claimant) for c in claims_of("The court heard that the driver stole 90 litres.")] == [
        ("The driver stole 90 litres.", None)
    ]


def test_an_auditor_that_finds_something_says_it():
    claims = claims_of("The auditor found that the mill lost 90 million euros.")
    assert [(c.text, c.claimant) for c in claims] == [("The mill lost 90 million euros.", "auditor")]


def test_to_have_told_somebody_is_no_claim_without_what_was_told():
    assert texts_of("Ingrid Holm told a reporter on Monday.") == []
