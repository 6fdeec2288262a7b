from tests.extraction.reading import texts_of


def test_the_proposal_is_that_of_who_proposed():
    text = "Jane Roe proposed a ban on plastic bags last year. That proposal prompted a debate in Oslo."
    assert texts_of(text)[-1] == "Jane Roe's proposal prompted a debate in Oslo."


def test_of_two_who_proposed_none_is_chosen():
    text = "Jane Roe proposed a ban. John Doe proposed a tax. The proposal prompted a debate in Oslo."
    assert texts_of(text)[-1] == "The proposal prompted a debate in Oslo."


def test_a_proposal_that_tells_whose_it_is_stays():
    text = "Jane Roe proposed a ban. The Lima proposal prompted a debate in Oslo."
    assert texts_of(text)[-1] == "The Lima proposal prompted a debate in Oslo."


def test_who_did_not_decide_made_no_decision():
    text = "Jane Roe did not decide in May. The decision prompted a debate in Oslo."
    assert texts_of(text)[-1] == "The decision prompted a debate in Oslo."


def test_in_a_quotation_it_may_be_anybodys():
    text = 'Jane Roe proposed a ban. "The proposal costs 3 million dollars in Oslo," said John Doe.'
    assert texts_of(text)[-1].startswith("The proposal costs")
