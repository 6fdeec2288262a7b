"""Undo at the desk: the button after each change, the list of the last ones, and what is refused."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Evidence, UndoStep, User
from tests.factories import make_article, make_claim, propose, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import HTMX, words

SOURCE = {"url": "https://records.example/1", "stance": "supports"}
BUTTON = re.compile(r'action="(/undo/\d+/)"')


def button(answer) -> str:
    """Where the button of an answer leads."""
    found = BUTTON.search(answer.content.decode())
    assert found, "no button"
    return found[1]


def test_the_page_after_a_change_offers_to_undo_it_once(desk: Client) -> None:
    claim = make_claim(text="The bridge is closed.", state="new")
    page = desk.post(f"/claims/{claim.pk}/accept/", follow=True)
    assert "Accepted: The bridge is closed. Undo" in words(page)
    assert "data-undo" in page.content.decode()
    again = desk.get(f"/claims/{claim.pk}/")
    assert not BUTTON.search(again.content.decode())


def test_a_card_beside_the_article_brings_the_button_with_it(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article, state="new")
    card = desk.post(f"/claims/{claim.pk}/accept/?article={article.pk}", headers=HTMX)
    assert 'id="undo"' in card.content.decode()
    assert 'hx-swap-oob="true"' in card.content.decode()
    back = desk.post(button(card), headers={"Referer": f"http://testserver/articles/{article.pk}/"})
    assert back["Location"] == f"http://testserver/articles/{article.pk}/#claim-{claim.pk}"
    claim.refresh_from_db()
    assert claim.state == "new"


def test_an_undone_change_is_told_and_offered_no_more(desk: Client) -> None:
    claim = make_claim(state="new", text="The bridge is closed.")
    page = desk.post(f"/claims/{claim.pk}/reject/", {"preset": "too trivial"}, follow=True)
    told = desk.post(button(page), follow=True)
    assert "Undone. Retired: The bridge is closed." in words(told)
    assert not BUTTON.search(told.content.decode())
    assert "undone" in words(desk.get("/undo/"))


def test_the_last_changes_are_listed_newest_first(desk: Client) -> None:
    claim = make_claim(text="The bridge is closed.")
    desk.post(f"/claims/{claim.pk}/evidence/", SOURCE)
    form = {"revision": 1, "text": "It is <b>shut</b>.", "kind": "status", "claimant": "", "when": ""}
    desk.post(f"/claims/{claim.pk}/edit/", form)
    page = desk.get("/undo/")
    told = words(page)
    assert told.index("Claim changed: It is <b>shut</b>.") < told.index("Evidence attached: ")
    assert len(set(BUTTON.findall(page.content.decode()))) == 2


def test_what_changes_nothing_offers_nothing(desk: Client) -> None:
    claim = make_claim()
    desk.post(f"/claims/{claim.pk}/accept/")
    desk.post(f"/claims/{claim.pk}/reject/", {"why": ""})
    desk.post("/inbox/read/", {"newest": 1})
    assert not UndoStep.objects.exists()
    assert "Nothing to undo." in words(desk.get("/undo/"))


def test_many_claims_of_the_queue_are_taken_back_at_once(desk: Client) -> None:
    ticked = [make_claim(state="new").pk for _ in range(3)]
    page = desk.post("/claims/bulk/", {"action": "reject", "claims": ticked, "why": "trivial"}, follow=True)
    assert "Retired: 3 claims" in words(page)
    desk.post(button(page))
    assert set(Claim.objects.values_list("state", flat=True)) == {"new"}


def test_what_somebody_else_changed_since_is_told_and_stays(desk: Client, other_desk: Client) -> None:
    claim = make_claim(text="The bridge is closed.")
    page = desk.post(
        f"/claims/{claim.pk}/evidence/",
        SOURCE,
        follow=True,
    )
    item = Evidence.objects.get()
    other_desk.post(f"/evidence/{item.pk}/edit/", {"stance": "refutes"})
    told = desk.post(button(page), follow=True)
    assert "Edith Oka has changed the evidence since, so this was not undone." in words(told)
    assert desk.post(button(page), headers=HTMX).status_code == 409
    item.refresh_from_db()
    assert item.stance == "refutes"


def test_a_published_verdict_says_that_it_is_not_undone(desk: Client, edith: User) -> None:
    proposal = propose(make_claim(), by=edith)
    page = desk.post(f"/reviews/{proposal.pk}/approve/", follow=True)
    assert "Verdict no. 1 is published. That is not undone; it can be withdrawn or superseded" in words(page)
    assert not BUTTON.search(page.content.decode())
    assert "A published verdict is not undone" in words(desk.get("/undo/"))


def test_a_merge_and_a_split_are_taken_back(desk: Client) -> None:
    claim, other = make_claim(text="The bridge is shut."), make_claim()
    form = {"claims": [claim.pk, other.pk], "into": other.pk, "reason": "The same."}
    merged = desk.post("/claims/merge/", form, follow=True)
    desk.post(button(merged))
    assert desk.get(f"/claims/{claim.pk}/").status_code == 200
    halves = {
        "parts": 2,
        "text_1": "One.",
        "kind_1": "event",
        "text_2": "Two.",
        "kind_2": "event",
        "reason": "x",
    }
    split = desk.post(f"/claims/{claim.pk}/split/", halves, follow=True)
    part = claim.parts.first()
    assert part
    back = desk.post(button(split), headers={"Referer": f"http://testserver/claims/{part.pk}/"})
    assert back["Location"] == f"/claims/{claim.pk}/"
    assert not claim.parts.exists()


def test_a_claim_added_by_hand_goes_again(desk: Client) -> None:
    article = make_article()
    form = {"quote": "the repair costs 4 million euros", "text": "It costs 4 million.", "kind": "quantity"}
    page = desk.post(f"/articles/{article.pk}/add-claim/", form, follow=True)
    assert "Claim added: It costs 4 million." in words(page)
    desk.post(button(page))
    assert not Claim.objects.exists()


@pytest.mark.parametrize("who", ["somebody else", "the same person elsewhere"])
def test_a_step_is_undone_in_its_own_session_only(
    desk: Client, ravi: User, other_desk: Client, who: str
) -> None:
    claim = make_claim(state="new")
    page = desk.post(f"/claims/{claim.pk}/accept/", follow=True)
    browser = other_desk if who == "somebody else" else browser_of(ravi)
    assert browser.post(button(page)).status_code == 404
    assert "Nothing to undo." in words(browser.get("/undo/"))


def test_signing_out_ends_what_can_be_undone(desk: Client) -> None:
    claim = make_claim(state="new")
    desk.post(f"/claims/{claim.pk}/accept/")
    desk.post("/logout/")
    assert not UndoStep.objects.exists()


def test_a_verdict_since_is_told(desk: Client, ravi: User, edith: User) -> None:
    claim = make_claim()
    page = desk.post(
        f"/claims/{claim.pk}/evidence/",
        SOURCE,
        follow=True,
    )
    publish(claim, by=ravi, approved_by=edith, at=timezone.now())
    told = words(desk.post(button(page), follow=True))
    assert "Verdict no. 1 was published on it since. A published verdict is not undone" in told
    assert Evidence.objects.exists()
