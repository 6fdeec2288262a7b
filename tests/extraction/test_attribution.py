from tests.extraction.reading import claims_of


def said(text: str) -> list[tuple[str, str | None]]:
    return [(c.text, c.claimant) for c in claims_of(text)]


def test_the_frame_after_a_quotation_names_its_speaker():
    assert said('"The river rose two metres," Ingrid Holm said.') == [
        ("The river rose two metres.", "Ingrid Holm")
    ]


def test_the_frame_before_a_quotation_names_its_speaker():
    assert said('Ingrid Holm said: "The bank has lost 90 million euros."') == [
        ("The bank has lost 90 million euros.", "Ingrid Holm")
    ]


def test_the_speaker_may_follow_the_verb():
    assert said('"The river rose two metres," said Ingrid Holm.')[0][1] == "Ingrid Holm"


def test_one_speaker_for_all_sentences_of_a_quotation():
    claims = said(
        '"The river rose two metres in May 2019. The dam held 90 million litres," Ingrid Holm said.'
    )
    assert [claimant for _, claimant in claims] == ["Ingrid Holm", "Ingrid Holm"]


def test_a_quotation_without_a_frame_is_the_last_speaker_s():
    claims = said('"The river rose," Ingrid Holm said. "The bank has lost 90 million euros."')
    assert claims[-1] == ("The bank has lost 90 million euros.", "Ingrid Holm")


def test_a_statement_announced_before_is_its_maker_s():
    claims = said('Ingrid Holm issued a statement. "The bank has lost 90 million euros."')
    assert claims[-1] == ("The bank has lost 90 million euros.", "Ingrid Holm")


def test_what_a_participle_reports_is_the_subject_s():
    claims = said('"We will stay," the mayor said, adding that 29 people had been hurt.')
    assert ("29 people had been hurt.", "mayor") in claims


def test_the_article_s_own_voice_has_no_claimant():
    assert said("The port closed on Monday.")[0][1] is None


def test_the_speaker_is_not_somebody_in_the_relative_clause():
    claims = said('"The river rose two metres," said Ingrid Holm, who noted that Ann Roe had left.')
    assert claims[0] == ("The river rose two metres.", "Ingrid Holm")


def test_single_marks_are_quotation_marks_too():
    claims = said("‘The river’s level rose two metres,’ said Ingrid Holm. ‘The dam held 90 million litres.’")
    assert claims == [
        ("The river’s level rose two metres.", "Ingrid Holm"),
        ("The dam held 90 million litres.", "Ingrid Holm"),
    ]


def test_a_rarer_verb_introduces_a_quotation():
    assert said('"The river rose two metres," Ingrid Holm exclaimed.')[0][1] == "Ingrid Holm"


def test_what_a_study_found_is_its_claim():
    (claim,) = claims_of("A city study found that 37 percent of the spaces are empty.")
    assert (claim.text, claim.claimant) == ("37 percent of the spaces are empty.", "city study")


def test_words_quoted_from_a_speaker_are_not_the_papers_that_relayed_them():
    text = '"The bridge cost 90 million euros," Rosa Ortega said in a letter, according to the Harlow Star.'
    assert [c.claimant for c in claims_of(text)] == ["Rosa Ortega"]


def test_a_relayed_report_leaves_the_next_quotation_to_the_speaker():
    text = (
        '"The bridge cost 90 million euros," Rosa Ortega noted in a letter, as reported by Harlow News. '
        '"The tunnel cost 60 million euros."'
    )
    assert [c.claimant for c in claims_of(text)][-1] == "Rosa Ortega"


def test_a_quotation_behind_a_colon_is_of_whom_the_clause_names():
    text = "In the video Rosa Ortega is shown lecturing: “The bridge cost 90 million euros in 2019.”"
    assert [c.claimant for c in claims_of(text)][-1] == "Rosa Ortega"


def test_a_thing_that_tells_something_in_a_quotation_is_no_claimant():
    text = '"It tells you that the bridge in Oslo was closed in May," Rosa Ortega said.'
    assert [c.claimant for c in claims_of(text)] == ["Rosa Ortega"]


def test_a_second_verb_of_saying_is_the_speakers():
    text = "Rosa Ortega said the tone of the talks was cordial and predicted the bridge will open in June."
    assert [c.claimant for c in claims_of(text)][-1] == "Rosa Ortega"
