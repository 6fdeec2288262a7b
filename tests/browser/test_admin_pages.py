"""The admin in a real browser: its scripts run under its own policy, without a word on the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from claims.models import Claim
from tests.factories import make_article, make_claim, publish

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PAGES = (
    "/admin/",
    "/admin/claims/article/",
    "/admin/claims/article/add/",
    "/admin/claims/claim/",
    "/admin/claims/recheck/",
    "/admin/claims/evidence/add/",
    "/admin/sources/source/",
    "/admin/pghistory/events/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_without_complaint(open_desk, ravi, address):
    publish(make_claim(make_article()))
    page = open_desk(ravi, address)
    # The theme shows nothing before its script has run.
    expect(page.locator("#main")).to_be_visible()


def test_claims_are_filtered_chosen_and_assigned(open_desk, ravi):
    claim = make_claim(state="new")
    make_claim(state="retired", retired_why="said twice")
    page = open_desk(ravi, "/admin/claims/claim/")
    page.locator("#changelist a", has_text="Filters").first.click()
    page.locator("#changelist-filter select[name=state]").select_option("new", force=True)
    page.get_by_role("button", name="Apply Filters").click()
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("assign_selected")
    page.locator("#changelist-actions button[type=submit]").click()
    page.locator("select[name=assignee]").select_option(str(ravi.pk))
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text(f"1 claim assigned to {ravi}.")).to_be_visible()
    assert Claim.objects.get(assignee=ravi) == claim


def test_a_claim_is_rejected_in_a_dialog(open_desk, ravi):
    claim = make_claim(make_article(), state="new")
    page = open_desk(ravi, f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_role("link", name="Reject").click()
    page.locator("#dialog input[name=why]").fill("an opinion")
    page.locator("#dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("The claim is retired.")).to_be_visible()
    claim.refresh_from_db()
    assert (claim.state, claim.retired_why) == ("retired", "an opinion")
