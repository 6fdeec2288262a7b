"""Every page fits a phone 360 px wide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import reminders
from claims.models import User
from tests.browser.conftest import OpenDesk
from tests.factories import make_article, make_claim, make_evidence, propose, publish

# The roles are data of a migration: put back after each test's tables are emptied.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

LONG = "https://records.example/" + "minutes-of-the-council/" * 12


def test_no_page_scrolls_sideways(open_desk: OpenDesk, ravi: User, edith: User) -> None:
    article = make_article(title="Donaudampfschifffahrtsgesellschaft " * 3, url=LONG)
    claim = make_claim(article, text="A claim with a very long word: " + "x" * 80)
    evidence = make_evidence(claim, added_by=ravi, quote=LONG, note=LONG)
    publish(claim, by=ravi, approved_by=edith, at=timezone.now() - timedelta(days=20))
    propose(claim, "false", by=edith, change="wording", reason=LONG)
    reminders.remind_due(at=timezone.now())
    page = open_desk(ravi, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    lists = [
        "articles/",
        "articles/new/",
        "claims/",
        "reviews/",
        "rechecks/",
        "rechecks/policy/",
        "inbox/",
        "sources/",
    ]
    own = [
        f"articles/{article.pk}/",
        f"claims/{claim.pk}/#add-evidence",
        f"claims/{claim.pk}/edit/",
        f"sources/{evidence.source_id}/",
        f"evidence/{evidence.pk}/edit/",
    ]
    too_wide = {}
    for path in ["", *lists, *own]:
        page.goto(f"/{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            too_wide[path] = width
    assert too_wide == {}
