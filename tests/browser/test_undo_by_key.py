"""Undo with a key, beside the article and in the list; keys typed into a field are only typed."""

import pytest
from playwright.sync_api import expect

from claims.models import Claim, User
from tests.browser.conftest import OpenDesk
from tests.factories import make_article, make_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize("key", ["u", "Control+z"])
def test_a_decision_is_undone_by_a_key(open_desk: OpenDesk, ravi: User, key: str) -> None:
    article = make_article()
    claim = make_claim(article, state="new", text="The bridge is closed.")
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#undo")).to_contain_text("Accepted: The bridge is closed.")
    page.keyboard.press(key)
    expect(page.locator("#notices")).to_contain_text("Undone. Accepted: The bridge is closed.")
    expect(page.locator(f"#claim-{claim.pk}")).to_have_attribute("data-state", "new")
    expect(page.locator("#undo")).to_be_empty()


def test_without_a_fresh_change_the_key_leads_to_the_last_ones(open_desk: OpenDesk, ravi: User) -> None:
    claim = make_claim(state="new", text="The bridge is closed.")
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    page.get_by_role("button", name="Accept for checking").click()
    expect(page.locator("#undo")).to_contain_text("Accepted")
    page.goto("/claims/")
    page.locator("#search").press("u")
    expect(page.locator("#search")).to_have_value("u")
    page.locator("#search").blur()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="Your last changes")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#notices")).to_contain_text("Undone.")
    assert Claim.objects.get().state == "new"


def test_the_claim_to_merge_with_is_found_while_typing(open_desk: OpenDesk, ravi: User) -> None:
    article = make_article()
    claim = make_claim(article, state="new", text="The bridge is shut.")
    other = make_claim(text="Nobody may cross the harbour bridge.")
    page = open_desk(ravi, f"/articles/{article.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.get_by_label("Which claim says the same?").type("harbour")
    page.get_by_role("link", name=other.text).click()
    page.locator(f'input[type=radio][value="{other.pk}"]').check()
    page.get_by_label("Why are they one?").fill("The same bridge.")
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_role("heading", name=other.text)).to_be_visible()
    expect(page.locator("#merged-from")).to_contain_text("Merged from 1 other claim")
    page.keyboard.press("u")
    expect(page.locator("#notices")).to_contain_text("Undone. Merged: The bridge is shut.")
    assert Claim.objects.get(pk=claim.pk).merged_into is None
