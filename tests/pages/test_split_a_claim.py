"""Splitting a claim at the desk."""

import pytest
from django.test import Client

from claims.models import Claim, User
from tests.factories import make_article, make_claim, make_evidence, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words


@pytest.fixture
def claim(db: None) -> Claim:
    claim = make_claim(make_article(), text="The bridge and the <b>tunnel</b> are closed.", kind="event")
    make_evidence(claim, quote="The bridge is closed, it says.")
    return claim


def filled(claim: Claim, **more: object) -> dict[str, object]:
    given = {
        "parts": 2, "text_1": "The bridge is closed.", "kind_1": "event", "text_2": "The tunnel is closed.",
        "kind_2": "status", "reason": "Two things.",
    }  # fmt: skip
    return given | more


def test_the_form_shows_what_is_to_be_given_out(desk: Client, claim: Claim) -> None:
    page = desk.get(f"/claims/{claim.pk}/split/")
    told = words(page)
    assert "The harbour bridge was closed on Monday." in told
    assert "The bridge is closed, it says." in told
    assert "The bridge and the <b>tunnel</b> are closed." in told
    assert page.content.decode().count('type="checkbox"') == 4


def test_the_parts_get_what_was_ticked_and_the_page_says_into_what_it_was_split(
    desk: Client, claim: Claim
) -> None:
    place, proof = claim.appearances.get(), claim.evidence.get()
    form = filled(claim, **{f"appearance_{place.pk}": [1, 2], f"evidence_{proof.pk}": [2]})
    page = desk.post(f"/claims/{claim.pk}/split/", form, follow=True)
    first, second = claim.parts.order_by("pk")
    assert (first.appearances.count(), first.evidence.count()) == (1, 0)
    assert (second.appearances.count(), second.evidence.count()) == (1, 1)
    assert second.kind == "status"
    told = words(page)
    assert "Split into The bridge is closed." in told
    assert "Retired: Two things." in told
    assert "Back to new" not in told
    assert "A part of The bridge and the <b>tunnel</b>" in words(desk.get(f"/claims/{first.pk}/"))


def test_one_part_more_keeps_what_was_typed_and_ticked(desk: Client, claim: Claim) -> None:
    place = claim.appearances.get()
    form = filled(claim, more="1", **{f"appearance_{place.pk}": [2]})
    page = desk.post(f"/claims/{claim.pk}/split/", form)
    assert page.status_code == 200
    assert (field(page, "text_1"), field(page, "reason"), field(page, "parts")) == (
        "The bridge is closed.",
        "Two things.",
        "3",
    )
    assert field(page, "text_3") == ""
    assert page.content.decode().count("checked") == 1
    assert not claim.parts.exists()


def test_what_is_missing_is_told_and_nothing_typed_is_lost(desk: Client, claim: Claim) -> None:
    answer = desk.post(f"/claims/{claim.pk}/split/", filled(claim, text_2="", reason=""))
    assert answer.status_code == 422
    told = words(answer)
    assert "Give the words of this part." in told
    assert "Say in a few words why it is split." in told
    assert field(answer, "text_1") == "The bridge is closed."
    same = desk.post(f"/claims/{claim.pk}/split/", filled(claim, text_2="The bridge is closed."))
    assert "Each part needs words of its own." in words(same)


def test_a_split_claim_keeps_its_verdicts_on_its_page(desk: Client, claim: Claim) -> None:
    publish(claim, reason="So says the record.")
    desk.post(f"/claims/{claim.pk}/split/", filled(claim))
    told = words(desk.get(f"/claims/{claim.pk}/"))
    assert "So says the record." in told
    assert "Publish again" not in told


def test_a_second_split_is_told(desk: Client, claim: Claim) -> None:
    desk.post(f"/claims/{claim.pk}/split/", filled(claim))
    answer = desk.post(f"/claims/{claim.pk}/split/", filled(claim))
    assert answer.status_code == 409
    assert "This claim was split already." in words(answer)


def test_a_contributor_splits_nothing(carl: User, claim: Claim) -> None:
    contributor = browser_of(carl)
    assert "Split…" not in words(contributor.get(f"/claims/{claim.pk}/"))
    assert contributor.post(f"/claims/{claim.pk}/split/", filled(claim)).status_code == 403
    assert not claim.parts.exists()
