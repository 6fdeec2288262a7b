import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import Extraction
from tests.extraction.reading import read

MARKS = ['"', "“", "”", "'", ".", "?", ";", "(", ")", "—", ",", " ", "\n\n", "\0", "\u202e", "😀", "مرحبا"]
WORDS = [
    "He said",
    "the mayor",
    "who",
    "which",
    "and",
    "they",
    "the two",
    "Maria Lopez",
    "May 5",
    "2019",
    "it",
    "was",
]
PIECES = st.sampled_from(MARKS + WORDS)


def check(text: str, extraction: Extraction) -> None:
    for part in (*extraction.claims, *extraction.skipped):
        assert text[part.start : part.end] == part.sentence
    for claim in extraction.claims:
        assert claim.text.strip()
        assert 0 <= claim.score <= 1
        assert all(text[e.start : e.end] == e.original for e in claim.edits)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_odd_sentences_are_read_without_a_fault(text):
    check(text, read(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text):
    check(text, read(text))


@pytest.mark.parametrize(
    "text",
    [
        "He said \0 it was \0 over. " * 20,
        "\u202eThe mayor left Oslo.\u202c Then it rained.",
        "😀 The 👩‍👩‍👧 family left Oslo in 2019. 🎉",
        "." * 20_000,
        "(" * 20_000,
        '"' * 20_000,
        "a" * 20_000,
        "by " + "A" * 20_000,
        "THE MAYOR LEFT OSLO IN 2019. HE SOLD HIS HOUSE.",
        "no stops at all but many words and they go on and on",
    ],
    ids=["nul", "rtl", "emoji", "dots", "brackets", "marks", "word", "byline", "capitals", "no stops"],
)
def test_hostile_and_broken_texts_are_read_without_a_fault(text):
    check(text, read(text))


def test_a_megabyte_is_read_whole():
    text = ("x" * 999 + " ") * 1000
    extraction = read(text)
    assert sum(s.end - s.start for s in extraction.skipped) > 990_000
