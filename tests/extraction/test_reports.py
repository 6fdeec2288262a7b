from claims.extraction import Document
from claims.extraction.pipeline import attributions_in


def attributions(text: str) -> list[tuple[list[str], list[str]]]:
    """Source and content of each attribution as they stand in the text."""
    found = attributions_in(Document(text))
    return [([text[s:e] for s, e in a.source], [text[s:e] for s, e in a.content]) for a in found]


def test_a_quotation_and_what_follows_it_are_one_content():
    text = '"The dam is safe," Ingrid Holm said. "We checked it twice."'
    assert attributions(text) == [(["Ingrid Holm"], ["The dam is safe", "We checked it twice."])]


def test_a_quotation_over_paragraphs_is_one_content():
    text = 'Ingrid Holm said: "The dam is safe.\n\n"We checked it twice."'
    ((source, content),) = attributions(text)
    assert source == ["Ingrid Holm"]
    assert "The dam is safe" in content[0]
    assert "We checked it twice" in content[-1]


def test_a_quotation_that_opens_inside_a_clause_goes_on_in_the_next_sentence():
    text = 'Ingrid Holm said the dam "is safe and sound. We checked it twice."'
    ((source, content),) = attributions(text)
    assert source == ["Ingrid Holm"]
    assert " ".join(content).endswith("We checked it twice.")


def test_a_quotation_takes_the_frame_before_it_where_it_ends_with_a_full_stop():
    text = 'The engineer wrote, "The dam will hold for years." The mayor said that "rain is coming soon."'
    assert attributions(text)[0] == (["The engineer"], ["The dam will hold for years."])


def test_indirect_speech_and_quotation_stand_side_by_side():
    text = 'The mayor said the port will close. "It is too dangerous," she added.'
    assert attributions(text) == [
        (["The mayor"], ["the port will close"]),
        (["she"], ["It is too dangerous"]),
    ]


def test_a_text_without_frames_has_no_attributions():
    assert attributions("The port closed on Monday. The river has risen by two metres.") == []


def test_kinds():
    kinds = [a.kind for a in attributions_in(Document("Holm said it rained. She hopes that it stops."))]
    assert kinds == ["statement", "attitude"]
