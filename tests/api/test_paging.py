"""Going through a list page by page, while it grows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.drafts import place
from claims.models import Appearance, Claimant
from sources.models import Publisher
from tests.api.conftest import ROOT
from tests.factories import (
    NOW,
    TEXT,
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_user,
    propose,
    publish,
)

pytestmark = pytest.mark.django_db


def pages(api, path):
    """The rows of each page, following `next` to the end."""
    while path:
        answer = api.get(path).json()
        yield answer["results"]
        path = answer["next"].partition(ROOT)[2] if answer["next"] else None


def test_every_row_once_in_order(api):
    made = [make_claim(created_at=NOW + timedelta(hours=n // 3)).pk for n in range(10)]
    found = [[claim["id"] for claim in page] for page in pages(api, "/claims?limit=3")]
    assert [len(page) for page in found] == [3, 3, 3, 1]
    assert [id for page in found for id in page] == made[::-1]


def test_a_list_that_ends_with_its_page_has_no_next(api):
    for _ in range(3):
        make_claim()
    assert api.get("/claims?limit=3").json()["next"] is None


def test_what_is_added_meanwhile_neither_repeats_nor_hides_rows(api):
    made = {make_claim().pk for _ in range(6)}
    seen = []
    for page in pages(api, "/claims?limit=2"):
        seen += [claim["id"] for claim in page]
        make_claim(created_at=NOW + timedelta(days=1))
    assert len(seen) == 6
    assert set(seen) == made


def test_the_cursor_keeps_the_filters(api):
    for kind in ("event", "status") * 3:
        make_claim(kind=kind)
    kinds = [claim["kind"] for page in pages(api, "/claims?limit=2&kind=event") for claim in page]
    assert kinds == ["event"] * 3


def test_search_results_page_by_relevance(api):
    for n in range(5):
        make_claim(text="The bridge. " * (n + 1) + "And other words.")
    found = [claim["id"] for page in pages(api, "/claims?q=bridge&limit=2") for claim in page]
    whole = [claim["id"] for claim in api.get("/claims?q=bridge").json()["results"]]
    assert found == whole
    assert len(found) == 5


def populate(n):
    publisher = Publisher.objects.create(name=f"Publisher {n}")
    article = make_article(text=f"{TEXT} {n}", publisher=publisher)
    claimant = Claimant.objects.create(name=f"Claimant {n}")
    claim = make_claim(article, claimant=claimant, assignee=make_user())
    source = make_source(publisher=publisher)
    make_evidence(claim, source=source)
    make_evidence(SHARED["claim"], source=source)
    Appearance.objects.create(claim=SHARED["claim"], article=article, wording="x", **place(article, 0, 9))
    make_claim(SHARED["article"], claimant=claimant)
    publish(claim)
    publish(SHARED["claim"])
    propose(make_claim())


SHARED = {}
LISTS = [
    "/articles",
    "/articles/{article}/claims",
    "/claims",
    "/claims?q=bridge",
    "/claims/{claim}/appearances",
    "/claims/{claim}/evidence",
    "/claims/{claim}/verdicts",
    "/proposals",
    "/sources",
    "/rechecks",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_larger_page_takes_no_more_queries(api, path):
    SHARED["article"] = make_article()
    SHARED["claim"] = make_claim(SHARED["article"])
    path = path.format(article=SHARED["article"].pk, claim=SHARED["claim"].pk)
    api.get(path)
    counts, sizes = [], []
    for total in (2, 6):
        for n in range(total):
            populate(total * 10 + n)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sizes.append(len(api.get(path).json()["results"]))
        counts.append(len(queries))
    assert sizes[1] > sizes[0]
    assert counts[0] == counts[1]
    assert counts[1] <= 8
