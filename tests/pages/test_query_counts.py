"""Pages ask the database few questions, however much is on them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import User
from tests.factories import make_article, make_claim, make_evidence, publish

PAGES = [
    "/",
    "/articles/",
    "/articles/{article}/",
    "/claims/",
    "/claims/?q=bridge&freshness=stale",
    "/claims/{claim}/",
    "/claims/{claim}/history/",
    "/reviews/",
    "/rechecks/?whose=all&when=overdue",
    "/rechecks/forecast/",
    "/requests/",
    "/inbox/",
    "/agreement/",
    "/corrections/",
    "/settings/notifications/",
    "/sources/",
    "/sources/?liveness=changed",
]
MOST = 19


def count(desk: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert desk.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_more_rows_mean_no_more_queries(desk: Client, ravi: User, edith: User, page: str) -> None:
    article = make_article()
    claim = make_claim(article, text="The bridge is closed.")
    publish(claim, by=ravi, approved_by=edith)

    def grow(n: int) -> None:
        for number in range(n):
            more = make_claim(article, text=f"Bridge {n} {number} is closed.")
            make_evidence(more, added_by=ravi)
            make_evidence(claim, added_by=ravi, quote=f"Quote {n} {number}.")
            publish(more, by=ravi, approved_by=edith, at=timezone.now() - timedelta(days=40))

    grow(2)
    address = page.format(article=article.pk, claim=claim.pk)
    few = count(desk, address)
    grow(8)
    assert count(desk, address) == few
    assert few <= MOST


def test_an_article_of_sixty_claims_is_a_small_page(desk: Client) -> None:
    sentences = [f"Bridge number {n} over the wide grey river was closed on Monday." for n in range(60)]
    article = make_article(text=" ".join(sentences))
    for sentence in sentences:
        make_claim(article, passage=sentence, text=f"{sentence[:-1]}, 2 March 2026.", state="new")
    assert len(desk.get(f"/articles/{article.pk}/").content) < 200_000
