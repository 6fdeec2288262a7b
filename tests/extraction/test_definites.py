from tests.extraction.reading import texts_of


def test_the_firm_is_the_one_organisation_named_lately():
    text = "Northern Mining Company closed two pits in May. The company employs 900 people."
    assert texts_of(text)[-1] == "Northern Mining Company employs 900 people."


def test_the_country_is_no_town():
    text = "Officials flew to Oslo in Norway. The country exports gas."
    assert texts_of(text)[-1] == "Norway exports gas."


def test_another_word_for_the_same_thing():
    text = "The Lagos Fishing Treaty was signed in 1990. Ghana left the pact in 2003."
    assert texts_of(text)[-1] == "Ghana left the Lagos Fishing Treaty in 2003."


def test_a_phrase_that_tells_which_is_left_as_it_is():
    text = "The Lagos Fishing Treaty was signed in 1990. Ghana left the coal treaty in 2003."
    assert texts_of(text)[-1] == "Ghana left the coal treaty in 2003."


def test_a_capital_noun_is_the_end_of_a_name_said_before():
    text = "The Harbor Department closed two offices in May. The Department employs 900 people."
    assert texts_of(text)[-1] == "The Harbor Department employs 900 people."


def test_the_church_is_the_one_named_church_of_something():
    text = "The Church of Norway bought a house in May. The church sold a hall in June."
    assert texts_of(text)[-1] == "The Church of Norway sold a hall in June 2023."


def test_the_party_is_the_one_before_the_office_of_its_chairman():
    text = "Ohio Farmers Party chairman David Roe said the party is considering an appeal."
    assert texts_of(text) == ["The Ohio Farmers Party is considering an appeal."]


def test_the_party_of_long_ago_may_be_another():
    text = "The Farmers Party met in Lima. It rained on Monday. Shops were shut. The party has 900 members."
    assert texts_of(text)[-1] == "The party has 900 members."


def test_the_state_is_the_one_state_named_lately():
    text = "Officials flew to Ohio on Monday. The state has 40 clinics."
    assert texts_of(text)[-1] == "Ohio has 40 clinics."


def test_of_two_states_neither_is_meant():
    text = "Officials flew from Ohio to Texas on Monday. The state has 40 clinics."
    assert texts_of(text)[-1] == "The state has 40 clinics."


def test_a_name_with_city_in_it_is_not_the_city():
    text = "Officials left Mexico City on Monday. Lima has trams. Quito has trams. Bogota has trams. "
    text += "Trams are cheap. Trams are fast. They cost $2 in May. Jane Roe visited the city in May."
    assert texts_of(text)[-1] == "Jane Roe visited the city in May 2024."


def test_what_stands_before_the_article_stays():
    text = "The Harbor Department met on Monday. Jane Roe visited half the department's offices in May."
    assert texts_of(text)[-1] == "Jane Roe visited half the Harbor Department's offices in May 2024."


def test_who_was_introduced_as_something_else_is_no_developer():
    text = "Prime Minister John Doe met voters on Monday. The billionaire developer called for a ban on fur."
    assert texts_of(text)[-1] == "The billionaire developer called for a ban on fur."
    plain = "John Doe met voters on Monday. The billionaire developer called for a ban on fur."
    assert texts_of(plain)[-1] == "John Doe called for a ban on fur."


def test_the_agency_is_the_one_public_body_named_lately():
    text = "The Harbor Safety Office closed two docks in May. The agency employs 900 people."
    assert texts_of(text)[-1] == "The Harbor Safety Office employs 900 people."


def test_of_two_public_bodies_neither_is_the_agency():
    text = "The Harbor Safety Office sued the Tidal Power Commission in May. The agency employs 900 people."
    assert texts_of(text)[-1] == "The agency employs 900 people."


def test_a_body_of_the_lead_is_meant_however_long_ago():
    text = "The Tidal Power Commission closed two docks in Lima. " + "Trams in Quito cost $2. " * 14
    assert texts_of(text + "The commission employs 900 people.")[-1] == (
        "The Tidal Power Commission employs 900 people."
    )


def test_the_measure_is_the_one_with_a_number_or_a_letter():
    text = "Voters in Oregon will decide on Proposition K in May. The measure limits fees to 36 percent."
    assert texts_of(text)[-1] == "Proposition K limits fees to 36 percent."


def test_a_firm_is_known_by_the_last_word_of_its_name():
    text = "Cascade Mutual raised its rates in May. The company covers 900 people."
    assert texts_of(text)[-1] == "Cascade Mutual covers 900 people."


def test_a_day_that_is_another_one_elsewhere_stays_behind():
    text = (
        "A trial published on Wednesday in the Lima Journal cheered doctors. The study followed 900 people."
    )
    assert texts_of(text)[-1] == "The trial published in the Lima Journal followed 900 people."


def test_the_candidate_is_the_one_the_article_is_about():
    text = "Jane Roe won in Lima. Roe thanked Rome. She thanked Bern. She thanked Oslo. "
    text += "Roe met John Doe in Quito. The candidate promised 900 jobs."
    assert texts_of(text)[-1] == "Jane Roe promised 900 jobs."
