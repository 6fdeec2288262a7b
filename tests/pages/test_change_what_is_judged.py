"""Changing a claim or its evidence while a verdict waits, or after one: people are warned and told."""

import pytest
from django.test import Client

from claims.models import Claim, Notice, Topic, User
from tests.factories import make_article, make_claim, make_evidence, propose, publish
from tests.pages.reading import words


def edit(browser: Client, claim: Claim, **fields: str) -> object:
    claim.refresh_from_db()
    form = {"text": claim.text, "kind": claim.kind, "claimant": "", "when": "", "topic": ""}
    return browser.post(f"/claims/{claim.pk}/edit/", form | {"revision": str(claim.revision)} | fields)


@pytest.fixture
def claim() -> Claim:
    return make_claim(make_article(), text="The bridge is closed.")


def test_the_form_warns_and_the_review_is_put_back_with_words(
    desk: Client, other_desk: Client, ravi: User, claim: Claim
) -> None:
    propose(claim, by=ravi)
    form = words(other_desk.get(f"/claims/{claim.pk}/edit/"))
    assert "A verdict on this claim waits for review." in form
    edit(other_desk, claim, text="The bridge is shut.")
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "put back after a change" in page
    assert "Edith Oka changed the claim's text. It read: “The bridge is closed.”" in page
    assert "Put back: Edith Oka changed the claim's text." in words(desk.get("/"))


def test_both_find_it_in_the_inbox_and_mark_it_as_read(
    desk: Client, other_desk: Client, ravi: User, claim: Claim
) -> None:
    propose(claim, by=ravi)
    edit(other_desk, claim, text="The bridge is shut.")
    for browser in (desk, other_desk):
        assert "Inbox, 1 unread" in browser.get("/").content.decode()
        inbox = words(browser.get("/inbox/"))
        assert "The verdict that waited for review was put back: look at it, then submit it again." in inbox
    newest = Notice.objects.get(person=ravi).pk
    desk.post("/inbox/notices/read/", {"newest": newest})
    assert "Inbox, 1 unread" not in desk.get("/").content.decode()
    assert "was put back" not in words(desk.get("/inbox/?show=unread"))
    assert "was put back" in words(desk.get("/inbox/"))
    assert Notice.objects.get(person__first_name="Edith").read_at is None


def test_removed_evidence_puts_it_back_and_says_so(
    desk: Client, other_desk: Client, ravi: User, claim: Claim
) -> None:
    item = make_evidence(claim, added_by=ravi)
    propose(claim, by=ravi)
    other_desk.post(f"/evidence/{item.pk}/remove/")
    assert "Edith Oka removed evidence that the verdict stands on" in words(desk.get(f"/claims/{claim.pk}/"))


def test_a_published_claim_that_is_reworded_is_marked(
    desk: Client, other_desk: Client, ravi: User, edith: User, client: Client, claim: Claim
) -> None:
    publish(claim, by=ravi, approved_by=edith)
    form = words(other_desk.get(f"/claims/{claim.pk}/edit/"))
    assert "A verdict is published on these words." in form
    edit(other_desk, claim, text="The bridge is shut.")
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "review again" in page
    assert "The claim was changed after its verdict." in page
    assert "review again" in words(desk.get("/claims/"))
    assert "we are looking at it again" in words(client.get(f"/claims/{claim.pk}/ask/"))


def test_a_contributor_is_not_offered_to_reword_it(
    client: Client, ravi: User, edith: User, carl: User, claim: Claim
) -> None:
    publish(claim, by=ravi, approved_by=edith)
    client.force_login(carl)
    assert "Edit the claim" not in words(client.get(f"/claims/{claim.pk}/"))
    answer = edit(client, claim, text="The contrary.")
    assert answer.status_code == 403  # type: ignore[attr-defined]
    claim.refresh_from_db()
    assert claim.text == "The bridge is closed."


def test_a_topic_is_chosen_on_editing_and_shown(desk: Client, claim: Claim) -> None:
    Topic.objects.create(name="Harbour")
    edit(desk, claim, topic="Harbour")
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "Topic Harbour" in page
    assert 'value="Harbour" selected' in desk.get(f"/claims/{claim.pk}/edit/").content.decode()


def test_a_topic_is_chosen_on_adding(desk: Client) -> None:
    Topic.objects.create(name="Harbour")
    article = make_article()
    form = {
        "text": "A.",
        "kind": "event",
        "quote": "The harbour bridge was closed on Monday.",
        "topic": "Harbour",
    }
    desk.post(f"/articles/{article.pk}/add-claim/", form)
    assert Claim.objects.get().topic.name == "Harbour"  # type: ignore[union-attr]


def test_an_unknown_topic_is_refused(desk: Client, claim: Claim) -> None:
    answer = edit(desk, claim, topic="Fish")
    assert answer.status_code == 422  # type: ignore[attr-defined]


def test_many_claims_get_a_topic_and_are_found_by_it(desk: Client, claim: Claim) -> None:
    Topic.objects.create(name="Harbour")
    other = make_claim(text="The tunnel is flooded.")
    page = words(
        desk.post("/claims/bulk/", {"action": "topic", "topic": "Harbour", "claims": [claim.pk]}, follow=True)
    )
    assert "1 claim moved to Harbour." in page
    found = words(desk.get("/claims/", {"topic": "Harbour"}))
    assert claim.text in found
    assert other.text not in found
