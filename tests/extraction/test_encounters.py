from tests.extraction.reading import texts_of


def test_the_meeting_is_the_one_just_told():
    text = "Anna Novak met Petr Svoboda in Vienna. The meeting lasted two hours."
    assert texts_of(text)[-1] == "The meeting between Anna Novak and Petr Svoboda lasted two hours."


def test_the_match_is_between_its_two_sides():
    text = "Ghana faced Norway at the City Arena. Two players were hurt in the match."
    assert texts_of(text)[-1] == "Two players were hurt in the match between Ghana and Norway."


def test_nobody_adds_a_match_to_politics():
    text = "Ghana beat Norway in the vote. The envoy left two hours later."
    assert texts_of(text)[-1] == "The envoy left two hours later."
