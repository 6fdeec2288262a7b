"""What was judged was changed: the review that waits is put back, a published claim is looked at again."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims import blind, evidence, rechecks, review, triage
from claims.errors import Conflict, Forbidden
from claims.models import Claim, Evidence, Notice, Proposal, Topic, User
from tests.factories import NOW, days, make_claim, make_evidence, make_user, propose, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ravi() -> User:
    return make_user("reviewer", first_name="Ravi")


@pytest.fixture
def edith() -> User:
    return make_user("editor", first_name="Edith")


@pytest.fixture
def claim() -> Claim:
    return make_claim(text="The bridge is closed.")


def edit(claim: Claim, by: User, **fields: str) -> Claim:
    claim.refresh_from_db()
    return triage.edit(claim=claim, revision=claim.revision, by=by, at=NOW + days(1), **fields)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("text", "The bridge is shut.", "text"),
        ("kind", "event", "kind"),
        ("claimant", "Ines Falk", "claimant"),
        ("when", "2026-03", "time"),
    ],
)
def test_a_change_of_the_claim_puts_the_review_back(
    claim: Claim, ravi: User, edith: User, field: str, value: str, named: str
) -> None:
    proposal = propose(claim, by=ravi)
    edit(claim, edith, **{field: value})
    proposal.refresh_from_db()
    claim.refresh_from_db()
    assert (proposal.state, claim.state) == (Proposal.State.PUT_BACK, Claim.State.IN_PROGRESS)
    assert proposal.reviewed_by == edith
    assert f"Edith changed the claim's {named}." in proposal.review_note
    with pytest.raises(Conflict) as refused:
        review.approve(proposal=proposal, by=make_user("editor"), at=NOW + days(1))
    assert refused.value.code == "already_reviewed"


def test_it_says_how_the_text_read(claim: Claim, ravi: User, edith: User) -> None:
    proposal = propose(claim, by=ravi)
    edit(claim, edith, text="The bridge is shut.")
    proposal.refresh_from_db()
    assert "It read: “The bridge is closed.”" in proposal.review_note


def test_both_are_told_in_the_inbox(claim: Claim, ravi: User, edith: User) -> None:
    propose(claim, by=ravi)
    edit(claim, edith, text="The bridge is shut.")
    assert {notice.person for notice in Notice.objects.all()} == {ravi, edith}
    assert all("was put back" in notice.words for notice in Notice.objects.all())


def test_the_second_rater_and_the_assignee_are_told_too(ravi: User, edith: User) -> None:
    carl, anna = make_user("contributor"), make_user()
    claim = make_claim(assignee=anna)
    blind.switch_on(claim=claim, by=edith, at=NOW)
    proposal = propose(claim, by=ravi)
    blind.rate(proposal=proposal, rating="true", reason="So it is.", by=carl, at=NOW)
    edit(claim, edith, when="2026")
    assert {notice.person for notice in Notice.objects.all()} == {ravi, edith, carl, anna}


def test_who_submitted_may_change_it_too_and_is_told_once(claim: Claim, ravi: User) -> None:
    proposal = propose(claim, by=ravi)
    edit(claim, ravi, when="2026-03")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reviewed_by) == (Proposal.State.PUT_BACK, ravi)
    assert Notice.objects.count() == 1


def test_nobody_who_left_is_told(claim: Claim, ravi: User, edith: User) -> None:
    propose(claim, by=ravi)
    User.objects.filter(pk=ravi.pk).update(is_active=False)
    edit(claim, edith, when="2026-03")
    assert [notice.person for notice in Notice.objects.all()] == [edith]


def test_a_sealed_one_is_put_back_and_opened(claim: Claim, ravi: User, edith: User) -> None:
    blind.switch_on(claim=claim, by=edith, at=NOW)
    proposal = propose(claim, by=ravi)
    edit(claim, edith, when="2026-03")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.sealed) == (Proposal.State.PUT_BACK, False)


def test_it_can_be_submitted_again(claim: Claim, ravi: User, edith: User) -> None:
    propose(claim, by=ravi)
    edit(claim, edith, text="The bridge is shut.")
    assert propose(claim, by=ravi).state == Proposal.State.SUBMITTED


def test_a_new_topic_changes_no_review(claim: Claim, ravi: User, edith: User) -> None:
    Topic.objects.create(name="Harbour")
    proposal = propose(claim, by=ravi)
    edit(claim, edith, topic="Harbour")
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.SUBMITTED
    assert not Notice.objects.exists()


# Evidence.


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", "refutes"),
        ("quote", "It is open."),
        ("independence_group", "AP report"),
        ("is_primary", True),
    ],
)
def test_a_change_of_evidence_it_stands_on_puts_it_back(
    claim: Claim, ravi: User, edith: User, field: str, value: object
) -> None:
    item = make_evidence(claim)
    proposal = propose(claim, by=ravi)
    evidence.amend(evidence=item, by=edith, at=NOW, **{field: value})  # type: ignore[arg-type]
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.PUT_BACK
    assert str(item.source) in proposal.review_note


def test_evidence_that_is_removed_puts_it_back(claim: Claim, ravi: User, edith: User) -> None:
    item = make_evidence(claim)
    proposal = propose(claim, by=ravi)
    evidence.remove(evidence=item, by=edith, at=NOW)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.PUT_BACK
    assert "Edith removed evidence that the verdict stands on" in proposal.review_note
    assert not Evidence.objects.exists()


def test_a_note_a_place_or_nothing_new_changes_no_review(claim: Claim, ravi: User, edith: User) -> None:
    item = make_evidence(claim)
    proposal = propose(claim, by=ravi)
    for change in ({"note": "Read again."}, {"locator": "page 2"}, {"stance": "supports"}):
        evidence.amend(evidence=item, by=edith, at=NOW, **change)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.SUBMITTED


def test_evidence_that_came_later_is_nothing_it_stands_on(claim: Claim, ravi: User, edith: User) -> None:
    proposal = propose(claim, by=ravi)
    late = make_evidence(claim, added_at=NOW + days(1))
    evidence.amend(evidence=late, stance="context", by=edith, at=NOW + days(1))
    evidence.remove(evidence=late, by=edith, at=NOW + days(1))
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.SUBMITTED


# After publication.


@pytest.mark.parametrize(
    ("field", "value"), [("text", "The bridge is shut."), ("claimant", "Ines Falk"), ("when", "2026-03")]
)
def test_a_published_claim_that_is_reworded_is_due_to_be_looked_at_again(
    claim: Claim, edith: User, field: str, value: str
) -> None:
    publish(claim)
    verified = Claim.objects.get().last_verified_at
    edit(claim, edith, **{field: value})
    recheck = claim.rechecks.open().get()
    assert (recheck.due_at, recheck.rule) == (NOW + days(1), rechecks.CHANGED_AFTER)
    assert "Edith changed" in recheck.why
    assert rechecks.changed_after_verdict([claim.pk]) == {claim.pk}
    assert Claim.objects.get().last_verified_at == verified


def test_a_look_or_a_new_verdict_takes_the_mark_away(edith: User) -> None:
    looked, judged = make_claim(), make_claim()
    for claim in (looked, judged):
        publish(claim)
        edit(claim, edith, text=f"Reworded {claim.pk}.")
    recheck = looked.rechecks.open().get()
    rechecks.record_outcome(recheck=recheck, outcome="still_so", by=edith, at=NOW + days(2))
    publish(judged, change="wording", at=NOW + days(2))
    assert rechecks.changed_after_verdict([looked.pk, judged.pk]) == set()


def test_a_contributor_does_not_reword_what_is_published(claim: Claim) -> None:
    publish(claim)
    with pytest.raises(Forbidden):
        edit(claim, make_user("contributor"), text="The contrary.")
    assert edit(claim, make_user("contributor"), kind="event").kind == "event"
    assert rechecks.changed_after_verdict([claim.pk]) == set()


def test_a_new_verdict_that_waits_is_put_back_as_well(claim: Claim, ravi: User, edith: User) -> None:
    publish(claim)
    proposal = propose(claim, by=ravi)
    edit(claim, edith, text="The bridge is shut.")
    proposal.refresh_from_db()
    claim.refresh_from_db()
    assert (proposal.state, claim.state) == (Proposal.State.PUT_BACK, Claim.State.PUBLISHED)
    assert rechecks.changed_after_verdict([claim.pk]) == {claim.pk}


def test_a_retired_claim_with_a_verdict_keeps_its_words(claim: Claim, edith: User) -> None:
    publish(claim)
    rechecks.record_outcome(recheck=claim.rechecks.get(), outcome="retired", note="Over.", by=edith, at=NOW)
    with pytest.raises(Conflict) as refused:
        edit(claim, edith, text="The contrary.")
    assert refused.value.code == "has_verdict"


def test_the_database_wants_to_know_why_it_was_put_back() -> None:
    proposal = propose(make_claim())
    with pytest.raises(IntegrityError, match="proposal_sent_back_with_note"), transaction.atomic():
        Proposal.objects.update(state="put_back", reviewed_by=proposal.submitted_by, reviewed_at=NOW)
