from dataclasses import replace

import numpy as np
import pytest

from claims.extraction.antecedents import Case
from claims.extraction.ledger import Entity
from claims.extraction.likelihood import (
    BOUNDS,
    NETS,
    Bounds,
    Nets,
    decide,
    judged,
    likely,
    load,
    probabilities,
)
from tests.extraction.test_antecedents import cases_of

SURE = Bounds(keep=0.4, take=0.7)


def entity(number):
    return Entity(number, f"E{number}", 0, 2, "person", "PERSON", False, True, "e")


def case_of(chosen, fit=(True, True)):
    rows = np.zeros((2, 3), np.float32)
    return Case(None, "male", (entity(0), entity(1)), fit, chosen, rows)


@pytest.mark.parametrize(
    ("chosen", "said", "taken"),
    [
        (0, (0.5, 0.3), 0),  # likely enough
        (0, (0.3, 0.3), None),  # too unlikely, and so is the other
        (0, (0.1, 0.8), 1),  # the other is much likelier
        (0, (0.45, 0.55), 0),  # likelier, but not by enough
        (-1, (0.1, 0.8), 1),  # the rules declined
        (-1, (0.1, 0.6), None),
    ],
)
def test_what_is_taken_for_the_probabilities(chosen, said, taken):
    case = case_of(chosen)
    found = decide(case, np.array(said, np.float32), SURE)
    assert found is (None if taken is None else case.candidates[taken])


def test_a_candidate_that_does_not_fit_is_never_taken_but_makes_the_choice_unlikely():
    case = case_of(0, fit=(True, False))
    assert decide(case, np.array([0.1, 0.9], np.float32), SURE) is None


def test_a_choice_without_a_rival_stands():
    never = Nets(np.zeros((1, 3, 1), np.float32), np.ones((1, 1, 1), np.float32), np.full((1, 1, 1), -9.0))
    case = case_of(0)
    assert judged(case, never, SURE) is None
    alone = replace(case, candidates=case.candidates[:1], fit=(True,), rows=case.rows[:1])
    assert judged(alone, never, SURE) is case.candidates[0]


def test_probabilities_are_those_of_a_softmax_with_a_place_for_none_and_the_mean_of_the_nets():
    hidden = np.array([[[1.0]], [[0.0]]], np.float32)
    nets = Nets(hidden, np.zeros((2, 1, 1), np.float32), np.ones((2, 1, 1), np.float32))
    rows = np.array([[np.log(3.0)], [-5.0]], np.float32)
    # The first net has odds of 3 and 1 (a unit below zero is off), the second of 1 and 1.
    assert probabilities(nets, rows) == pytest.approx([(3 / 5 + 1 / 3) / 2, (1 / 5 + 1 / 3) / 2])


def test_the_shipped_nets_fit_the_features():
    (case,), _ = cases_of("Maria Lopez met Anna Reed in May.", "She had led the commission.")
    assert set(load()) == set(BOUNDS) == set(NETS.values())
    for nets in load().values():
        said = probabilities(nets, case.rows)
        assert said.shape == (2,)
        assert 0 < said.sum() < 1


def test_the_one_whom_the_article_is_about_is_likelier_than_who_is_named_in_passing():
    (case,), _ = (
        cases_of(
            "Maria Lopez ran the mill for ten years.",
            "Maria Lopez sold it to a cousin of Anna Reed.",
            "She moved to Rome.",
            title="Maria Lopez",
        )[0][-1:],
        None,
    )
    found = likely(case)
    assert found is not None
    assert found.text == "Maria Lopez"
