from tests.extraction.reading import claims_of, read, texts_of


def test_a_pronoun_becomes_the_name_it_stands_for():
    assert texts_of("Maria Lopez joined the board in May. She had led the commission.")[-1] == (
        "Maria Lopez had led the commission."
    )


def test_a_pronoun_stays_where_its_name_was_already_said():
    assert texts_of("Maria Lopez sold her house.") == ["Maria Lopez sold her house."]


def test_he_is_not_a_woman():
    text = "Maria Lopez met the staff. He was late, the report said."
    assert not any("Maria Lopez was late" in t for t in texts_of(text))


def test_two_that_fit_equally_are_not_guessed():
    extraction = read("Mark Stone and James Reed met in Rome. He had sold the firm.")
    assert [s.reason for s in extraction.skipped] == ["ambiguous"]


def test_a_bare_surname_gets_its_full_name():
    assert texts_of("Petr Svoboda runs the mill. Svoboda bought a farm in 2019.")[-1].startswith(
        "Petr Svoboda bought"
    )


def test_a_title_tells_two_of_one_surname_apart():
    claims = claims_of("Mr. Stone met Mrs. Stone in Rome. Mrs. Stone said she would sue.")
    assert (claims[-1].text, claims[-1].claimant) == ("Mrs. Stone would sue.", "Mrs. Stone")


def test_a_bare_phrase_becomes_the_one_named_before():
    text = "The Lagos Fishing Treaty was signed in 1990. Ghana left the treaty in 2003."
    assert texts_of(text)[-1] == "Ghana left the Lagos Fishing Treaty in 2003."


def test_a_role_stands_for_its_holder():
    text = "Tom Reed, a farmer, sold his land. Officials praised the farmer in 2020."
    assert texts_of(text)[-1] == "Officials praised Tom Reed in 2020."


def test_an_edit_tells_where_the_words_came_from():
    text = "Maria Lopez joined the board in 2019. She had led the commission."
    (edit,) = [e for c in claims_of(text) for e in c.edits if e.reason == "pronoun"]
    assert (text[edit.start : edit.end], edit.replacement) == ("She", "Maria Lopez")
    assert text[edit.source_start : edit.source_end] == "Maria Lopez"


def test_it_that_stands_for_nothing_is_left_alone():
    assert texts_of("It is clear that the dam will fail.") == ["It is clear that the dam will fail."]


def test_a_figure_with_an_unclear_reference_is_kept_as_a_marked_draft():
    (claim,) = claims_of("They sold 4,000 trucks.")
    assert claim.unresolved
    assert claim.score < 0.5
