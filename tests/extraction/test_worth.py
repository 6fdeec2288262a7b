"""Scoring how check-worthy a sentence is."""

import hashlib
import re

import pytest

from claims.extraction.language import parse, parser
from claims.extraction.worth import LEAST_FACTUAL, LEAST_WORTH, WEIGHTS, judge, load, score

CHECKABLE = [
    "Unemployment fell to 3.9 percent in April, the lowest rate since 2001.",
    "Our exports to Canada have doubled since 2015.",
    "The senator voted against the budget 12 times last year.",
]
IDLE = ["Thank you very much, and good evening.", "I think we can do better.", "What would you say to her?"]


@pytest.mark.parametrize("sentence", CHECKABLE)
def test_figures_and_records_are_worth_checking(sentence: str) -> None:
    assert score([sentence])[0] >= LEAST_WORTH


@pytest.mark.parametrize("sentence", IDLE)
def test_thanks_wishes_and_questions_are_not(sentence: str) -> None:
    both = judge([sentence])[0]
    assert both.worth < LEAST_WORTH
    assert both.worth < 0.2


def test_a_small_fact_is_factual_without_being_worth_checking() -> None:
    both = judge(["I grew up in a small town in Ohio."])[0]
    assert both.factual >= LEAST_FACTUAL
    assert both.worth < LEAST_WORTH


def test_a_claim_is_never_likelier_than_a_fact() -> None:
    assert all(0 <= both.worth <= both.factual <= 1 for both in judge(CHECKABLE + IDLE))


def test_neighbours_change_nothing() -> None:
    together = score(CHECKABLE + IDLE)
    assert [score([sentence])[0] for sentence in CHECKABLE + IDLE] == together


def test_a_parsed_sentence_scores_like_its_text() -> None:
    assert score(list(parse(CHECKABLE))) == score(CHECKABLE)


def test_a_span_scores_like_its_sentence_alone() -> None:
    doc = parser()(CHECKABLE[1])
    assert score([doc[:]]) == score([doc])
    assert score([doc[2:5]]) != score([doc])


def test_the_same_sentence_always_scores_the_same() -> None:
    first = score(CHECKABLE)
    load.cache_clear()
    assert score(CHECKABLE) == first


@pytest.mark.parametrize("odd", ["", " ", "?", "\u200b\U0001f600", "a " * 5000, "ДА НЕТ", "1", "$" * 300])
def test_odd_texts_get_a_probability(odd: str) -> None:
    both = judge([odd, CHECKABLE[0], odd])
    assert both[1].worth >= LEAST_WORTH
    assert 0 <= both[0].worth <= both[0].factual <= 1


def test_nothing_asked_nothing_said() -> None:
    assert score([]) == []


def test_an_empty_sentence_is_no_claim() -> None:
    assert score([""])[0] < LEAST_WORTH


def test_the_weights_are_small_and_those_of_the_model_card() -> None:
    content = WEIGHTS.read_bytes()
    card = (WEIGHTS.parent / "MODEL_CARD.md").read_text("utf-8")
    assert len(content) < 15_000_000
    assert hashlib.sha256(content).hexdigest() in re.findall(r"[0-9a-f]{64}", card)
