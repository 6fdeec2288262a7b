"""Submitting a verdict, having it approved, and the history that follows."""

import pytest

from claims.models import Proposal, Verdict
from tests.api.conftest import caller, is_problem
from tests.factories import make_claim, make_evidence, propose, publish

pytestmark = pytest.mark.django_db

FIRST = {
    "follows": 0,
    "rating": "true",
    "reason": "The council's record says so.",
    "change": "first",
    "applies_from": "2026-03-01",
}
SECOND = FIRST | {"follows": 1, "rating": "false", "change": "world_changed"}


def test_from_proposal_to_publication(api, editor):
    claim = make_claim()
    make_evidence(claim)
    proposal = api.post(f"/claims/{claim.pk}/verdicts", FIRST)
    assert (proposal.status_code, proposal.json()["state"]) == (201, "submitted")
    verdict = editor.post(f"/proposals/{proposal.json()['id']}/approve")
    assert verdict.status_code == 201
    assert (verdict.json()["number"], verdict.json()["rating_number"]) == (1, 5)
    assert verdict.json()["decided_by"]["username"] == api.user.username
    assert verdict.json()["approved_by"]["username"] == editor.user.username
    assert len(verdict.json()["basis"]) == 1
    assert api.get(f"/claims/{claim.pk}").json()["state"] == "published"


def test_nobody_approves_their_own(api):
    proposal = propose(make_claim(), by=api.user)
    is_problem(api.post(f"/proposals/{proposal.pk}/approve"), 403, "four_eyes")
    assert not Verdict.objects.exists()


def test_a_contributor_does_not_approve_whatever_the_key_says():
    proposal = propose(make_claim())
    is_problem(caller("contributor").post(f"/proposals/{proposal.pk}/approve"), 403, "not_allowed")


def test_a_verdict_on_an_outdated_number_is_told_the_newest(api):
    claim = make_claim()
    publish(claim)
    problem = is_problem(api.post(f"/claims/{claim.pk}/verdicts", FIRST), 409, "verdict_outdated")
    assert problem["number"] == 1
    assert problem["type"] == "/api/v1/problems#verdict_outdated"
    assert not Proposal.objects.filter(state="submitted").exists()


def test_a_second_proposal_waits_for_the_first(api, editor):
    claim = make_claim()
    first = api.post(f"/claims/{claim.pk}/verdicts", FIRST).json()
    problem = is_problem(editor.post(f"/claims/{claim.pk}/verdicts", FIRST), 409, "proposal_open")
    assert problem["proposal"] == first["id"]


def test_approving_twice_publishes_once(editor):
    proposal = propose(make_claim())
    assert editor.post(f"/proposals/{proposal.pk}/approve").status_code == 201
    is_problem(editor.post(f"/proposals/{proposal.pk}/approve"), 409, "already_reviewed")
    assert Verdict.objects.count() == 1


def test_sending_back_needs_a_note_and_keeps_it(api, editor):
    proposal = propose(make_claim(), by=api.user)
    is_problem(editor.post(f"/proposals/{proposal.pk}/send-back", {"note": "  "}), 422, field="note")
    answer = editor.post(f"/proposals/{proposal.pk}/send-back", {"note": "Which record?"}).json()
    assert (answer["state"], answer["review_note"]) == ("sent_back", "Which record?")


def test_only_the_submitter_withdraws(api, editor):
    proposal = propose(make_claim(), by=api.user)
    is_problem(editor.post(f"/proposals/{proposal.pk}/withdraw"), 403, "not_yours")
    assert api.post(f"/proposals/{proposal.pk}/withdraw").json()["state"] == "withdrawn"


def test_the_history_is_newest_first_and_chained(api):
    claim = make_claim()
    publish(claim)
    publish(claim, "false")
    second, first = api.get(f"/claims/{claim.pk}/verdicts").json()["results"]
    assert (second["number"], first["number"]) == (2, 1)
    assert second["previous_hash"] == first["hash"]


def test_the_queue_of_proposals(api, editor):
    waiting = propose(make_claim(), by=api.user)
    editor.post(f"/proposals/{propose(make_claim()).pk}/approve")
    found = api.get(f"/proposals?state=submitted&submitted_by={api.user.username}").json()["results"]
    assert [proposal["id"] for proposal in found] == [waiting.pk]
    assert api.get(f"/proposals/{waiting.pk}").json()["follows"] == 0
    assert len(api.get("/proposals").json()["results"]) == 2
    assert len(api.get(f"/proposals?claim={waiting.claim_id}").json()["results"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "   "}, "reason"),
        ({"change": "wording"}, "change"),
        ({"applies_until": "2026-03-01"}, "applies_until"),
        ({"rating": "rather_true"}, "rating"),
        ({"follows": -1}, "follows"),
        ({"applies_from": "0999-01-01"}, "applies_from"),
    ],
)
def test_what_a_verdict_needs(api, change, field):
    is_problem(api.post(f"/claims/{make_claim().pk}/verdicts", FIRST | change), 422, field=field)
    assert not Proposal.objects.exists()
