"""From a pasted text to its claims, without a reload."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from claims import intake
from claims.models import User
from tests.browser.conftest import OpenDesk

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TEXT = (
    "The harbour bridge in Porthaven was closed on 2 March 2026. Mayor Ines Falk said that the repair "
    "costs 4 million euros. What a mess!"
)


def test_claims_appear_by_themselves(open_desk: OpenDesk, ravi: User) -> None:
    page = open_desk(ravi)
    page.get_by_label("Article text").fill(TEXT)
    page.get_by_role("button", name="Find the claims").click()
    expect(page.get_by_role("heading", name="Looking for claims…")).to_be_visible()
    page.evaluate("window.sameDocument = true")
    assert intake.work_article(at=timezone.now())
    expect(page.locator(".claim-card")).not_to_have_count(0)
    expect(page.locator(".claim-card").first).to_contain_text("harbour bridge")
    assert page.evaluate("window.sameDocument") is True


def test_skipped_sentences_are_shown_on_demand(open_desk: OpenDesk, ravi: User) -> None:
    article, _ = intake.add_article(by=ravi, at=timezone.now(), text=TEXT)
    intake.work_article(at=timezone.now())
    page = open_desk(ravi, f"/articles/{article.pk}/")
    reason = page.locator(".skipped__why").first
    expect(reason).to_be_hidden()
    page.get_by_text("Skipped sentences and why").click()
    expect(reason).to_be_visible()


def test_an_upload_and_an_address_have_their_own_fields(open_desk: OpenDesk, ravi: User) -> None:
    page = open_desk(ravi)
    expect(page.get_by_label("Web address", exact=True)).to_be_hidden()
    page.get_by_label("From a web address").check()
    expect(page.get_by_label("Web address", exact=True)).to_be_visible()
    expect(page.get_by_label("Article text")).to_be_hidden()
