"""What a rating needs is shown where it is given, and again where it is approved."""

import pytest
from django.test import Client

from claims.models import Claim, Proposal, User
from tests.factories import make_article, make_claim, make_evidence, make_source, propose, set_gate
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words

FORM = {
    "follows": "0",
    "rating": "true",
    "change": "first",
    "applies_from": "2026-03-01",
    "reason": "So it is.",
}


@pytest.fixture
def claim(ravi: User) -> Claim:
    set_gate("true", 2)
    claim = make_claim(make_article())
    make_evidence(claim, added_by=ravi, source=make_source(title="Council minutes"))
    return claim


def test_the_form_says_what_each_rating_needs_and_has(desk: Client, claim: Claim) -> None:
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "True needs 2 independent sources for the claim, 1 so far: Council minutes." in page
    assert "False needs" not in page


def test_what_is_missing_is_said_on_submitting(desk: Client, claim: Claim) -> None:
    page = words(desk.post(f"/claims/{claim.pk}/verdict/", FORM, follow=True))
    assert "1 so far: Council minutes. Attach more, or an editor has to say why these are enough." in page


def test_a_reviewer_is_told_and_approves_once_there_are_enough(
    desk: Client, edith: User, ravi: User, claim: Claim
) -> None:
    proposal = propose(claim, by=edith)
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "With fewer sources only an editor approves it" in page
    refused = desk.post(f"/reviews/{proposal.pk}/approve/")
    assert refused.status_code == 409
    assert "True needs 2 independent sources for the claim, 1 so far" in words(refused)
    make_evidence(claim, added_by=ravi)
    answer = desk.post(f"/reviews/{proposal.pk}/approve/", follow=True)
    assert "Verdict no. 1 is published." in words(answer)


def test_an_editor_approves_with_a_reason_which_is_shown(
    other_desk: Client, ravi: User, claim: Claim
) -> None:
    proposal = propose(claim, by=ravi)
    assert "Why are these sources enough?" in words(other_desk.get(f"/claims/{claim.pk}/"))
    why = {"override": "The minutes are the record itself."}
    page = words(other_desk.post(f"/reviews/{proposal.pk}/approve/", why, follow=True))
    assert "Approved with 1 of 2 independent sources by Edith Oka: The minutes are the record itself." in page


def test_an_override_by_a_reviewer_is_refused_in_words(desk: Client, edith: User, claim: Claim) -> None:
    proposal = propose(claim, by=edith)
    answer = desk.post(f"/reviews/{proposal.pk}/approve/", {"override": "I am sure."})
    assert answer.status_code == 403
    assert "Your role does not allow you to approve a rating with fewer independent sources" in words(answer)


def test_evidence_against_it_has_to_be_ticked_as_seen(other_desk: Client, ravi: User, claim: Claim) -> None:
    set_gate("true", 0)
    against = make_evidence(
        claim, stance="refutes", quote="It is open.", source=make_source(title="Denial"), added_by=ravi
    )
    proposal = propose(claim, by=ravi)
    page = words(other_desk.get(f"/claims/{claim.pk}/"))
    assert "The reason does not deal with this evidence against it" in page
    refused = other_desk.post(f"/reviews/{proposal.pk}/approve/", {"override": "Kept."})
    assert refused.status_code == 409
    assert "The reason does not deal with evidence against it (refutes: Denial)" in words(refused)
    answer = other_desk.post(f"/reviews/{proposal.pk}/approve/", {"seen": [against.pk]}, follow=True)
    assert "Edith Oka had seen 1 piece of evidence against it that the reason does not deal with." in words(
        answer
    )


def test_what_was_typed_stays_where_something_was_not_seen(
    other_desk: Client, ravi: User, claim: Claim
) -> None:
    make_evidence(claim, stance="refutes", added_by=ravi)
    proposal = propose(claim, by=ravi)
    refused = other_desk.post(f"/reviews/{proposal.pk}/approve/", {"override": "The record itself."})
    assert refused.status_code == 409
    assert field(refused, "override") == "The record itself."


def test_what_the_reason_deals_with_is_ticked_and_not_pointed_out(
    desk: Client, other_desk: Client, ravi: User, claim: Claim
) -> None:
    set_gate("true", 0)
    against = make_evidence(claim, stance="refutes", added_by=ravi)
    desk.post(f"/claims/{claim.pk}/verdict/", FORM | {"addressed": [against.pk]})
    assert Proposal.objects.get().addressed == [against.pk]
    assert "does not deal with" not in words(other_desk.get(f"/claims/{claim.pk}/"))


def test_the_ticks_stay_where_the_verdict_is_refused(desk: Client, claim: Claim, ravi: User) -> None:
    against = make_evidence(claim, stance="refutes", added_by=ravi)
    answer = desk.post(f"/claims/{claim.pk}/verdict/", FORM | {"addressed": [against.pk], "reason": ""})
    assert answer.status_code == 422
    assert f'name="addressed" value="{against.pk}" checked' in answer.content.decode()


def test_no_two_forms_approve_ones_own(desk: Client, ravi: User, claim: Claim) -> None:
    proposal = propose(claim, by=ravi)
    answer = desk.post(f"/reviews/{proposal.pk}/approve/", {"override": "I am sure."})
    assert answer.status_code == 403
    assert "somebody else has to approve it" in words(answer)


def test_a_contributor_sees_what_is_missing_and_cannot_approve(carl: User, ravi: User, claim: Claim) -> None:
    propose(claim, by=ravi)
    page = words(browser_of(carl).get(f"/claims/{claim.pk}/"))
    assert "True needs 2 independent sources for the claim, 1 so far: Council minutes." in page
    assert "Approve and publish" not in page
