from tests.extraction.reading import texts_of


def test_i_is_the_speaker():
    assert texts_of('"I wrote the report in 2019," Petr Svoboda said.') == [
        "Petr Svoboda wrote the report in 2019."
    ]


def test_the_verb_agrees_with_the_name():
    assert texts_of('"I am the owner of the mill that closed in 2019," Petr Svoboda said.')[:1] == [
        "Petr Svoboda is the owner of the mill that closed in 2019."
    ]


def test_we_of_nobody_known_is_not_guessed():
    assert texts_of('"We closed the mill," a man said.') == []


def test_we_of_a_ministry_is_the_ministry():
    assert texts_of('"We closed the mill in May 2019," the Energy Ministry said.') == [
        "The Energy Ministry closed the mill in May 2019."
    ]
