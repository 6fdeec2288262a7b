"""What people hand in as an article's text: read, and refused where no claim can be in it."""

from __future__ import annotations

from django.conf import settings

from claims.errors import Invalid
from sources.reading import Page, Unreadable, read_html, read_text

FEWEST_WORDS = 4


def read(*, text: str | None, html: str | bytes | None, url: str | None) -> Page:
    """Read a text or a page. Raises Invalid."""
    field = "text" if html is None else "html"
    try:
        if html is None:
            return read_text(text or "")
        if len(html) > settings.FETCH_MAX_BYTES:
            message = f"The page is {len(html):,} long; {settings.FETCH_MAX_BYTES:,} is the most."
            raise Invalid("too_long", message, field=field)
        return read_html(html, url=url)
    except Unreadable as unreadable:
        raise Invalid(unreadable.code, unreadable.message, field=field) from unreadable


def check(page: Page) -> None:
    """Refuse a text that is too short or too long for an article. Raises Invalid."""
    words = len(page.text.split())
    if words < FEWEST_WORDS:
        message = "There is no text to check in it." if not words else "This is too short to make a claim."
        raise Invalid("too_short", message, field="text")
    if len(page.text) > settings.ARTICLE_MAX_CHARACTERS:
        message = (
            f"The text has {len(page.text):,} characters; {settings.ARTICLE_MAX_CHARACTERS:,} is the most."
        )
        raise Invalid("too_long", message, field="text")
