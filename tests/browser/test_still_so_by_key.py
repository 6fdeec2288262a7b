"""Checked again, still so: one key."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from claims.models import Claim, Recheck, User
from tests.browser.conftest import OpenDesk
from tests.factories import make_claim, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def due(ravi: User, edith: User, text: str) -> Claim:
    claim = make_claim(text=text)
    publish(claim, by=ravi, approved_by=edith, at=timezone.now() - timedelta(days=20))
    return claim


def test_on_the_claims_page(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    claim = due(ravi, edith, "The bridge is closed.")
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    page.keyboard.press("s")
    expect(page.get_by_text("Noted: still so.")).to_be_visible()
    assert Recheck.objects.filter(outcome="still_so").count() == 1


def test_in_a_list_it_is_the_row_in_focus(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    first, second = (due(ravi, edith, f"Bridge {number} is closed.") for number in (1, 2))
    page = open_desk(ravi, "/rechecks/")
    page.keyboard.press("s")  # No row is chosen: nothing is confirmed.
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("Noted: still so.")).to_be_visible()
    looked = Recheck.objects.get(outcome="still_so").claim
    assert looked in (first, second)
    assert looked == Recheck.objects.order_by("due_at", "pk")[1].claim or looked == second


def test_an_s_that_is_typed_is_a_letter(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    claim = due(ravi, edith, "The bridge is closed.")
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    page.get_by_label("Search claims").press_sequentially("ss")
    expect(page.get_by_label("Search claims")).to_have_value("ss")
    assert not Recheck.objects.filter(outcome="still_so").exists()
