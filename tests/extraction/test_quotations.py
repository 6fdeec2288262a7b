from claims.extraction.quotations import cut_units, find_quotations
from claims.extraction.sentences import split_sentences


def quoted(text: str, *, open_before: bool = False) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, 0, len(text), open_before=open_before)]


def units(text: str) -> list[tuple[str, bool]]:
    sentences = split_sentences(text, 0, len(text), 0)
    found = cut_units(text, sentences, find_quotations(text, 0, len(text)))
    return [(text[u.start : u.end], u.quotation is not None) for u in found]


def test_straight_marks_open_before_a_word_and_close_after_one():
    assert quoted('"We won," she said. "It was close."') == ["We won,", "It was close."]


def test_curly_marks_have_a_direction():
    assert quoted("He called it “a gift” and “a debt”.") == ["a gift", "a debt"]


def test_a_quotation_left_open_runs_to_the_end_of_its_block():
    (found,) = find_quotations("“We will stay.", 0, 14)
    assert not found.closed


def test_a_quotation_may_go_on_from_the_block_before():
    assert quoted('We stayed." The mayor left.', open_before=True) == ["We stayed."]


def test_quotation_and_frame_are_parted():
    assert units('"The dam is safe," the engineer said.') == [
        ("The dam is safe", True),
        ("the engineer said.", False),
    ]


def test_quoted_words_inside_a_clause_stay_in_it():
    assert units('The report found a "broad and steady" decline.') == [
        ('The report found a "broad and steady" decline.', False)
    ]


def test_a_semicolon_parts_two_clauses():
    assert units("The north voted for it; the south voted against it.") == [
        ("The north voted for it", False),
        ("the south voted against it.", False),
    ]


def test_the_dateline_before_the_first_sentence_is_left_out():
    assert units("OSLO, May 13 (Agency) — The port closed on Monday.") == [
        ("The port closed on Monday.", False)
    ]


def test_brackets_around_a_whole_sentence_are_left_out():
    assert units("(The firm owns the port.)") == [("The firm owns the port.", False)]


def test_single_marks_count_where_a_clause_ends_inside_them():
    assert quoted("‘We won’t go,’ she said. 'It was close.'") == ["We won’t go,", "It was close."]


def test_apostrophes_and_words_set_off_are_no_quotations():
    assert quoted("The voters' choice, the '90s and a so-called 'Great leap' were Roe’s.") == []


def test_single_marks_inside_double_ones_are_left_alone():
    assert quoted('"He said ‘Stay,’ and left," she said.') == ["He said ‘Stay,’ and left,"]


def test_the_frame_begins_after_a_single_mark():
    assert units("‘The dam is safe,’ the engineer said.") == [
        ("The dam is safe", True),
        ("the engineer said.", False),
    ]
