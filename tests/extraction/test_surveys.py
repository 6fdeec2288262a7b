from tests.extraction.reading import claims_of, read, texts_of

LEAD = "A Harlow College poll of 900 voters was released on Monday. "


def test_a_share_of_voters_names_the_survey_it_is_from():
    assert "Ortega has support from 52 percent in the Harlow College poll." in texts_of(
        LEAD + "Ortega has support from 52 percent."
    )


def test_a_lead_in_points_names_the_survey():
    assert "Ortega leads Brandt by 9 points in the Harlow College poll." in texts_of(
        LEAD + "Ortega leads Brandt by 9 points."
    )


def test_a_claim_that_names_its_survey_gets_no_second_one():
    assert "The Harlow College poll of 900 voters showed that 30 percent favor Brandt." in texts_of(
        LEAD + "The new poll showed that 30 percent favor Brandt."
    )


def test_other_figures_are_from_no_survey():
    assert "Unemployment fell to 4 percent." in texts_of(LEAD + "Unemployment fell to 4 percent.")


def test_a_survey_of_long_ago_is_not_meant():
    between = "The mayor opened a bridge. " * 8
    assert "Ortega has support from 52 percent." in texts_of(
        LEAD + between + "Ortega has support from 52 percent."
    )


def test_the_survey_put_in_tells_where_it_is_named():
    text = LEAD + "Ortega has support from 52 percent."
    (edit,) = [e for claim in read(text).claims for e in claim.edits if e.reason == "setting"]
    assert text[edit.source_start : edit.source_end].startswith("A Harlow College poll")


def test_a_survey_claims_the_figures_that_are_from_it():
    claim = claims_of(LEAD + "Ortega has support from 52 percent.")[-1]
    assert claim.claimant == "Harlow College poll"


def test_what_a_survey_shows_without_a_clause_is_a_claim_of_the_survey():
    (claim,) = claims_of("A poll by Harlow College showed Ortega leading Brandt by 9 points.")
    assert claim.claimant == "poll by Harlow College"


def test_what_a_survey_does_is_no_claim_of_the_survey():
    (claim,) = claims_of("The Harlow College poll angered Ortega.")
    assert claim.claimant is None
