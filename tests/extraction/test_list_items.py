from claims.extraction.reading_copy import reading_copy
from tests.extraction.reading import claims_of, read, texts_of

PLAN = """The council met on Monday. The plan would:

• raise the tax on second homes by 2 percent;
• Build 300 flats, and
• close two libraries."""


def test_items_complete_the_line_above():
    assert reading_copy(PLAN).text.split("\n")[2:] == [
        "• The plan would raise the tax on second homes by 2 percent.",
        "• The plan would build 300 flats.",
        "• The plan would close two libraries.",
    ]


def test_a_claim_of_an_item_tells_where_its_beginning_is_from():
    claim = next(c for c in claims_of(PLAN) if "300" in c.text)
    assert claim.text == "The plan would build 300 flats."
    assert claim.sentence == "• Build 300 flats, and"
    edit = claim.edits[0]
    assert (edit.original, edit.replacement, edit.reason) == ("", "The plan would", "lead-in")
    assert edit.source_start is not None
    assert PLAN[edit.source_start : edit.source_end] == "The plan would"


def test_a_line_that_wants_no_verb_is_not_repeated():
    text = (
        "Key points of the plan:\n- The city will spend $48 million on roads\n- 40 more teachers\n- Parking"
    )
    extraction = read(text)
    assert [c.text for c in extraction.claims] == ["The city will spend $48 million on roads."]
    assert {s.sentence: s.reason for s in extraction.skipped} == {
        "Key points of the plan:": "fragment",
        "- 40 more teachers": "furniture",
        "- Parking": "furniture",
    }


def test_numbers_of_items_are_no_words_of_theirs():
    text = "What the council of Oslo decided:\n1. The hall reopens in March 2025.\n2) The fare rises to $3."
    assert texts_of(text) == ["The hall reopens in March 2025.", "The fare rises to $3."]


def test_links_under_read_more_are_furniture():
    text = "The mayor left Oslo.\nRead more:\n• Mayor promises to cut the tax\n• The bridge fell in 2019."
    assert texts_of(text) == ["The mayor left Oslo."]
