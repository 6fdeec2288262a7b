"""Undo by programs: what a key changed, that key takes back."""

import pytest

from claims.models import Claim
from tests.api.conftest import Caller, caller, is_problem
from tests.factories import make_claim, propose

pytestmark = pytest.mark.django_db


def last(api: Caller) -> dict[str, object]:
    found: dict[str, object] = api.get("/undo").json()["results"][0]
    return found


def test_a_change_is_listed_and_undone(api: Caller) -> None:
    claim = make_claim(state="new", text="The bridge is closed.")
    api.post(f"/claims/{claim.pk}/accept")
    step = last(api)
    assert (step["words"], step["claim"]) == ("Accepted: The bridge is closed.", claim.pk)
    undone = api.post(f"/undo/{step['id']}")
    assert undone.status_code == 200
    assert undone.json()["undone_at"]
    claim.refresh_from_db()
    assert claim.state == "new"
    is_problem(api.post(f"/undo/{step['id']}"), 409, "undone_already")
    assert len(api.get("/undo").json()["results"]) == 1


def test_what_was_changed_since_is_refused(api: Caller, editor: Caller) -> None:
    claim = make_claim()
    api.patch(f"/claims/{claim.pk}", {"revision": 1, "kind": "event"})
    editor.patch(f"/claims/{claim.pk}", {"revision": 2, "text": "Other words."})
    problem = is_problem(api.post(f"/undo/{last(api)['id']}"), 409, "changed_since")
    assert str(editor.user) in problem["detail"]
    assert Claim.objects.get(pk=claim.pk).kind == "event"


def test_another_key_has_no_part_in_it(api: Caller) -> None:
    claim = make_claim(state="new")
    api.post(f"/claims/{claim.pk}/accept")
    other = caller()
    assert other.get("/undo").json()["results"] == []
    is_problem(other.post(f"/undo/{last(api)['id']}"), 404)


def test_a_published_verdict_is_not_among_them(api: Caller) -> None:
    proposal = propose(make_claim())
    assert api.post(f"/proposals/{proposal.pk}/approve").status_code == 201
    assert api.get("/undo").json()["results"] == []


def test_evidence_taken_off_comes_back_with_its_number(api: Caller) -> None:
    claim = make_claim()
    attached = api.post(
        f"/claims/{claim.pk}/evidence", {"url": "https://records.example/1", "stance": "supports"}
    ).json()
    api.delete(f"/evidence/{attached['id']}")
    assert last(api)["words"] == f"Evidence removed: {claim.text}"
    api.post(f"/undo/{last(api)['id']}")
    assert api.get(f"/evidence/{attached['id']}").status_code == 200


def test_a_key_that_only_reads_undoes_nothing(api: Caller) -> None:
    claim = make_claim(state="new")
    api.post(f"/claims/{claim.pk}/accept")
    reader = caller("reviewer", "read")
    is_problem(reader.post(f"/undo/{last(api)['id']}"), 403, "no_scope")
