"""The history of a claim: who changed what."""

from django.test import Client

from tests.factories import make_article, make_claim
from tests.pages.reading import HTMX, words


def test_an_edit_is_shown_with_before_and_after(desk: Client) -> None:
    claim = make_claim(make_article(), text="The bridge is shut.")
    form = {"revision": 1, "text": "The bridge is closed.", "kind": "status", "claimant": "", "when": ""}
    desk.post(f"/claims/{claim.pk}/edit/", form)
    page = words(desk.get(f"/claims/{claim.pk}/history/", headers=HTMX))
    assert "changed the claim" in page
    assert "text: The bridge is shut. → The bridge is closed." in page


def test_a_decision_is_shown(desk: Client) -> None:
    claim = make_claim(make_article(), state="new")
    desk.post(f"/claims/{claim.pk}/accept/")
    assert "state: new → in progress" in words(desk.get(f"/claims/{claim.pk}/history/"))
