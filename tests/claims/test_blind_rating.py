"""A second person rates before seeing the first rating; the pair is kept, agreement is counted by topic."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from claims import audit, blind, redaction, review, triage, verdicts
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import BlindSwitch, Proposal, SecondRating, Topic, User, Verdict
from tests.factories import NOW, make_claim, make_user, propose, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith() -> User:
    return make_user("editor")


@pytest.fixture
def sealed(edith: User) -> Proposal:
    """A verdict on a claim of which a blind second rating is asked."""
    claim = make_claim()
    blind.switch_on(claim=claim, by=edith, at=NOW)
    return propose(claim, "true", reason="The first reason.")


def rate(proposal: Proposal, rating: str = "half_true", **fields: object) -> SecondRating:
    given = {"reason": "One record is missing.", "by": make_user("contributor"), "at": NOW} | fields
    return blind.rate(proposal=proposal, rating=rating, **given)  # type: ignore[arg-type]


def test_without_being_asked_for_nothing_is_sealed() -> None:
    assert not propose(make_claim()).sealed


def test_it_is_asked_for_of_one_claim_of_a_topic_or_of_all(edith: User) -> None:
    health, sport = Topic.objects.create(name="Health"), Topic.objects.create(name="Sport")
    one = make_claim()
    blind.switch_on(claim=one, by=edith, at=NOW)
    blind.switch_on(topic=health, by=edith, at=NOW)
    assert blind.is_on(one)
    assert blind.is_on(make_claim(topic=health))
    assert not blind.is_on(make_claim(topic=sport))
    assert not blind.is_on(make_claim())
    blind.switch_on(by=edith, at=NOW)
    assert blind.is_on(make_claim())


def test_an_editor_switches_it_on_once_and_off(edith: User) -> None:
    switch = blind.switch_on(by=edith, at=NOW)
    with pytest.raises(Conflict):
        blind.switch_on(by=edith, at=NOW)
    blind.switch_off(switch=switch, by=edith)
    assert not blind.is_on(make_claim())
    assert BlindSwitch.pgh_event_model.objects.filter(pgh_label="delete").exists()


def test_others_do_not(edith: User) -> None:
    with pytest.raises(Forbidden):
        blind.switch_on(by=make_user(), at=NOW)
    switch = blind.switch_on(by=edith, at=NOW)
    with pytest.raises(Forbidden):
        blind.switch_off(switch=switch, by=make_user())


def test_what_is_sealed_is_neither_approved_nor_sent_back(sealed: Proposal, edith: User) -> None:
    with pytest.raises(Conflict) as refused:
        review.approve(proposal=sealed, by=edith, at=NOW)
    assert refused.value.code == "sealed"
    with pytest.raises(Conflict):
        review.send_back(proposal=sealed, note="Why?", by=edith, at=NOW)
    assert not Verdict.objects.exists()


def test_the_rating_is_in_no_refusal_and_no_trail(sealed: Proposal) -> None:
    with pytest.raises(Conflict) as refused:
        propose(sealed.claim)
    assert "True" not in refused.value.message
    told = [entry for entry in audit.trail(sealed.claim) if entry.kind == "proposal"]
    assert [entry.edits for entry in told] == [()]
    rate(sealed)
    fields = {edit.field for entry in audit.trail(sealed.claim) for edit in entry.edits}
    assert {"rating", "reason"} <= fields


def test_the_second_rating_opens_it_and_the_pair_is_kept(sealed: Proposal, edith: User) -> None:
    rated = rate(sealed)
    sealed.refresh_from_db()
    assert not sealed.sealed
    assert (rated.first, rated.rating, rated.first_by) == ("true", "half_true", sealed.submitted_by)
    assert review.approve(proposal=sealed, by=edith, at=NOW).rating == "true"


def test_who_submitted_does_not_rate_it(sealed: Proposal) -> None:
    with pytest.raises(Forbidden) as refused:
        rate(sealed, by=sealed.submitted_by)
    assert refused.value.code == "four_eyes"
    assert not SecondRating.objects.exists()


def test_it_is_rated_once(sealed: Proposal) -> None:
    rate(sealed)
    with pytest.raises(Conflict) as refused:
        rate(sealed)
    assert refused.value.code == "not_sealed"


@pytest.mark.parametrize(("field", "value"), [("rating", "rather true"), ("rating", ""), ("reason", "  ")])
def test_a_bad_rating_names_its_field(sealed: Proposal, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        rate(sealed, **{"rating": "true", field: value})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert Proposal.objects.get().sealed


def test_withdrawing_it_ends_the_seal(sealed: Proposal) -> None:
    review.withdraw(proposal=sealed, by=sealed.submitted_by, at=NOW)
    assert not Proposal.objects.get().sealed


def test_switching_off_leaves_the_seal_of_what_waits(sealed: Proposal, edith: User) -> None:
    blind.switch_off(switch=BlindSwitch.objects.get(), by=edith)
    assert Proposal.objects.get().sealed


def test_a_redraft_of_a_claim_that_is_switched_takes_the_switch_along(edith: User) -> None:
    claim = make_claim(state="new")
    blind.switch_on(claim=claim, by=edith, at=NOW)
    claim.delete()
    assert not BlindSwitch.objects.exists()


def test_the_database_keeps_the_pair_as_it_is(sealed: Proposal) -> None:
    rated = rate(sealed)
    for change in ({"rating": "true"}, {"first": "half_true"}, {"reason": "Other."}, {"reason": "Redacted."}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            SecondRating.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rated.delete()


def test_the_database_takes_no_pair_of_one_person() -> None:
    proposal = propose(make_claim())
    with pytest.raises(IntegrityError, match="second_rating_four_eyes"), transaction.atomic():
        SecondRating.objects.create(
            proposal=proposal, first="true", first_by=proposal.submitted_by, rating="true", reason="x",
            by=proposal.submitted_by, at=NOW,
        )  # fmt: skip


def test_a_redaction_takes_the_second_reason_too(sealed: Proposal, edith: User) -> None:
    rate(sealed, reason="Anna Example says so.")
    verdict = review.approve(proposal=sealed, by=edith, at=NOW)
    redaction.redact(verdict=verdict, why="Privacy.", by=make_user("administrator"), at=NOW)
    assert SecondRating.objects.get().reason == "Redacted."


# Agreement.


def times(**counts: int) -> list[blind.Pair]:
    """`true_false=5`: five pairs rated true, then false."""
    found = []
    for pair, count in counts.items():
        first, second = pair.split("_")
        found += [(first, second)] * count
    return found


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # 31 of 40 agree (0.775); by chance 0.5 x 0.625 + 0.5 x 0.375 = 0.5; 0.275 / 0.5.
        (times(true_true=18, true_false=2, false_true=7, false_false=13), 0.55),
        # 10 of 12 agree; by chance (7 x 6 + 4 x 4 + 1 x 2) / 144 = 60 / 144; 60 / 84.
        (times(true_true=6, true_false=1, false_false=3, false_half=1, half_half=1), 5 / 7),
        # As often as by chance.
        (times(true_true=1, true_false=1, false_true=1, false_false=1), 0.0),
        # Never, though by chance every other time.
        (times(true_false=5, false_true=5), -1.0),
        (times(true_true=3, false_false=2), 1.0),
        # Each gave everything one rating, but not the same: chance gives nothing, and nothing agrees.
        (times(true_false=4), 0.0),
    ],
)
def test_cohens_kappa_by_hand(pairs: list[blind.Pair], kappa: float) -> None:
    assert blind.cohens_kappa(pairs) == pytest.approx(kappa)


def test_kappa_is_not_defined_without_pairs_or_without_any_difference() -> None:
    assert blind.cohens_kappa([]) is None
    assert blind.cohens_kappa(times(true_true=9)) is None


def test_agreement_is_counted_by_the_topic_of_the_claim(edith: User) -> None:
    health = Topic.objects.create(name="Health")
    blind.switch_on(by=edith, at=NOW)
    for first, second in (("true", "true"), ("false", "false"), ("true", "false")):
        rate(propose(make_claim(topic=health), first), second)
    rate(propose(make_claim(), "true"), "true")
    everything, by_topic = blind.agreement()
    assert [(row.topic, row.pairs, row.agreed) for row in by_topic] == [("", 1, 1), ("Health", 3, 2)]
    assert by_topic[0].kappa is None
    # Of three pairs two agree; by chance (2 x 1 + 1 x 2) / 9 = 4 / 9; (6 - 4) / 5.
    assert by_topic[1].kappa == pytest.approx(0.4)
    assert (everything.pairs, everything.agreed) == (4, 3)


def test_a_claim_that_moves_to_another_topic_counts_there(edith: User) -> None:
    blind.switch_on(by=edith, at=NOW)
    claim = make_claim()
    rate(propose(claim), "true")
    triage.set_topic(claims=[claim], topic=Topic.objects.create(name="Sport"), by=edith, at=NOW)
    assert [row.topic for row in blind.agreement()[1]] == ["Sport"]


def test_a_withdrawal_is_not_rated(edith: User) -> None:
    claim = make_claim()
    publish(claim)
    blind.switch_on(claim=claim, by=edith, at=NOW)
    from_now_on = {"claim": claim, "follows": 1, "applies_from": NOW.date(), "at": NOW}
    proposal = verdicts.submit_withdrawal(reason="No record.", by=make_user(), **from_now_on)
    assert not proposal.sealed
