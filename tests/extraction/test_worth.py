"""Scoring how check-worthy a sentence is."""

import ast
from pathlib import Path

import numpy as np
import pytest

from claims.extraction import worth
from claims.extraction.language import parse, parser
from claims.extraction.worth import LEAST_FACTUAL, LEAST_WORTH, WEIGHTS, judge, load, score, score_texts

CHECKABLE = [
    "Unemployment fell to 3.9 percent in April, the lowest rate since 2001.",
    "Our exports to Canada have doubled since 2015.",
    "The senator voted against the budget 12 times last year.",
]
IDLE = ["Thank you very much, and good evening.", "I think we can do better.", "What would you say to her?"]


@pytest.mark.parametrize("sentence", CHECKABLE)
def test_figures_and_records_are_worth_checking(sentence: str) -> None:
    assert score_texts([sentence])[0] >= LEAST_WORTH


@pytest.mark.parametrize("sentence", IDLE)
def test_thanks_wishes_and_questions_are_not(sentence: str) -> None:
    both = judge(list(parse([sentence])))[0]
    assert both.worth < LEAST_WORTH
    assert both.worth < 0.2


def test_a_small_fact_is_factual_without_being_worth_checking() -> None:
    both = judge(list(parse(["I grew up in a small town in Ohio."])))[0]
    assert both.factual >= LEAST_FACTUAL
    assert both.worth < LEAST_WORTH


def test_a_claim_is_never_likelier_than_a_fact() -> None:
    assert all(0 <= both.worth <= both.factual <= 1 for both in judge(list(parse(CHECKABLE + IDLE))))


def test_neighbours_in_a_batch_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = list(parse(CHECKABLE + IDLE))
    together = score(docs)
    monkeypatch.setattr(worth, "BATCH", 2)
    assert score(docs) == pytest.approx(together, abs=1e-5)
    assert [score([doc])[0] for doc in docs] == pytest.approx(together, abs=1e-5)


def test_a_span_scores_like_its_sentence_alone() -> None:
    doc = parser()(CHECKABLE[1])
    assert score([doc[:]]) == pytest.approx(score([doc]))
    assert score([doc[2:5]]) != pytest.approx(score([doc]))


def test_the_same_sentence_always_scores_the_same() -> None:
    first = score_texts(CHECKABLE)
    load.cache_clear()
    assert score_texts(CHECKABLE) == first


@pytest.mark.parametrize("odd", ["", " ", "?", "\u200b\U0001f600", "a " * 5000, "ДА НЕТ", "1", "$" * 300])
def test_odd_texts_get_a_probability(odd: str) -> None:
    both = judge(list(parse([odd, CHECKABLE[0], odd])))
    assert both[1].worth >= LEAST_WORTH
    assert 0 <= both[0].worth <= both[0].factual <= 1


def test_nothing_asked_nothing_said() -> None:
    assert score([]) == []


def test_an_empty_sentence_is_no_claim() -> None:
    assert score_texts([""])[0] < LEAST_WORTH


def test_the_weights_are_small_and_hold_no_code() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "iuf" for name in stored.files)


@pytest.mark.parametrize("module", ["worth.py", "worth_features.py"])
def test_scoring_needs_no_training_library(module: str) -> None:
    tree = ast.parse((Path(worth.__file__).parent / module).read_text("utf-8"))
    used = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert used <= {"claims", "collections", "dataclasses", "functools", "pathlib", "spacy", "typing"}
