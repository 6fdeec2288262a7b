"""Triage on the article's page, hands on the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.models import Article, Claim, User
from tests.browser.conftest import OpenDesk
from tests.factories import make_article, make_claim

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TEXT = "🌉 The bridge is closed. The tunnel is flooded. The ferry runs again."


def three_drafts() -> tuple[Article, list[Claim]]:
    article = make_article(text=TEXT)
    passages = ["The bridge is closed.", "The tunnel is flooded.", "The ferry runs again."]
    return article, [make_claim(article, passage=text, text=text, state="new") for text in passages]


def card(page: Page, claim: Claim, state: str) -> None:
    """Wait until the claim's card shows this state."""
    expect(page.locator(f"#claim-{claim.pk}")).to_have_attribute("data-state", state)


def chosen(page: Page, claim: Claim) -> None:
    """Wait until the keys act on this claim: after a decision it goes on to the next draft by itself."""
    expect(page.locator(f"#claim-{claim.pk}")).to_have_class(re.compile("is-current"))


def test_accept_reject_and_take_back(open_desk: OpenDesk, ravi: User) -> None:
    article, (bridge, tunnel, ferry) = three_drafts()
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("j")
    chosen(page, bridge)
    page.keyboard.press("a")
    card(page, bridge, "in_progress")
    expect(page.locator(".mark[data-claims]").first).to_have_class(re.compile("mark--in_progress"))
    chosen(page, tunnel)
    page.keyboard.press("x")
    page.get_by_label("Why not?").fill("not checkable")
    page.keyboard.press("Enter")
    card(page, tunnel, "retired")
    chosen(page, ferry)
    page.keyboard.press("k")
    chosen(page, tunnel)
    page.keyboard.press("z")
    card(page, tunnel, "new")
    page.reload()
    expect(page.get_by_role("heading", name=article.title)).to_be_visible()
    assert [Claim.objects.get(pk=c.pk).state for c in (bridge, tunnel, ferry)] == [
        "in_progress",
        "new",
        "new",
    ]


def test_edit_and_put_an_edit_away(open_desk: OpenDesk, ravi: User) -> None:
    article, (bridge, *_) = three_drafts()
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Claim", exact=True).fill("The bridge was closed in March 2026.")
    page.keyboard.press("Escape")
    expect(page.locator(f"article#claim-{bridge.pk}")).to_contain_text("The bridge is closed.")
    page.keyboard.press("e")
    page.get_by_label("Claim", exact=True).fill("The bridge was closed in March 2026.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#claim-{bridge.pk} .changed")).to_have_count(2)
    bridge.refresh_from_db()
    assert bridge.text == "The bridge was closed in March 2026."


def test_the_list_of_keys_opens(open_desk: OpenDesk, ravi: User) -> None:
    article, _ = three_drafts()
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def test_a_selection_becomes_a_claim_emoji_or_not(open_desk: OpenDesk, ravi: User) -> None:
    article, _ = three_drafts()
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.get_by_text("The tunnel is flooded.").first.evaluate(
        "mark => getSelection().selectAllChildren(mark)"
    )
    page.get_by_role("button", name="Add the selection as a claim").click()
    expect(page.get_by_label("Words of the article")).to_have_value("The tunnel is flooded.")
    page.get_by_label("Claim", exact=True).fill("The tunnel under the harbour is flooded.")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("article.claim-card")).to_have_count(4)
    added = Claim.objects.get(text__contains="under the harbour")
    assert added.appearances.get().sentence == "The tunnel is flooded."


def test_a_lost_connection_keeps_what_was_typed(open_desk: OpenDesk, ravi: User) -> None:
    article, _ = three_drafts()
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    box = page.get_by_label("Claim", exact=True)
    box.fill("Typed at length.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    expect(box).to_have_value("Typed at length.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".claim-card").first).to_contain_text("Typed at length.")
