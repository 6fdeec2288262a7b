import pytest

from claims.extraction.frames import find_frames
from claims.extraction.tree import Word
from tests.extraction.reading import tree_of


def frames(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each frame, the gaps in them marked."""
    return [(said(f.source), said(f.cue), said(f.content)) for f in find_frames(tree_of(text))]


def said(words: tuple[Word, ...]) -> str:
    text = ""
    for i, word in enumerate(words):
        gap = i > 0 and word.i != words[i - 1].i + 1
        text += (" … " if gap else "") + word.text + word.space
    return text.strip()


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Ingrid Holm said that the dam is safe.", ("Ingrid Holm", "said", "that the dam is safe")),
        ("She believes the dam will hold.", ("She", "believes", "the dam will hold")),
        ("The mayor wants to close the port.", ("The mayor", "wants", "to close the port")),
        ("The mayor urged the firm to pay.", ("The mayor", "urged", "the firm to pay")),
        ("The union criticized the new law.", ("The union", "criticized", "the new law")),
        ("The minister called the plan a mistake.", ("The minister", "called", "the plan a mistake")),
        ("The mayor talked about the old port.", ("The mayor", "talked", "the old port")),
        ("Holm is confident that the dam will hold.", ("Holm", "confident", "that the dam will hold")),
        (
            "The papers carried Holm's claim that the dam is safe.",
            ("Holm's", "claim", "that the dam is safe"),
        ),
        ("The river rose, according to the police.", ("the police", "according", "The river rose")),
        ("The river rose, the police said.", ("the police", "said", "The river rose")),
        ("The river, the police said, will rise.", ("the police", "said", "The river … will rise")),
        ("Ingrid Holm: The dam will hold.", ("Ingrid Holm", ":", "The dam will hold")),
    ],
)
def test_a_frame_has_a_source_a_cue_and_a_content(text: str, frame: tuple[str, str, str]):
    assert frame in frames(text)


def test_the_source_is_the_whole_phrase():
    ((source, _, _),) = frames("Ingrid Holm, an engineer from Oslo, said the dam is safe.")
    assert source == "Ingrid Holm, an engineer from Oslo"


def test_what_is_inside_a_content_is_no_frame_of_its_own():
    assert len(frames("The police said that Ingrid Holm believes the dam will hold.")) == 1


def test_a_second_verb_of_saying_is_the_same_speaker_s():
    found = frames("Ingrid Holm said the dam is safe, adding that the river has fallen.")
    assert [(source, cue) for source, cue, _ in found] == [("Ingrid Holm", "said"), ("Ingrid Holm", "adding")]
    assert found[0][2] == "the dam is safe"


def test_nobody_is_named_where_something_seems_or_is_reported():
    assert frames("The court seemed to agree with the firm.")[0][0] == ""
    assert frames("The firm is believed to have paid the fine.")[0][0] == ""


def test_a_verb_without_content_waits_for_a_quotation():
    assert frames("the engineer said.") == [("the engineer", "said", "")]


def test_an_object_that_is_not_said_makes_no_frame():
    assert frames("The ministry posted the documents.") == []


def test_how_things_are_done_is_no_frame():
    assert frames("The port closed on Monday because the river had risen.") == []


def test_a_statement_is_told_from_an_attitude():
    stated = find_frames(tree_of("Ingrid Holm said that the dam is safe."))
    thought = find_frames(tree_of("Ingrid Holm hopes that the dam is safe."))
    assert [f.states for f in (*stated, *thought)] == [True, False]


def test_a_sentence_too_long_for_a_parse_gives_none():
    assert frames("Holm said " + "and ".join(["the dam is safe "] * 60) + ".") == []
