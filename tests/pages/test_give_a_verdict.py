"""Giving a verdict: submit, have it approved or sent back, and lose nothing when two are at it."""

import re

import pytest
from django.test import Client

from claims.models import Claim, Proposal, User
from tests.factories import make_article, make_claim, make_user, propose, publish
from tests.pages.reading import field, words

FORM = {
    "follows": "0",
    "rating": "true",
    "change": "first",
    "applies_from": "2026-03-01",
    "applies_until": "",
    "reason": "Two records say so, at length.",
}


def give(desk: Client, claim: Claim, **form: str) -> object:
    return desk.post(f"/claims/{claim.pk}/verdict/", FORM | form)


def test_one_submits_and_another_approves(desk: Client, other_desk: Client) -> None:
    claim = make_claim(make_article())
    give(desk, claim)
    proposal = Proposal.objects.get()
    page = desk.get(f"/claims/{claim.pk}/")
    assert "You submitted it, so somebody else has to approve it." in words(page)
    assert "Approve and publish" not in words(page)
    assert "Approve and publish" in words(other_desk.get(f"/claims/{claim.pk}/"))
    other_desk.post(f"/reviews/{proposal.pk}/approve/")
    claim.refresh_from_db()
    assert claim.state == "published"
    assert "True when made on 2 March 2026, and today." in words(desk.get(f"/claims/{claim.pk}/"))


def test_approving_ones_own_is_refused_in_words(desk: Client, ravi: User) -> None:
    proposal = propose(make_claim(make_article()), by=ravi)
    answer = desk.post(f"/reviews/{proposal.pk}/approve/", follow=True)
    assert "somebody else has to approve it" in words(answer)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_a_reason_is_needed_and_the_rest_is_kept(desk: Client) -> None:
    claim = make_claim(make_article())
    answer = give(desk, claim, reason="", applies_from="2026-02-01")
    assert answer.status_code == 422
    assert "Reason: Give the reason" in words(answer)
    assert field(answer, "applies_from") == "2026-02-01"


def test_an_interval_that_ends_before_it_begins_is_refused(desk: Client) -> None:
    answer = give(desk, make_claim(make_article()), applies_until="2026-02-01")
    assert "Until: It has to end after it begins" in words(answer)


def test_a_verdict_published_meanwhile_is_shown_above_what_was_typed(desk: Client, edith: User) -> None:
    claim = make_claim(make_article())
    publish(claim, "false", by=edith, reason="The council denied it.")
    answer = give(desk, claim)
    assert answer.status_code == 409
    assert "Edith Oka’s verdict was published while you were writing." in words(answer)
    assert "The council denied it." in words(answer)
    assert field(answer, "reason") == FORM["reason"]
    again = {name: field(answer, name) for name in ("follows", "reason", "applies_from")}
    assert again["follows"] == "1"
    assert give(desk, claim, **again, change="new_evidence").status_code == 302
    assert claim.proposals.get(state="submitted").reason == FORM["reason"]


def test_a_proposal_submitted_meanwhile_is_shown_above_what_was_typed(desk: Client, edith: User) -> None:
    claim = make_claim(make_article())
    propose(claim, "false", by=edith, reason="The council denied it.")
    answer = give(desk, claim)
    assert answer.status_code == 409
    assert "Edith Oka submitted a verdict while you were writing." in words(answer)
    assert field(answer, "reason") == FORM["reason"]


def test_sending_back_needs_a_note_and_reaches_the_submitter(
    desk: Client, other_desk: Client, ravi: User
) -> None:
    claim = make_claim(make_article())
    proposal = propose(claim, by=ravi)
    refused = other_desk.post(f"/reviews/{proposal.pk}/send-back/", {"note": ""})
    assert refused.status_code == 422
    other_desk.post(f"/reviews/{proposal.pk}/send-back/", {"note": "Where is the record?"})
    assert "Sent back to me" in words(desk.get("/"))
    assert "Where is the record?" in words(desk.get(f"/claims/{claim.pk}/"))


def test_the_submitter_can_withdraw(desk: Client, ravi: User) -> None:
    proposal = propose(make_claim(make_article()), by=ravi)
    desk.post(f"/reviews/{proposal.pk}/withdraw/")
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_reviews_lists_what_others_submitted(desk: Client, ravi: User, edith: User) -> None:
    propose(make_claim(make_article(), text="Theirs is this."), by=edith)
    propose(make_claim(text="Mine is this."), by=ravi)
    page = words(desk.get("/reviews/"))
    assert page.index("Theirs is this.") < page.index("Submitted by you") < page.index("Mine is this.")


def test_a_contributor_is_not_offered_to_approve(client: Client, carl: User) -> None:
    claim = make_claim(make_article())
    proposal = propose(claim)
    client.force_login(carl)
    page = client.get(f"/claims/{claim.pk}/")
    assert "A reviewer has to approve it" in words(page)
    assert "Approve and publish" not in words(page)
    client.post(f"/reviews/{proposal.pk}/approve/")
    assert not claim.verdicts.exists()


def test_the_timeline_shows_each_verdict_with_its_people(desk: Client, ravi: User, edith: User) -> None:
    claim = make_claim(make_article())
    publish(claim, "true", by=ravi, approved_by=edith)
    publish(claim, "false", by=ravi, approved_by=edith, change="world_changed", reason="It opened.")
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert re.search(r"No\. 2 False .* No\. 1 True", page)
    assert "the world changed decided by Ravi Lind approved by Edith Oka" in page


def test_a_note_to_send_back_is_kept_when_somebody_else_decided_first(
    desk: Client, other_desk: Client
) -> None:
    proposal = propose(make_claim(make_article()))
    other_desk.post(f"/reviews/{proposal.pk}/approve/")
    late = desk.post(f"/reviews/{proposal.pk}/send-back/", {"note": "Where is the second record?"})
    assert late.status_code == 409
    assert "was approved by" in words(late)
    assert "Where is the second record?" in words(late)


@pytest.mark.django_db
def test_a_refusal_is_told_where_its_form_is_not_offered(client: Client) -> None:
    client.force_login(make_user("contributor"), backend="django.contrib.auth.backends.ModelBackend")
    proposal = propose(make_claim(make_article()))
    answer = client.post(f"/reviews/{proposal.pk}/send-back/", {"note": "Hm."})
    assert answer.status_code == 403
    assert "Your role does not allow you to send verdicts back." in words(answer)
