import pytest

from tests.extraction.reading import claims_of, read


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Is this the end of coal?", "question"),
        ('"The decision is a disgrace," Petr Svoboda said.', "opinion"),
        ('"Let them pay for it," Petr Svoboda said.', "fragment"),
        ("Of course Petr Svoboda will.", "fragment"),
        ("What a day for the whole town.", "fragment"),
    ],
)
def test_what_nobody_can_check_is_skipped_with_its_reason(sentence, reason):
    assert [s.reason for s in read(sentence).skipped] == [reason]


def test_names_and_numbers_are_worth_more():
    plain, full = claims_of("The port was closed. The port of Oslo was closed in 2019.")
    assert full.score > plain.score


def test_what_may_be_is_worth_less():
    sure, hedged = claims_of("The port of Oslo will close. The port of Bergen may close.")
    assert hedged.score < sure.score


def test_scores_lie_between_nought_and_one():
    claims = claims_of("Sales rose 12 percent to $4.2 million in Oslo. Something may be wrong in the town.")
    assert all(0 <= c.score <= 1 for c in claims)


def test_a_claim_of_little_likelihood_is_left_out_and_its_sentence_skipped():
    trivial = '"I am the owner of the mill," Ingrid Holm said.'
    found = read(f'{trivial} "The bank has lost 90 million euros."')
    assert [one.text for one in found.claims] == ["The bank has lost 90 million euros."]
    assert [(one.sentence, one.reason) for one in found.skipped] == [(trivial, "opinion")]
