"""Real pages in headless Chromium; each person has a browser context of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from claims.models import User
from tests.factories import make_user

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OpenDesk = Callable[..., Page]


def find_chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, else the one that `playwright install` brought; None where there is none."""
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    return on_path or (own if Path(own).exists() else None)


@pytest.fixture
def chromium(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser for this test. Playwright keeps an event loop in this thread while it runs, and Django
    gives code beside a loop connections of its own: so it starts after the database and ends before."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            words = "no Chromium here: install one, or run `playwright install chromium`"
            pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def ravi(transactional_db: None) -> User:
    return make_user("reviewer", first_name="Ravi", last_name="Lind")


@pytest.fixture
def edith(transactional_db: None) -> User:
    return make_user("editor", first_name="Edith", last_name="Oka")


@pytest.fixture
def open_desk(chromium: Browser, live_server: Any) -> Iterator[OpenDesk]:
    """Opens a page as this person. Anything wrong on its console, such as a broken policy, fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(user: User, path: str = "/", **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: _note(problems, said))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _note(problems: list[str], said: Any) -> None:
    # Refusals (4xx) and lost connections are part of the tests; the browser and htmx report them too.
    if said.type == "error" and not said.text.startswith(("Failed to load resource", "htmx:")):
        problems.append(said.text)
