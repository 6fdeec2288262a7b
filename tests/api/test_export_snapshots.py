"""Snapshots as WARC files over the API."""

import gzip

import pytest

from tests.api.conftest import caller, is_problem
from tests.factories import make_article, make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("accept", ["*/*", "application/gzip", "application/json"])
def test_a_source_and_an_article_are_exported(accept):
    source = make_source()
    article = make_article(snapshot=make_snapshot(source))
    reviewer = caller("reviewer")
    for path in (f"/sources/{source.pk}/warc", f"/articles/{article.pk}/warc"):
        answer = reviewer.get(path, headers={"accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/gzip")
        assert "attachment" in answer["Content-Disposition"]
        assert b"<p>The bridge is closed.</p>" in gzip.decompress(answer.getvalue())


def test_what_cannot_be_exported_says_why():
    source = make_source()
    is_problem(caller("reviewer").get(f"/sources/{source.pk}/warc"), 409, "no_snapshot")
    is_problem(caller("reviewer").get(f"/articles/{make_article().pk}/warc"), 409, "no_snapshot")
    is_problem(caller("reviewer").get("/sources/999999/warc"), 404)
    make_snapshot(source)
    is_problem(caller("contributor").get(f"/sources/{source.pk}/warc"), 403, "not_allowed")
