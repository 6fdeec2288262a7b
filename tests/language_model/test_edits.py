"""What a claim's wording changed is kept, with where the new words stand in the article."""

from claims.language_model.edits import find_edits

TEXT = "Ana Brandt owns the mill. She sold it, and left in May. Later Ana Brandt came back."
START, END = TEXT.index("She"), TEXT.index(" Later")


def edits(claim: str) -> list[tuple[str, str, str | None]]:
    found = find_edits(TEXT, START, END, claim)
    for edit in found:
        assert TEXT[edit.start : edit.end] == edit.original
        assert START <= edit.start <= edit.end <= END
    return [
        (e.original, e.replacement, None if e.source_start is None else TEXT[e.source_start : e.source_end])
        for e in found
    ]


def test_a_pronoun_became_a_name_of_the_article() -> None:
    found = find_edits(TEXT, START, END, "Ana Brandt sold it.")
    assert [(e.original, e.replacement, e.source_start) for e in found] == [("She", "Ana Brandt", 0)]


def test_words_put_in_that_the_article_does_not_have_come_from_nowhere() -> None:
    assert edits("She sold it, and left in May 2021.") == [("", "2021", None)]


def test_words_left_out_and_marks_are_no_edits() -> None:
    assert edits("she left in May") == []


def test_a_source_behind_the_sentence_is_found_too() -> None:
    assert edits("She came back.")[0][2] == "came back"


def test_part_of_a_word_is_no_source() -> None:
    assert edits("An sold it.") == [("She", "An", None)]
