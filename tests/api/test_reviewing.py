"""Gates, blind second ratings, corrections and topics, by programs."""

import pytest

from claims import blind
from claims.models import BlindSwitch, Proposal, Topic, Verdict
from tests.api.conftest import caller, is_problem
from tests.factories import NOW, make_claim, make_evidence, propose, publish, set_gate

pytestmark = pytest.mark.django_db

FIRST = {
    "follows": 0,
    "rating": "true",
    "reason": "So it is.",
    "change": "first",
    "applies_from": "2026-03-01",
}


def test_the_gates_are_told(api):
    set_gate("false", 3)
    told = {row["rating"]: row["sources"] for row in api.get("/rating-gates").json()["results"]}
    assert len(told) == 12
    assert told["false"] == 3


def test_what_a_proposal_needs_and_an_editors_override(api, editor):
    set_gate("true", 2)
    claim = make_claim()
    item = make_evidence(claim)
    proposal = api.post(f"/claims/{claim.pk}/verdicts", FIRST).json()
    gate = api.get(f"/proposals/{proposal['id']}/gate").json()
    assert (gate["needed"], gate["origins"], gate["met"]) == (2, [str(item.source)], False)
    approve = f"/proposals/{proposal['id']}/approve"
    problem = is_problem(editor.post(approve), 409, "gate_not_met", "override")
    assert (problem["needed"], problem["sources"]) == (2, [str(item.source)])
    is_problem(caller().post(approve, {"override": "Sure."}), 403, "not_allowed")
    verdict = editor.post(approve, {"override": "The record itself."}).json()
    assert verdict["approval"] == {
        "needed": 2, "independent": 1, "override": "The record itself.", "unaddressed": []
    }  # fmt: skip


def test_evidence_against_it_has_to_be_named_as_seen(api, editor):
    claim = make_claim()
    seen, dealt_with = (make_evidence(claim, stance="refutes") for _ in range(2))
    proposal = api.post(f"/claims/{claim.pk}/verdicts", FIRST | {"addressed": [dealt_with.pk]}).json()
    assert proposal["addressed"] == [dealt_with.pk]
    approve = f"/proposals/{proposal['id']}/approve"
    problem = is_problem(editor.post(approve), 409, "contrary_unseen", "seen")
    assert problem["evidence"] == [seen.pk]
    assert editor.post(approve, {"seen": [seen.pk]}).json()["approval"]["unaddressed"] == [seen.pk]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"seen": "all"}, "seen"),
        ({"seen": ["x"]}, "seen"),
        ({"override": 1}, "override"),
        ({"yes": 1}, "yes"),
    ],
)
def test_a_bad_approval_names_its_member(editor, body, field):
    proposal = propose(make_claim())
    is_problem(editor.post(f"/proposals/{proposal.pk}/approve", body), 422)
    assert field in str(editor.post(f"/proposals/{proposal.pk}/approve", body).json()["errors"])
    assert not Verdict.objects.exists()


def test_evidence_of_another_claim_is_not_dealt_with(api):
    stranger = make_evidence(make_claim())
    body = FIRST | {"addressed": [stranger.pk]}
    is_problem(api.post(f"/claims/{make_claim().pk}/verdicts", body), 422, "unknown_evidence", "addressed")


def test_a_sealed_proposal_tells_nothing_until_it_is_rated_blind(api, editor):
    claim = make_claim()
    asked = editor.post("/blind-ratings", {"claim": claim.pk})
    assert (asked.status_code, asked.json()["claim"]) == (201, claim.pk)
    mine = api.post(f"/claims/{claim.pk}/verdicts", FIRST).json()
    assert (mine["sealed"], mine["rating"]) == (True, "true")
    path = f"/proposals/{mine['id']}"
    for told in (editor.get(path).json(), editor.get("/proposals").json()["results"][0]):
        assert told["sealed"]
        assert {told[name] for name in ("rating", "rating_number", "label", "reason", "change")} == {None}
    is_problem(editor.get(f"{path}/gate"), 409, "sealed")
    is_problem(editor.post(f"{path}/approve"), 409, "sealed")
    is_problem(api.post(f"{path}/second-rating", {"rating": "true", "reason": "Me."}), 403, "four_eyes")
    rated = editor.post(f"{path}/second-rating", {"rating": "half_true", "reason": "Not all of it."})
    assert (rated.status_code, rated.json()["first"]) == (201, "true")
    open_now = editor.get(path).json()
    assert (open_now["rating"], open_now["second_rating"]["rating"]) == ("true", "half_true")
    again = editor.post(f"{path}/second-rating", {"rating": "true", "reason": "Again."})
    is_problem(again, 409, "not_sealed")
    assert editor.post(f"{path}/approve").json()["second_rating"]["reason"] == "Not all of it."


