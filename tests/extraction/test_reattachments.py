from tests.extraction.reading import claims_of, texts_of


def said(text: str) -> list[tuple[str, str | None]]:
    return [(c.text, c.claimant) for c in claims_of(text)]


def test_what_was_told_is_the_clause_and_not_what_the_verb_in_it_has_for_object():
    text = "A ministry official told The Herald that Ingrid Holm had recommended closing the bridge."
    assert said(text) == [("Ingrid Holm had recommended closing the bridge.", "ministry official")]


def test_a_manner_of_speaking_does_not_hide_what_is_said():
    text = "Ingrid Holm said at a hearing with great calm that the dam holds 90 million litres."
    assert said(text) == [("The dam holds 90 million litres.", "Ingrid Holm")]


def test_what_follows_a_frame_belongs_to_the_clause_before():
    text = "The driver suffered from a rare fever, Oskar Lind added, and had no licence."
    assert said(text) == [
        ("The driver suffered from a rare fever.", "Oskar Lind"),
        ("The driver had no licence.", "Oskar Lind"),
    ]


def test_a_past_tense_behind_what_would_be_done_is_the_speakers_act():
    text = 'Ingrid Holm said that the mill would obey the order but called the fine "a gift to polluters."'
    assert ("The mill would obey the order.", "Ingrid Holm") in said(text)
    assert any(t.startswith("Ingrid Holm called the fine") for t in texts_of(text))


def test_who_writes_at_the_end_says_the_clauses_before():
    text = "The clinic laid off two night nurses, its manager, Ingrid Holm, wrote in a statement."
    assert said(text) == [
        ("The clinic laid off two night nurses.", "Ingrid Holm"),
        ("Ingrid Holm is the clinic's manager.", None),
    ]


def test_an_aside_is_said_of_the_whole_name():
    texts = texts_of("She joined the Bank of England, which raised its rate to 4 percent.")
    assert "The Bank of England raised its rate to 4 percent." in texts
