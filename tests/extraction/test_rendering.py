from tests.extraction.reading import claims_of, texts_of


def test_a_moved_opening_word_loses_its_capital():
    assert texts_of("Violent storms hit the coast of Norway, which sank two boats in Oslo.")[0].startswith(
        "Violent storms"
    )


def test_short_forms_are_written_out_after_a_name():
    assert (
        texts_of("Karl Bauer, who's chairing the team, left Oslo.")[0] == "Karl Bauer is chairing the team."
    )


def test_quotation_marks_that_lost_their_partner_go():
    for text in texts_of('He called it "a gift to the town, which has 900 people."'):
        assert text.count('"') % 2 == 0


def test_every_claim_opens_with_a_capital_and_ends_with_a_stop():
    for text in texts_of("The mill, built in 1902, was sold; the owner, who lives in Oslo, moved out."):
        assert text[0].isupper()
        assert text.endswith(".")


def test_an_edit_of_a_date_tells_both_wordings():
    (edit,) = [e for c in claims_of("The port closed on Monday.") for e in c.edits]
    assert (edit.original, edit.replacement, edit.reason) == ("Monday", "Monday, May 13, 2024", "date")


def test_a_preposition_is_not_said_twice():
    assert texts_of("The budget of last year was cut.") == ["The budget of 2023 was cut."]


def test_a_contracted_have_is_written_out():
    found = texts_of('"I\'ve got six boats," Jane Roe said. Jane Roe sold one.')
    assert "Jane Roe has got six boats." in found
