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
