"""Linking claims on a claim's page."""

import pytest
from django.test import Client

from claims.models import Claim, ClaimLink, User
from tests.factories import make_claim
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words


@pytest.fixture
def two(db: None) -> tuple[Claim, Claim]:
    return make_claim(text="The bridge is closed."), make_claim(text="The bridge is <i>open</i>.")


@pytest.mark.parametrize(
    "which", ["{}", "#{}", "/claims/{}/", "https://desk.example/claims/{}/#links", " {} "]
)
def test_a_claim_is_linked_by_number_or_address(desk: Client, two: tuple[Claim, Claim], which: str) -> None:
    claim, other = two
    given = {"kind": "contradicts", "other": which.format(other.pk)}
    page = desk.post(f"/claims/{claim.pk}/links/", given, follow=True)
    assert "Contradicts The bridge is <i>open</i>." in words(page)
    assert "Contradicts The bridge is closed." in words(desk.get(f"/claims/{other.pk}/"))


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ("999999", "There is no claim 999999."),
        ("the bridge", "Give a claim's number"),
        ("", "Say which claim."),
    ],
)
def test_what_is_no_claim_is_told_at_the_field(
    desk: Client, two: tuple[Claim, Claim], which: str, says: str
) -> None:
    answer = desk.post(f"/claims/{two[0].pk}/links/", {"kind": "same", "other": which})
    assert answer.status_code == 422
    assert says in words(answer)
    assert field(answer, "other") == which


def test_a_claim_is_not_linked_with_itself(desk: Client, two: tuple[Claim, Claim]) -> None:
    answer = desk.post(f"/claims/{two[0].pk}/links/", {"kind": "same", "other": two[0].pk})
    assert "Choose another claim than this one." in words(answer)


def test_a_link_is_taken_away_and_stays_in_the_history(desk: Client, two: tuple[Claim, Claim]) -> None:
    claim, other = two
    desk.post(f"/claims/{claim.pk}/links/", {"kind": "follows", "other": other.pk})
    link = ClaimLink.objects.get()
    page = desk.post(f"/links/{link.pk}/remove/", {"next": f"/claims/{claim.pk}/#links"}, follow=True)
    assert "The link is taken away." in words(page)
    assert not ClaimLink.objects.exists()
    assert "link between claims" in words(desk.get(f"/claims/{claim.pk}/history/"))


def test_a_contributor_links_nothing(carl: User, two: tuple[Claim, Claim]) -> None:
    contributor = browser_of(carl)
    assert "Link a claim" not in words(contributor.get(f"/claims/{two[0].pk}/"))
    contributor.post(f"/claims/{two[0].pk}/links/", {"kind": "same", "other": two[1].pk})
    assert not ClaimLink.objects.exists()
