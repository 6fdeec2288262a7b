"""One claim in the admin: what hangs on it, editing it, and what cannot be edited."""

from __future__ import annotations

import pytest

from claims.models import Claim, Claimant
from tests.admin.conftest import page
from tests.factories import make_article, make_claim, make_evidence, make_user, publish

pytestmark = pytest.mark.django_db


def form_of(claim, **changed):
    return {
        "text": claim.text, "kind": claim.kind, "when": claim.when, "claimant": claim.claimant_id or "",
        "assignee": claim.assignee_id or "", "revision": claim.revision, "_continue": "",
    } | changed  # fmt: skip


def test_the_page_shows_appearances_evidence_verdicts_and_rechecks(client, enter):
    enter()
    claim = make_claim(make_article(), passage="The harbour bridge was closed on Monday.")
    make_evidence(claim, quote="Closed until further notice.")
    publish(claim, reason="The harbour office confirms it.")
    body = client.get(page("claim", claim.pk)).text
    for words in (
        "Harbour bridge to reopen", "Closed until further notice.", "The harbour office confirms it.",
        "A status can change any day.",
    ):  # fmt: skip
        assert words in body


def test_an_edit_goes_through_with_its_revision(client, enter):
    enter()
    claim, falk = make_claim(), Claimant.objects.create(name="Ines Falk")
    client.post(page("claim", claim.pk), form_of(claim, text="It is open again.", claimant=falk.pk))
    claim.refresh_from_db()
    assert (claim.text, claim.claimant, claim.revision) == ("It is open again.", falk, 2)


def test_a_stale_edit_is_refused_and_keeps_what_was_typed(client, enter):
    enter()
    claim = make_claim()
    stale = form_of(claim, text="My own words.")
    client.post(page("claim", claim.pk), form_of(claim, text="Theirs."))
    answer = client.post(page("claim", claim.pk), stale)
    assert answer.status_code == 200
    assert "My own words." in answer.text
    assert "It now reads: “Theirs.”" in answer.text
    assert Claim.objects.get(pk=claim.pk).text == "Theirs."


def test_saving_again_after_the_warning_goes_over_theirs(client, enter):
    enter()
    claim = make_claim()
    stale = form_of(claim, text="My own words.")
    client.post(page("claim", claim.pk), form_of(claim, text="Theirs."))
    warned = client.post(page("claim", claim.pk), stale)
    again = warned.context["adminform"].form["revision"].value()
    client.post(page("claim", claim.pk), stale | {"revision": again})
    assert Claim.objects.get(pk=claim.pk).text == "My own words."


def test_what_the_domain_refuses_stands_at_its_field(client, enter):
    enter()
    claim = make_claim()
    answer = client.post(page("claim", claim.pk), form_of(claim, text="x" * 2001))
    assert "text" in answer.context["adminform"].form.errors
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_a_claim_is_assigned_on_its_page(client, enter):
    enter()
    claim, colleague = make_claim(), make_user()
    client.post(page("claim", claim.pk), form_of(claim, assignee=colleague.pk))
    claim.refresh_from_db()
    assert (claim.assignee, claim.revision) == (colleague, 1)


def test_accepting_asks_first_and_acts_by_post(client, enter):
    enter()
    claim = make_claim(state="new")
    address = f"/admin/claims/claim/{claim.pk}/accept/"
    assert "Accept this claim?" in client.get(address).text
    assert Claim.objects.get(pk=claim.pk).state == "new"
    assert client.post(address, {"_form_submitted": "on"}).headers["HX-Redirect"] == page("claim", claim.pk)
    assert Claim.objects.get(pk=claim.pk).state == "in_progress"


@pytest.mark.parametrize(
    ("state", "steps"),
    [("new", {"accept", "reject"}), ("in_progress", {"reject", "restore"}), ("retired", {"restore"})],
)
def test_only_the_steps_that_are_open_are_offered(client, enter, state, steps):
    enter()
    claim = make_claim(state=state, retired_why="said twice" if state == "retired" else "")
    body = client.get(page("claim", claim.pk)).text
    offered = {step for step in ("accept", "reject", "restore") if f"/claim/{claim.pk}/{step}/" in body}
    assert offered == steps


@pytest.mark.parametrize("model", ["verdict", "proposal", "recheck"])
def test_rows_of_the_record_can_neither_be_changed_nor_deleted(client, enter, model):
    enter(make_user("administrator"))  # Not even a superuser.
    verdict = publish(make_claim())
    row = {"verdict": verdict, "proposal": verdict.proposal, "recheck": verdict.claim.rechecks.get()}[model]
    assert (
        client.post(page(model, row.pk), {"reason": "Other words.", "note": "Other words."}).status_code
        == 403
    )
    assert client.post(page(model, row.pk, what="delete"), {"post": "yes"}).status_code == 403
    assert client.post(page(model, what="add"), {}).status_code == 403


def test_a_claim_is_not_deleted(client, enter):
    enter(make_user("administrator"))
    claim = make_claim()
    assert client.post(page("claim", claim.pk, what="delete"), {"post": "yes"}).status_code == 403
