"""A verdict by one and its approval by another, each in a browser of their own."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import User
from tests.browser.conftest import OpenDesk
from tests.factories import make_article, make_claim, make_evidence

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def fill(page: Page, rating: str, reason: str) -> None:
    page.get_by_role("link", name="Give a verdict").click()
    page.get_by_label("Rating").select_option(rating)
    page.get_by_label("Reason").fill(reason)


def test_one_gives_it_and_another_approves(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    claim = make_claim(make_article(), text="The harbour bridge is closed.")
    make_evidence(claim, added_by=ravi)
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    fill(page, "true", "The council's minutes say so.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("somebody else has to approve it").first).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)

    other = open_desk(edith, "/")
    other.get_by_role("link", name="The harbour bridge is closed.").click()
    other.get_by_role("button", name="Approve and publish").click()
    expect(other.get_by_text("Verdict no. 1 is published.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("True when made on 2 March 2026, and today.")).to_be_visible()


def test_two_at_once_both_keep_their_text(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    claim = make_claim(make_article())
    pages = [open_desk(person, f"/claims/{claim.pk}/") for person in (ravi, edith)]
    fill(pages[0], "true", "Ravi's reason, typed at length.")
    fill(pages[1], "false", "Edith's reason, typed at length.")
    pages[1].get_by_role("button", name="Submit for review").click()
    pages[0].get_by_role("button", name="Submit for review").click()
    expect(pages[0].get_by_text("Edith Oka submitted a verdict while you were writing.")).to_be_visible()
    expect(pages[0].get_by_label("Reason")).to_have_value("Ravi's reason, typed at length.")

    # Ravi approves hers; his own then follows it.
    pages[0].get_by_role("button", name="Approve and publish").click()
    pages[0].get_by_role("link", name="Give a verdict").click()
    expect(pages[0].get_by_label("Reason")).to_have_value("Ravi's reason, typed at length.")


def test_a_reason_typed_before_a_closed_tab_is_still_there(open_desk: OpenDesk, ravi: User) -> None:
    claim = make_claim(make_article())
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    fill(page, "true", "Half a reason")
    page.goto("/")
    page.goto(f"/claims/{claim.pk}/#give-verdict")
    expect(page.get_by_label("Reason")).to_have_value("Half a reason")
    page.get_by_label("Rating").select_option("true")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("The verdict is submitted.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