def test_blind_ratings_are_asked_for_and_ended_by_editors(api, editor):
    Topic.objects.create(name="Harbour")
    is_problem(api.post("/blind-ratings", {}), 403, "not_allowed")
    assert editor.post("/blind-ratings", {"topic": "harbour"}).json()["topic"] == "Harbour"
    everywhere = editor.post("/blind-ratings", {}).json()
    assert (everywhere["topic"], everywhere["claim"]) == (None, None)
    is_problem(editor.post("/blind-ratings", {}), 409, "on_already")
    is_problem(editor.post("/blind-ratings", {"topic": "Fish"}), 422, field="topic")
    both = {"topic": "Harbour", "claim": make_claim().pk}
    is_problem(editor.post("/blind-ratings", both), 422, field="claim")
    assert len(api.get("/blind-ratings").json()["results"]) == 2
    is_problem(api.delete(f"/blind-ratings/{everywhere['id']}"), 403, "not_allowed")
    assert editor.delete(f"/blind-ratings/{everywhere['id']}").status_code == 204
    assert BlindSwitch.objects.count() == 1


def test_agreement_is_told_by_topic(api, editor):
    blind.switch_on(by=editor.user, at=NOW)
    topic = Topic.objects.create(name="Harbour")
    for first, second in (("true", "true"), ("false", "false"), ("true", "false")):
        proposal = propose(make_claim(topic=topic), first)
        blind.rate(proposal=proposal, rating=second, reason="So.", by=editor.user, at=NOW)
    told = api.get("/agreement").json()
    [harbour] = told["by_topic"]
    assert (harbour["topic"], harbour["pairs"], harbour["agreed"]) == ("Harbour", 3, 2)
    assert harbour["kappa"] == pytest.approx(0.4)
    assert told["everything"]["pairs"] == 3


def test_no_pairs_no_kappa(api):
    assert api.get("/agreement").json() == {
        "everything": {"topic": "", "pairs": 0, "agreed": 0, "kappa": None}, "by_topic": []
    }  # fmt: skip


def test_a_correction_is_needed_for_our_error_and_published(api, editor):
    claim = make_claim()
    publish(claim)
    body = FIRST | {"follows": 1, "rating": "false", "change": "our_error"}
    is_problem(api.post(f"/claims/{claim.pk}/verdicts", body), 422, "required", "correction")
    stray = body | {"change": "wording", "correction": "x"}
    is_problem(api.post(f"/claims/{claim.pk}/verdicts", stray), 422, "bad_change", "correction")
    proposal = api.post(f"/claims/{claim.pk}/verdicts", body | {"correction": "We misread it."}).json()
    assert proposal["correction"] == "We misread it."
    assert api.get("/corrections").json()["results"] == []
    verdict = editor.post(f"/proposals/{proposal['id']}/approve").json()
    assert (verdict["correction"]["text"], verdict["correction"]["corrects"]) == ("We misread it.", 1)
    [told] = api.get(f"/corrections?claim={claim.pk}").json()["results"]
    assert (told["before"], told["now"], told["claim_text"]) == ("true", "false", claim.text)
    assert api.get(f"/corrections?claim={make_claim().pk}").json()["results"] == []


def test_topics_are_listed_set_and_searched(api):
    Topic.objects.create(name="Harbour")
    assert [row["name"] for row in api.get("/topics").json()["results"]] == ["Harbour"]
    claim, other = make_claim(), make_claim()
    edited = api.patch(f"/claims/{claim.pk}", {"revision": 1, "topic": "harbour"})
    assert edited.json()["topic"] == "Harbour"
    found = {name: api.get(f"/claims?topic={name}").json()["results"] for name in ("Harbour", "none")}
    assert [row["id"] for row in found["Harbour"]] == [claim.pk]
    assert [row["id"] for row in found["none"]] == [other.pk]
    is_problem(api.patch(f"/claims/{claim.pk}", {"revision": 2, "topic": "Fish"}), 422, field="topic")


def test_an_edit_puts_a_review_back(api, editor):
    proposal = propose(make_claim(), by=api.user)
    editor.patch(f"/claims/{proposal.claim_id}", {"revision": 1, "text": "Something else."})
    told = api.get(f"/proposals/{proposal.pk}").json()
    assert told["state"] == "put_back"
    assert "changed the claim's text" in told["review_note"]
    is_problem(editor.post(f"/proposals/{proposal.pk}/approve"), 409, "already_reviewed")


def test_removed_evidence_puts_a_review_back(api, editor):
    claim = make_claim()
    item = make_evidence(claim)
    propose(claim, by=api.user)
    assert editor.delete(f"/evidence/{item.pk}").status_code == 204
    assert Proposal.objects.get().state == "put_back"


def test_a_published_claim_that_is_reworded_says_so_and_is_no_claimreview(api):
    claim = make_claim()
    publish(claim)
    assert api.get(f"/claims/{claim.pk}/claimreview").status_code == 200
    body = {"revision": 1, "text": "Something else."}
    is_problem(caller("contributor").patch(f"/claims/{claim.pk}", body), 403, "not_allowed")
    assert api.patch(f"/claims/{claim.pk}", body).json()["status"]["changed_after_verdict"]
    assert api.get(f"/claims/{claim.pk}/status").json()["changed_after_verdict"]
    is_problem(api.get(f"/claims/{claim.pk}/claimreview"), 404, "not_found")
