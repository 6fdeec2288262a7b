import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.reading_copy import reading_copy
from tests.extraction.reading import claims_of, read

ODD = [
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "[1]",
    "[sic]",
    "(APPLAUSE)",
    "''",
    "'",
    "“",
    ".",
    "\n",
    "- ",
    " ",
]
PIECES = st.sampled_from([*ODD, "The plan would:\n", "left", "He", "THE MAYOR LEFT OSLO IN MAY, HE SAID."])


def test_a_plain_text_is_its_own_copy():
    text = "The mayor left Oslo. He sold his house."
    assert reading_copy(text).text == text
    assert reading_copy(text).passes == ()


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_word_of_the_copy_is_found_again_in_the_text(text):
    copy = reading_copy(text)
    for at, letter in enumerate(copy.text):
        start, end = copy.back(at, after=True), copy.back(at + 1, after=False)
        if start < end and letter.isalnum():
            assert text[start:end].casefold() == letter.casefold()


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_offsets_of_the_copy_go_back_in_order(text):
    copy = reading_copy(text)
    places = [copy.back(at, after=True) for at in range(len(copy.text) + 1)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("The co\u00adun\u200bcil\u00a0met.", "The council met."),
        ("It cost $48 million.[1][2] It fell.", "It cost $48 million. It fell."),
        ("He w[a]s late.", "He w[a]s late."),
        ("It opened in 2019.The mayor left.", "It opened in 2019. The mayor left."),
        ("See example.com/News.The mayor left.", "See example.com/News.The mayor left."),
        ("“We won.”The crowd left.", "“We won.” The crowd left."),
        ("Thank you. (APPLAUSE) We won [00:12:03] in May.", "Thank you. We won in May."),
        ("[APPLAUSE]", "[APPLAUSE]"),
    ],
)
def test_what_no_reader_sees_is_left_out(text, copy):
    assert reading_copy(text).text == copy


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("'We won,' she said.", "“We won,” she said."),
        ("‘We won,’ she said.", "“We won,” she said."),
        ("She said ''We won'' twice.", 'She said "We won" twice.'),
        (
            "It's the workers' rights in the '90s that count.",
            "It's the workers' rights in the '90s that count.",
        ),
        ("'The miners' pay fell,' he said. 'It's low.'", "“The miners' pay fell,” he said. “It's low.”"),
        ("\"He said 'no' to me,\" she said.", "\"He said 'no' to me,\" she said."),
        ("'We won.\n\n'We left.'", "“We won.\n\n“We left.”"),
    ],
)
def test_single_marks_of_a_quotation_are_told_from_apostrophes(text, copy):
    assert reading_copy(text).text == copy


def test_sentences_include_what_was_left_out_of_them():
    text = "\ufeffThe bridge fell in 2019.[1] The mayor\u00a0left\u200b."
    sentences = [c.sentence for c in claims_of(text)]
    assert sentences == ["\ufeffThe bridge fell in 2019.[1]", "The mayor\u00a0left\u200b."]


def test_edits_show_the_words_as_they_stand_in_the_text():
    text = "JANE ROE, THE MAYOR OF OSLO, LEFT THE TOWN HALL ON MONDAY. SHE SOLD A HOUSE IN MAY."
    edits = [e for c in claims_of(text) for e in c.edits]
    assert all(text[e.start : e.end] == e.original for e in edits)
    assert "MONDAY" in " ".join(e.original for e in edits)


def test_a_wrapped_sentence_is_told_with_its_line_breaks():
    text = (
        "The council of Oslo met on Tuesday in the old town hall and after three\nhours voted for a bridge."
    )
    (place,) = {(c.start, c.end) for c in read(text).claims}
    assert place == (0, len(text))
