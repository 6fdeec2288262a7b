"""What was so when, and a reminder answered from the inbox."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from claims import reminders
from claims.models import Recheck, User
from tests.browser.conftest import OpenDesk
from tests.factories import NOW, make_article, make_claim, publish

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_reminder_is_answered_in_one_click(open_desk: OpenDesk, ravi: User) -> None:
    publish(make_claim(make_article()), by=ravi, at=timezone.now() - timedelta(days=20))
    reminders.remind_due(at=timezone.now())
    page = open_desk(ravi)
    page.get_by_role("link", name="Inbox, 1 unread").click()
    page.get_by_role("button", name="Still so").click()
    expect(page.get_by_text("Noted: still so.")).to_be_visible()
    expect(page.get_by_text("Done: still so, by Ravi Lind")).to_be_visible()
    assert Recheck.objects.open().get().due_at > timezone.now()


def test_the_answer_follows_the_day_chosen(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    claim = make_claim(make_article())
    publish(claim, "true", by=ravi, approved_by=edith, at=NOW, applies_from=date(2026, 3, 1))
    later = {"change": "world_changed", "applies_from": date(2026, 3, 10)}
    publish(claim, "false", by=ravi, approved_by=edith, at=NOW + timedelta(days=9), **later)
    page = open_desk(ravi, f"/claims/{claim.pk}/")
    answer = page.locator("#status-answer")
    page.get_by_label("What was so on").fill("2026-03-05")
    expect(answer).to_contain_text("True")
    page.get_by_label("What was so on").fill("2026-03-12")
    expect(answer).to_contain_text("False")
