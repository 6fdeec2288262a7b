"""Whatever the text: it is read without a fault, accounted for to the last word, in bounded pieces."""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import Document, Extraction, extract, language, pipeline
from claims.extraction.pipeline import LONGEST_SENTENCE
from tests.extraction.reading import read

MARKS = ['"', "“", "”", "'", ".", "?", ";", "(", ")", "—", ",", " ", "\n\n", "\0", "\u202e", "😀", "مرحبا"]
WORDS = [
    "He said", "the mayor", "who", "which", "and", "they", "the two", "Maria Lopez", "May 5", "2019", "it",
    "was",
]  # fmt: skip
SENTENCES = [
    "The mayor left Oslo in 2019.",
    "“We lost 12 ships,” Maria Lopez said, “and 3.5 percent of the trade.”",
    "They met on May 5, 2019, and signed a treaty on 1,550 warheads!",
    "WHO PAID FOR THE 40 BUSES?",
    "Bürgermeister und Räte haben am Montag 20 Brücken geschlossen, weil das Wasser stieg und stieg.",
    "Oslo | 4,500 | 12 %",
    "LOPEZ: I never saw the 7 letters.",
    "• Two of the 9 bridges are closed",
]
PIECES = st.sampled_from(MARKS + WORDS)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(text: str, extraction: Extraction) -> None:
    for part in (*extraction.claims, *extraction.skipped):
        assert text[part.start : part.end] == part.sentence
    for claim in extraction.claims:
        assert claim.text.strip()
        assert 0 <= claim.score <= 1
        assert all(text[e.start : e.end] == e.original for e in claim.edits)
    check_account(text, extraction)


def check_account(text: str, extraction: Extraction) -> None:
    """Every sentence once, in order, none in another; between them nothing that a reader sees."""
    taken = [(c.start, c.end) for c in extraction.claims]
    skipped = [(s.start, s.end) for s in extraction.skipped]
    assert taken == sorted(taken)
    assert skipped == sorted(set(skipped))
    assert not set(taken) & set(skipped)
    spans = sorted({*taken, *skipped})
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    ends = [(0, 0), *spans, (len(text), len(text))]
    between = [text[before[1] : after[0]] for before, after in pairwise(ends)]
    assert not [ch for ch in "".join(between) if not ch.isspace() and category(ch) != "Cf"]


@often
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_odd_sentences_are_read_without_a_fault(text):
    check(text, read(text))


@often
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text):
    check(text, read(text))


@often
@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n", "\n\n", " \r\n"])), max_size=8)
)
def test_sentences_of_every_sort_are_accounted_for_in_order(parts):
    text = "".join(sentence + gap for sentence, gap in parts)
    check(text, read(text))


@often
@given(
    st.lists(
        st.sampled_from(["The mayor left Oslo in {}.", "Lopez sold {} ships.", "It cost {} euros."]),
        max_size=5,
    ),
    st.lists(st.integers(10, 10**6), min_size=5, max_size=5, unique=True),
)
def test_each_number_of_a_taken_sentence_is_in_a_claim_of_it(forms, numbers):
    text = " ".join(form.format(n) for form, n in zip(forms, numbers, strict=False))
    extraction = read(text)
    for sentence in {c.sentence for c in extraction.claims}:
        said = " ".join(c.text for c in extraction.claims if c.sentence == sentence)
        assert set(re.findall(r"\d+", sentence)) <= set(re.findall(r"\d+", said))


NASTY = {
    "nul": "He said \0 it was \0 over. ",
    "right to left": "\u202eThe mayor left Oslo.\u202c ذهب الوزير إلى المدينة. ",
    "Chinese": "市长星期一离开了城市。",
    "emoji": "😀 The 👩‍👩‍👧 family left Oslo in 2019. 🎉",
    "combining": "a\u0301\u0302\u0303\u0304",
    "one word": "harbour ",
    "no spaces": "harbour",
    "dots": ".",
    "dot a": ".a",
    "brackets": "([{",
    "marks": '"',
    "nested quotations": "“He said ‘she said “they said ‘",
    "lines": "\n",
    "digits": "1234567890",
    "capitals": "THE MAYOR LEFT OSLO AND SOLD HIS HOUSE ",
    "table": "Oslo | 123 | 4.5 % | yes\n",
    "byline": "by A",
    "titles": "Mr. ",
    "addresses": "http://a.example/?b=c&",
}


def repeated(unit: str, size: int) -> str:
    """The unit over and over, with a number now and then, so that no two stretches are alike."""
    often = max(1, 900 // len(unit))
    return "".join(f"{unit * often}{n} " for n in range(size // (often * len(unit)) + 1))


@pytest.mark.parametrize("unit", NASTY.values(), ids=NASTY)
def test_hostile_and_broken_texts_are_read_without_a_fault(unit):
    for text in (unit * (5_000 // len(unit)), repeated(unit, 5_000)):
        check(text, read(text))


@pytest.mark.parametrize("unit", NASTY.values(), ids=NASTY)
def test_the_parser_is_given_each_character_of_a_long_text_once_and_in_bounded_pieces(unit, monkeypatch):
    pieces: list[int] = []

    def parse(texts: Iterator[str]) -> Iterator[object]:
        pieces.extend(len(text) for text in texts)
        raise Parsed

    text = repeated(unit, 50_000)
    monkeypatch.setattr(pipeline, "parse", parse)
    with pytest.raises(Parsed):
        extract(Document(text + "\n\nThe mayor left Oslo in 2019."))
    assert max(pieces, default=0) <= LONGEST_SENTENCE
    assert sum(pieces) <= len(text) + 30


class Parsed(Exception):  # noqa: N818 - nothing is wrong
    pass


def test_a_sentence_no_writer_wrote_is_passed_over():
    text = "The mayor left Oslo and " * 100
    assert [s.reason for s in read(text + "sold his house in 2019.").skipped] == ["fragment"]


def test_a_megabyte_is_read_whole():
    text = ("x" * 999 + " ") * 1000
    extraction = read(text)
    assert sum(s.end - s.start for s in extraction.skipped) > 990_000


def test_new_words_are_forgotten_once_many_are_known(monkeypatch):
    text = "The mayor of Zzyzxburg met Dr. Qwyrt in Blorptown. He paid 73,911 euros for the Vrangelbridge."
    expected = extract(Document(text.replace("Zzyzx", "Xyzzy")))
    strings = language.parser().vocab.strings
    monkeypatch.setattr(language, "MOST_WORDS", 0)
    stored = len(strings)
    assert extract(Document(text.replace("Zzyzx", "Xyzzy"))) == expected
    extract(Document(text))
    assert (len(strings), "Zzyzxburg" in strings) == (stored, False)
