"""The page to try the API on, under the site's own content security policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.api.conftest import operations

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_every_operation_is_shown_and_the_policy_is_kept(chromium: Browser, live_server: Any) -> None:
    faults: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(live_server.url + reverse("api_docs"))
    page.wait_for_selector(".opblock")
    shown = page.locator(".opblock").count()
    page.close()
    assert shown == len(operations())
    assert faults == []
