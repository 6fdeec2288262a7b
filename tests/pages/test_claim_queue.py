"""The queue: search, filters, saved views, and work done to many claims at once."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.models import Claim, Claimant, SavedView, User
from tests.factories import make_article, make_claim, publish
from tests.pages.reading import words


@pytest.fixture
def claims(ravi: User) -> dict[str, Claim]:
    falk = Claimant.objects.create(name="Ines Falk")
    published = make_claim(text="The bridge costs 4 million euros.", kind="quantity", claimant=falk)
    publish(published, "mostly_true")
    return {
        "new": make_claim(make_article(), text="The bridge is closed.", state="new"),
        "mine": make_claim(text="The tunnel is flooded.", assignee=ravi),
        "published": published,
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"new", "mine", "published"}),
        ({"q": "bridge"}, {"new", "published"}),
        ({"q": "bridges closing"}, {"new"}),
        ({"state": "new"}, {"new"}),
        ({"kind": "quantity"}, {"published"}),
        ({"rating": "mostly_true"}, {"published"}),
        ({"rating": "none"}, {"new", "mine"}),
        ({"freshness": "unchecked"}, {"new", "mine"}),
        ({"claimant": "falk"}, {"published"}),
        ({"assignee": "me"}, {"mine"}),
        ({"assignee": "none"}, {"new", "published"}),
        ({"q": "bridge", "state": "published"}, {"published"}),
    ],
)
def test_filters_leave_what_they_say(
    desk: Client, claims: dict[str, Claim], filters: dict[str, str], expected: set[str]
) -> None:
    page = words(desk.get("/claims/", filters))
    assert {name for name, claim in claims.items() if claim.text in page} == expected


def test_claims_of_one_article(desk: Client, claims: dict[str, Claim]) -> None:
    article = claims["new"].appearances.get().article
    page = words(desk.get("/claims/", {"article": article.pk}))
    assert f"Claims of “{article.title}”" in page
    assert claims["mine"].text not in page


def test_an_unknown_filter_value_is_named(desk: Client, claims: dict[str, Claim]) -> None:
    answer = desk.get("/claims/", {"state": "asleep", "article": "x"})
    assert answer.status_code == 422
    assert "State: Select a valid choice" in words(answer)


@pytest.mark.parametrize("q", ["'", '"', "-", "a & | !", "🌉", "x" * 200])
def test_any_words_can_be_searched(desk: Client, claims: dict[str, Claim], q: str) -> None:
    assert desk.get("/claims/", {"q": q}).status_code == 200


def test_many_are_accepted_and_what_cannot_be_is_told(desk: Client, claims: dict[str, Claim]) -> None:
    form = {"action": "accept", "claims": [claims["new"].pk, claims["published"].pk]}
    answer = desk.post("/claims/bulk/", form, follow=True)
    assert "1 claim accepted." in words(answer)
    assert "1 claim left as they were. This claim is published" in words(answer)


def test_many_are_rejected_with_one_reason(desk: Client, claims: dict[str, Claim]) -> None:
    form = {"action": "reject", "claims": [claims["new"].pk, claims["mine"].pk]}
    assert "Say in a few words" in words(desk.post("/claims/bulk/", form, follow=True))
    desk.post("/claims/bulk/", form | {"why": "off topic"})
    assert Claim.objects.filter(state="retired", retired_why="off topic").count() == 2


def test_many_are_assigned(desk: Client, claims: dict[str, Claim], edith: User) -> None:
    form = {"action": "assign", "assignee": edith.pk, "claims": [claims["new"].pk, claims["mine"].pk]}
    answer = desk.post("/claims/bulk/", form, follow=True)
    assert "2 claims assigned to Edith Oka." in words(answer)
    assert edith.assigned_claims.count() == 2


def test_nothing_ticked_says_what_to_do(desk: Client, claims: dict[str, Claim]) -> None:
    assert "Tick some claims first." in words(desk.post("/claims/bulk/", {"action": "accept"}, follow=True))


def test_a_shared_view_is_everybodys_and_its_owners_to_delete(desk: Client, other_desk: Client) -> None:
    query = urlencode({"state": "new", "q": "bridge"})
    answer = desk.post("/claims/views/", {"name": "Bridges", "query": query, "shared": "on"})
    assert answer["Location"] == f"/claims/?{query}"
    assert "Bridges by Ravi Lind" in words(other_desk.get("/claims/"))
    view = SavedView.objects.get()
    other_desk.post(f"/claims/views/{view.pk}/delete/")
    assert SavedView.objects.exists()
    desk.post(f"/claims/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_of_ones_own_is_not_shown_to_others(desk: Client, other_desk: Client) -> None:
    desk.post("/claims/views/", {"name": "Private things", "query": "state=new"})
    assert "Private things" in words(desk.get("/claims/"))
    assert "Private things" not in words(other_desk.get("/claims/"))


def test_long_lists_come_in_pages(desk: Client) -> None:
    for number in range(45):
        make_claim(text=f"Bridge {number:02} is closed.")
    assert "Page 1 of 2" in words(desk.get("/claims/"))
    assert "Bridge 00 is closed." in words(desk.get("/claims/?page=2"))
