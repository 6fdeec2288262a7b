"""Handing an article in and reading what became of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Article
from tests.api.conftest import is_problem
from tests.factories import TEXT, make_article, make_claim

pytestmark = pytest.mark.django_db


def test_a_text_is_taken_and_waits_for_extraction(api):
    response = api.post("/articles", {"text": TEXT, "title": "The bridge", "published_on": "2026-03-02"})
    assert response.status_code == 201
    article = response.json()
    assert article["state"] == "extracting"
    assert article["text"] == TEXT
    assert article["missing_details"] == ["publisher"]


def test_the_same_text_twice_is_one_article(api):
    first = api.post("/articles", {"text": TEXT})
    second = api.post("/articles", {"text": TEXT})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_an_address_is_fetched_later(api):
    article = api.post("/articles", {"url": "HTTPS://News.Example.com/a?utm_source=x"}).json()
    assert article["state"] == "fetching"
    assert article["url"] == "https://news.example.com/a"


def test_html_is_read_at_once(api):
    html = f"<html><head><title>Bridge</title></head><body><article><p>{TEXT}</p></article></body></html>"
    response = api.post("/articles", {"html": html})
    assert response.status_code == 201
    assert "harbour bridge was closed" in response.json()["text"]


def test_a_publication_day_to_come_is_refused(api):
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    is_problem(
        api.post("/articles", {"text": TEXT, "published_on": day}), 422, "in_the_future", "published_on"
    )
    assert not Article.objects.exists()


def test_skipped_sentences_carry_their_words_and_reason(api):
    article = make_article(skipped=[{"start": 0, "end": 10, "reason": "opinion"}])
    skipped = api.get(f"/articles/{article.pk}").json()["skipped"]
    assert skipped == [{"start": 0, "end": 10, "sentence": TEXT[:10], "reason": "opinion"}]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"work_state": "done"}, "ready"),
        ({"work_state": "running"}, "extracting"),
        ({"work_state": "queued", "text": "", "text_hash": "", "url": "https://a.example/"}, "fetching"),
        ({"work_state": "failed", "failure_code": "timeout", "failure": "It did not answer."}, "failed"),
    ],
)
def test_the_state_is_the_models_word(api, fields, state):
    article = make_article(**fields)
    assert article.state == state
    assert api.get(f"/articles/{article.pk}").json()["state"] == state
    assert [a["id"] for a in api.get(f"/articles?state={state}").json()["results"]] == [article.pk]


def test_a_duplicate_points_at_the_original(api):
    original = make_article()
    copy = make_article(duplicate_of=original, text_hash="", url="https://copy.example/")
    answer = api.get(f"/articles/{copy.pk}").json()
    assert (answer["state"], answer["duplicate_of"]) == ("duplicate", original.pk)
    assert copy.state == "duplicate"


def test_a_failure_says_why(api):
    article = make_article(work_state="failed", failure_code="timeout", failure="It did not answer.")
    failure = api.get(f"/articles/{article.pk}").json()["failure"]
    assert failure == {"code": "timeout", "message": "It did not answer."}


def test_what_failed_is_tried_again_and_nothing_else_is(api):
    article = make_article(work_state="failed", failure_code="timeout", failure="It did not answer.")
    assert api.post(f"/articles/{article.pk}/retry").json()["state"] == "extracting"
    is_problem(api.post(f"/articles/{article.pk}/retry"), 409, "not_failed")


def test_details_are_filled_in(api):
    article = make_article(published_on=None, title="")
    assert api.get(f"/articles/{article.pk}").json()["missing_details"] == [
        "title", "published_on", "publisher"
    ]  # fmt: skip
    details = {"title": "The bridge", "published_on": "2026-03-01", "publisher": "The Harbour Post"}
    answer = api.patch(f"/articles/{article.pk}", details).json()
    assert answer["missing_details"] == []
    assert answer["publisher"]["name"] == "The Harbour Post"


def test_the_claims_come_in_the_articles_order_with_their_place(api):
    article = make_article()
    later = make_claim(article, passage="The city council will reopen it in May 2026.")
    first = make_claim(article, passage="The harbour bridge was closed on Monday.")
    places = api.get(f"/articles/{article.pk}/claims").json()["results"]
    assert [place["claim"]["id"] for place in places] == [first.pk, later.pk]
    for place in places:
        assert TEXT[place["start"] : place["end"]] == place["sentence"]


def test_a_claim_that_was_not_found_is_added_by_its_place(api):
    article = make_article()
    start = TEXT.index("Mayor")
    body = {"start": start, "end": len(TEXT), "text": "The repair costs 4 million euros.", "kind": "quantity"}
    response = api.post(f"/articles/{article.pk}/claims", body | {"claimant": "Ines Falk"})
    assert response.status_code == 201
    assert response.json()["claimant"]["name"] == "Ines Falk"
    [place] = api.get(f"/articles/{article.pk}/claims").json()["results"]
    assert place["sentence"] == TEXT[start:]


def test_articles_are_found_by_address_and_publisher(api):
    article = make_article(url="https://news.example.com/a")
    api.patch(f"/articles/{article.pk}", {"publisher": "The Harbour Post"})
    make_article(text="Another text that is long enough.")
    for query in ("url=https://news.example.com/a%23part", "publisher=the harbour post"):
        assert [a["id"] for a in api.get(f"/articles?{query}").json()["results"]] == [article.pk]


def test_lists_do_not_carry_the_texts(api):
    make_article()
    [article] = api.get("/articles").json()["results"]
    assert "text" not in article
