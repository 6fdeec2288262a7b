import pytest

from claims.evaluation import Counts, measures, score
from tests.evaluation.making import RUNS, SALE, SECOND, WORKERS, Said, article, gold

MILL = article(SALE, RUNS, WORKERS)


def judged(said, of=MILL):
    return score(of, [said]).judgements[0]


def test_an_ideal_claim_is_usable():
    judgement = judged(Said("Ada Brook sold the mill in May 2024.", when="2024-05"))
    assert (judgement.usable, judgement.faults, judgement.dated) == (True, (), True)
    assert judgement.ideal is SALE


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Said("Ada Brook runs and sold the mill."), "not atomic"),
        (Said("Brook sold."), "not standalone"),
        (Said("She, Brook, sold the mill."), "not standalone"),
        (Said("Brook sold (the old mill)."), "not standalone"),
        (Said("Brook sold the mill.", claimant="Ben Finch"), "claimant 'Ben Finch'"),
        (Said("The mill has 40 workers.", SECOND), "claimant None"),
        (Said("Brook sold the mill " + "and so on " * 5), "padded"),
        (Said("Brook sold the mill of Zed."), "names zed"),
        (Said("The mill was shut."), "matches no ideal claim"),
        (Said("Brook sold.", SECOND), "matches no ideal claim"),
        (Said("Mills.", "Read more about mills"), "furniture"),
    ],
)
def test_what_keeps_a_claim_from_being_usable(said, fault):
    judgement = judged(said)
    assert judgement.faults == (fault,)
    assert not judgement.usable


def test_a_wrong_date_is_counted_but_no_fault():
    scored = score(MILL, [Said("Brook sold the mill.", when="2023")])
    assert (scored.counts.dated, scored.counts.when, scored.counts.usable) == (1, 0, 1)


def test_of_several_ideal_claims_the_best_stated_counts():
    other = gold(standalone=(("Finch",),))
    assert judged(Said("Brook sold the mill."), article(other, SALE)).ideal is SALE


def test_what_is_missed_is_listed_but_never_what_is_trivial():
    scored = score(article(SALE, RUNS, gold("Nothing", elements=(("Zed",),), priority=0)), [])
    assert scored.missed == (SALE, RUNS)


def test_the_measures_of_an_article():
    said = [
        Said("Ada Brook sold the mill.", when="2024-05-03"),
        Said("Brook sold the mill.", claimant="Ben Finch"),
        Said("It has 40 workers.", SECOND, claimant="Ada Brook"),
        Said("Mills.", "Read more about mills"),
    ]
    assert measures(score(MILL, said).counts) == {
        "coverage": 0.8,
        "precision": 0.75,
        "atomic": 1.0,
        "standalone": 0.667,
        "claimant": 0.667,
        "clean": 1.0,
        "when": 0.5,
        "usable_precision": 0.25,
        "usable_recall": 0.4,
        "usable_f1": 0.308,
        "furniture": 0.25,
    }


def test_counts_are_summed_over_articles():
    one = score(MILL, [Said("Ada Brook sold the mill.")]).counts
    assert one + Counts() == one
    assert (one + one).weight == 2 * one.weight == 10
    assert measures(one + one) == measures(one)


def test_nothing_found_is_nought_everywhere():
    assert set(measures(score(MILL, []).counts).values()) == {0.0}
