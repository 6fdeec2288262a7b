"""Corrections: written with the verdict, published for everybody, shown with the claim."""

import pytest
from django.test import Client

from claims import redaction
from claims.models import Claim, Correction, User
from tests.factories import NOW, days, make_article, make_claim, make_user, publish
from tests.pages.reading import field, words

NOTE = "We had taken the old bridge for the new one."
FORM = {
    "follows": "1", "rating": "false", "change": "our_error", "applies_from": "2026-03-01",
    "reason": "The new bridge is open.", "correction": NOTE,
}  # fmt: skip


@pytest.fixture
def claim(ravi: User, edith: User) -> Claim:
    claim = make_claim(make_article(), text="The new bridge is closed.")
    publish(claim, "true", by=ravi, approved_by=edith)
    return claim


def test_it_is_written_approved_and_published_for_everybody(
    desk: Client, other_desk: Client, client: Client, claim: Claim
) -> None:
    desk.post(f"/claims/{claim.pk}/verdict/", FORM)
    assert f"Correction to be published: {NOTE}" in words(other_desk.get(f"/claims/{claim.pk}/"))
    assert NOTE not in words(client.get("/corrections/"))
    page = other_desk.post(f"/reviews/{claim.proposals.first().pk}/approve/", follow=True)
    assert f"Correction: {NOTE} It corrects no. 1." in words(page)
    public = client.get("/corrections/")
    assert public.status_code == 200
    assert "The new bridge is closed." in words(public)
    assert "We had said True on" in words(public)
    assert f"We say now False {NOTE}" in words(public)


def test_without_the_note_it_is_refused_and_the_rest_is_kept(desk: Client, claim: Claim) -> None:
    answer = desk.post(f"/claims/{claim.pk}/verdict/", FORM | {"correction": ""})
    assert answer.status_code == 422
    assert "Say for readers what was wrong and what is right" in words(answer)
    assert field(answer, "reason") == FORM["reason"]


def test_a_first_verdict_is_asked_for_none(desk: Client) -> None:
    assert 'name="correction"' not in desk.get(f"/claims/{make_claim(make_article()).pk}/").content.decode()


def test_readers_of_the_claim_see_it(client: Client, claim: Claim) -> None:
    publish(claim, "false", change="our_error", correction=NOTE)
    assert NOTE in words(client.get(f"/claims/{claim.pk}/ask/"))


def test_a_redacted_one_says_why(client: Client, claim: Claim) -> None:
    verdict = publish(claim, "false", change="our_error", correction=NOTE)
    redaction.redact(verdict=verdict, why="A court's order.", by=make_user("administrator"), at=NOW)
    page = words(client.get("/corrections/"))
    assert NOTE not in page
    assert "Redacted." in page
    assert "A court's order." in page


def test_the_list_is_paged_newest_first(client: Client, claim: Claim) -> None:
    for number in range(26):
        publish(
            claim, "false" if number % 2 else "true", change="our_error", correction=f"Slip {number}!",
            at=NOW + days(number + 1),
        )  # fmt: skip
    first = words(client.get("/corrections/"))
    assert "Slip 25!" in first
    assert "Slip 0!" not in first
    assert "Page 1 of 2" in first
    assert "Slip 0!" in words(client.get("/corrections/?page=2"))
    assert Correction.objects.count() == 26


@pytest.mark.django_db
def test_an_empty_list_says_so(client: Client) -> None:
    assert "No correction has been published." in words(client.get("/corrections/"))
