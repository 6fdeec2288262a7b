"""A verdict is submitted by one person and approved, or sent back, by another."""

from datetime import date

import pytest

from claims import ledger, review, triage
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Proposal, Verdict
from tests.factories import NOW, days, make_claim, make_evidence, make_user, propose, publish

pytestmark = pytest.mark.django_db


def test_a_submitted_verdict_waits_for_review_and_is_not_published() -> None:
    claim = make_claim()
    proposal = propose(claim)
    claim.refresh_from_db()
    assert proposal.state == Proposal.State.SUBMITTED
    assert claim.state == Claim.State.IN_REVIEW
    assert not Verdict.objects.exists()


def test_approval_by_another_person_publishes_it() -> None:
    claim, ravi, edith = make_claim(), make_user(), make_user("editor")
    verdict = publish(claim, "false", by=ravi, approved_by=edith)
    claim.refresh_from_db()
    assert (verdict.number, verdict.rating, verdict.decided_by, verdict.approved_by) == (
        1,
        "false",
        ravi,
        edith,
    )
    assert claim.state == Claim.State.PUBLISHED
    assert claim.last_verified_at == NOW


def test_who_submitted_cannot_approve_or_send_back() -> None:
    edith = make_user("editor")
    proposal = propose(make_claim(), by=edith)
    with pytest.raises(Forbidden):
        review.approve(proposal=proposal, by=edith, at=NOW)
    with pytest.raises(Forbidden):
        review.send_back(proposal=proposal, note="Hm.", by=edith, at=NOW)


def test_a_contributor_submits_but_does_not_approve() -> None:
    proposal = propose(make_claim(), by=make_user("contributor"))
    with pytest.raises(Forbidden):
        review.approve(proposal=proposal, by=make_user("contributor"), at=NOW)


def test_sending_back_needs_a_note_and_reopens_the_claim() -> None:
    claim, edith = make_claim(), make_user("editor")
    proposal = propose(claim)
    with pytest.raises(Invalid) as refused:
        review.send_back(proposal=proposal, note=" ", by=edith, at=NOW)
    assert refused.value.field == "note"
    proposal = review.send_back(proposal=proposal, note="Find a second source.", by=edith, at=NOW)
    claim.refresh_from_db()
    assert (proposal.state, claim.state) == (Proposal.State.SENT_BACK, Claim.State.IN_PROGRESS)


def test_the_submitter_alone_withdraws() -> None:
    proposal = propose(make_claim())
    with pytest.raises(Forbidden):
        review.withdraw(proposal=proposal, by=make_user("editor"), at=NOW)
    assert review.withdraw(proposal=proposal, by=proposal.submitted_by, at=NOW).state == "withdrawn"


def test_a_new_verdict_supersedes_and_keeps_the_old_row() -> None:
    claim = make_claim()
    first = publish(claim, "true")
    second = publish(
        claim, "false", change="world_changed", applies_from=date(2026, 3, 10), at=NOW + days(10)
    )
    assert (first.number, second.number) == (1, 2)
    assert second.previous_hash == first.hash
    first.refresh_from_db()
    assert first.rating == "true"


def test_a_verdict_that_follows_an_old_one_is_refused_with_the_newest_number() -> None:
    claim = make_claim()
    publish(claim)
    with pytest.raises(Conflict) as refused:
        propose(claim, follows=0, change="first")
    assert (refused.value.code, refused.value.data["number"]) == ("verdict_outdated", 1)


def test_one_proposal_waits_at_a_time() -> None:
    claim = make_claim()
    waiting = propose(claim)
    with pytest.raises(Conflict) as refused:
        propose(claim)
    assert (refused.value.code, refused.value.data["proposal"]) == ("proposal_open", waiting.pk)


def test_a_proposal_is_reviewed_once() -> None:
    proposal, edith = propose(make_claim()), make_user("editor")
    review.approve(proposal=proposal, by=edith, at=NOW)
    with pytest.raises(Conflict) as refused:
        review.send_back(proposal=proposal, note="Too late", by=make_user("editor"), at=NOW)
    assert refused.value.code == "already_reviewed"


def test_a_verdict_keeps_what_it_stood_on_when_the_evidence_goes() -> None:
    claim = make_claim()
    item = make_evidence(claim)
    verdict = publish(claim)
    item.delete()
    assert verdict.basis[0]["source"] == item.source.url
    assert ledger.verify().faults == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " \n"}, "reason"),
        ({"rating": "kind of true"}, "rating"),
        ({"change": "new_evidence"}, "change"),
        ({"change": "mood"}, "change"),
        ({"applies_until": date(2026, 3, 1)}, "applies_until"),
        ({"applies_from": date(1, 1, 1)}, "applies_from"),
        ({"label": "x" * 81}, "label"),
    ],
)
def test_a_bad_verdict_names_its_field_and_stores_nothing(given: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        propose(make_claim(), **given)
    assert refused.value.field == field
    assert not Proposal.objects.exists()


def test_a_retired_claim_gets_no_verdict() -> None:
    claim = triage.reject(claim=make_claim(), why="No claim", by=make_user(), at=NOW)
    with pytest.raises(Conflict):
        propose(claim)
