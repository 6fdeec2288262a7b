"""Articles and sources in the admin: in, shown, corrected, tried again."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article
from sources.models import Source
from tests.admin.conftest import list_of, page
from tests.factories import NOW, TEXT, make_article, make_claim, make_evidence, make_snapshot, make_source

pytestmark = pytest.mark.django_db
NEW = {
    "pasted_text": "",
    "address": "",
    "title": "",
    "published_on": "",
    "publisher_name": "",
    "language": "",
}


def test_an_article_comes_in_as_text(client, enter):
    me = enter()
    details = {
        "pasted_text": TEXT,
        "title": "The bridge",
        "published_on": "2026-03-02",
        "publisher_name": "Gazette",
    }
    client.post(page("article", what="add"), NEW | details)
    article = Article.objects.get()
    assert (article.title, str(article.publisher), article.added_by) == ("The bridge", "Gazette", me)
    assert article.work_state == "queued"


def test_an_article_comes_in_as_a_file(client, enter):
    enter()
    file = SimpleUploadedFile("bridge.txt", TEXT.encode())
    client.post(page("article", what="add"), NEW | {"upload": file})
    assert Article.objects.get().text.startswith("The harbour bridge")


def test_an_article_comes_in_by_its_address(client, enter):
    enter()
    client.post(page("article", what="add"), NEW | {"address": "https://gazette.example/bridge?utm_source=x"})
    assert Article.objects.get().url == "https://gazette.example/bridge"


def test_the_same_text_leads_to_the_article_already_there(client, enter):
    enter()
    for _ in range(2):
        answer = client.post(page("article", what="add"), NEW | {"pasted_text": TEXT}, follow=True)
    assert Article.objects.count() == 1
    assert "was known already" in answer.text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "pasted_text"),
        ({"pasted_text": "One"}, "pasted_text"),
        ({"address": "http://10.0.0.1/"}, "address"),
    ],
)
def test_what_cannot_be_an_article_is_refused_at_its_field(client, enter, given, field):
    enter()
    answer = client.post(page("article", what="add"), NEW | given)
    assert field in answer.context["adminform"].form.errors
    assert not Article.objects.exists()


def test_the_page_marks_the_claims_in_the_text(client, enter):
    enter()
    article = make_article()
    claim = make_claim(article, passage="The harbour bridge was closed on Monday.", state="new")
    body = client.get(page("article", article.pk)).text
    assert f'<a class="mark mark--new" href="#claim-{claim.pk}"' in body
    assert f'href="{page("claim", claim.pk)}"' in body


def test_details_are_corrected_and_refusals_shown(client, enter):
    enter()
    article = make_article(title="")
    details = {
        "title": "The bridge",
        "published_on": "2026-03-01",
        "publisher_name": "Gazette",
        "language": "en",
    }
    client.post(page("article", article.pk), details)
    article.refresh_from_db()
    assert (article.title, article.published_on) == ("The bridge", date(2026, 3, 1))
    answer = client.post(page("article", article.pk), details | {"published_on": "2999-01-01"})
    assert "in the future" in str(answer.context["adminform"].form.errors["published_on"])


def test_what_failed_is_tried_again(client, enter):
    enter()
    article = make_article(work_state="failed", failure="The page did not answer.")
    assert "The page did not answer." in client.get(list_of("article", "state=failed")).text
    client.post(f"/admin/claims/article/{article.pk}/retry/", {"_form_submitted": "on"})
    article.refresh_from_db()
    assert article.work_state == "queued"


def test_a_source_is_added_once_by_its_canonical_address(client, enter):
    enter()
    given = {"url": "HTTPS://Records.example/a?utm_source=x", "kind": "official", "title": "Record"}
    client.post(page("source", what="add", app="sources"), given)
    assert Source.objects.get().url == "https://records.example/a"
    again = client.post(page("source", what="add", app="sources"), given)
    assert "url" in again.context["adminform"].form.errors


def test_a_private_address_is_no_source(client, enter):
    enter()
    given = {"url": "http://192.168.0.1/", "kind": "official"}
    answer = client.post(page("source", what="add", app="sources"), given)
    assert "url" in answer.context["adminform"].form.errors


def test_a_source_is_fetched_again(client, enter):
    enter()
    source = make_source(work_state="failed", failure="No answer.")
    client.post(f"/admin/sources/source/{source.pk}/fetch_again/", {"_form_submitted": "on"})
    source.refresh_from_db()
    assert (source.work_state, source.failure) == ("queued", "")


def test_sources_are_checked_from_the_list(client, enter):
    enter()
    fetched, never = make_source(liveness="gone", liveness_since=NOW), make_source()
    make_snapshot(fetched)
    chosen = {"action": "check_selected", "_selected_action": [fetched.pk, never.pk]}
    answer = client.post(list_of("source", app="sources"), chosen, follow=True)
    assert "1 of 2 are checked in a moment" in answer.content.decode()
    assert fetched.checks.count() == 1
    assert client.get(list_of("source", "liveness=gone", app="sources")).context["cl"].result_count == 1
    assert client.get(page("source", fetched.pk, app="sources")).status_code == 200


def test_evidence_is_attached_amended_and_removed(client, enter):
    enter()
    claim = make_claim()
    given = {
        "claim": claim.pk,
        "url": "https://records.example/b",
        "stance": "refutes",
        "quote": "It is open.",
    }
    answer = client.post(page("evidence", what="add"), given | {"_save": ""})
    assert answer.headers["Location"] == page("claim", claim.pk)
    row = claim.evidence.get()
    client.post(page("evidence", row.pk), {"stance": "context", "quote": "It is open.", "_save": ""})
    row.refresh_from_db()
    assert row.stance == "context"
    client.post(page("evidence", row.pk, what="delete"), {"post": "yes"})
    assert not claim.evidence.exists()


def test_a_passage_is_not_attached_twice(client, enter):
    enter()
    row = make_evidence(make_claim())
    given = {"claim": row.claim_id, "url": row.source.url, "stance": "context", "quote": row.quote}
    answer = client.post(page("evidence", what="add"), given)
    assert "already attached" in str(answer.context["adminform"].form.errors["quote"])
