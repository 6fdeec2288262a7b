"""The article's page: progress, then its text with the claims marked and listed."""

import re
from datetime import date

from django.test import Client

from claims.models import Article
from tests.factories import make_article, make_claim, make_user, publish
from tests.pages.reading import HTMX, words


def test_a_working_article_is_asked_about_every_second(desk: Client) -> None:
    article = make_article(work_state="running", progress_done=3, progress_total=9)
    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert f'hx-get="/articles/{article.pk}/progress/" hx-trigger="every 1s"' in page
    assert "3 of 9 sentences" in page


def test_progress_ends_with_the_claims(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article, text="The harbour bridge is closed.", state="new")
    answer = desk.get(f"/articles/{article.pk}/progress/", headers=HTMX)
    assert answer["HX-Retarget"] == "#article-body"
    assert f'id="claim-{claim.pk}"' in answer.content.decode()
    assert "every 1s" not in answer.content.decode()


def test_a_failure_shows_its_reason_and_a_way_on(desk: Client) -> None:
    article = make_article(
        text="", text_hash="", url="https://news.example/x", work_state="failed", failure="The page is gone."
    )
    page = desk.get(f"/articles/{article.pk}/")
    assert "The page is gone." in words(page)
    desk.post(f"/articles/{article.pk}/retry/")
    article.refresh_from_db()
    assert article.work_state == "queued"


def test_a_duplicate_leads_to_the_original(desk: Client) -> None:
    original = make_article()
    copy = make_article(text=original.text, text_hash="", url="https://b.example/", duplicate_of=original)
    answer = desk.get(f"/articles/{copy.pk}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/articles/{original.pk}/"
    assert "already here" in words(answer)
    told = desk.get(f"/articles/{copy.pk}/progress/", headers=HTMX)
    assert told["HX-Redirect"] == f"/articles/{original.pk}/"


def test_claims_are_marked_by_state_and_skipped_sentences_give_their_reason(desk: Client) -> None:
    article = make_article(text="The bridge is closed. What a mess!", skipped=[
        {"start": 22, "end": 34, "reason": "opinion"}
    ])  # fmt: skip
    claim = make_claim(article, state="new")
    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert re.search(
        rf'<a class="mark mark--new" href="#claim-{claim.pk}"[^>]*>The bridge is closed\.</a>', page
    )
    assert re.search(r'<span class="skipped"[^>]*>What a mess!</span><span[^>]*>opinion</span>', page)


def test_two_claims_of_one_sentence_share_a_mark(desk: Client) -> None:
    article = make_article()
    one, two = (
        make_claim(article, state="published", last_verified_at=article.added_at),
        make_claim(article, state="new"),
    )
    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert f'data-claims="{one.pk} {two.pk}" data-count="2"' in page
    assert page.count('mark mark--new" href=') == 1


def test_rewritten_words_stand_out(desk: Client) -> None:
    article = make_article(text="He said the bridge is closed.")
    make_claim(article, text="Mayor Falk said the bridge is closed.")
    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert re.search(r'<ins class="changed"[^>]*>Mayor Falk</ins> said the bridge', page)


def test_the_list_is_filtered_by_state(desk: Client) -> None:
    article = make_article()
    make_claim(article, text="A new one is here.", state="new")
    make_claim(article, text="A retired one is here.", state="retired", retired_why="trivial")
    page = desk.get(f"/articles/{article.pk}/?state=retired", headers=HTMX | {"HX-Target": "claim-list"})
    assert "A retired one" in words(page)
    assert "A new one" not in words(page)


def test_missing_details_are_asked_for_and_saved(desk: Client) -> None:
    article = make_article(title="", published_on=None)
    address = f"/articles/{article.pk}/"
    assert "Please fill in the title, the publication day, the publisher" in words(desk.get(address))
    form = {"title": "Bridge", "published_on": "2026-03-02", "publisher": "Gazette", "language": "en"}
    answer = desk.post(f"{address}details/", form, follow=True)
    assert "Please fill in" not in words(answer)
    article.refresh_from_db()
    assert (article.title, article.published_on) == ("Bridge", date(2026, 3, 2))


def test_a_future_publication_day_is_refused_at_its_field(desk: Client) -> None:
    article = make_article()
    answer = desk.post(f"/articles/{article.pk}/details/", {"title": "B", "published_on": "2999-01-01"})
    assert answer.status_code == 422
    assert "Publication day: 2999-01-01 is in the future." in words(answer)


def test_a_published_claim_shows_its_verdict(desk: Client) -> None:
    article = make_article()
    publish(make_claim(article), "mostly_false")
    assert "published Mostly false" in words(desk.get(f"/articles/{article.pk}/"))


def test_the_list_of_articles_counts_drafts(desk: Client) -> None:
    article = make_article(added_by=make_user())
    make_claim(article, state="new")
    make_claim(article, state="in_progress")
    assert "2 claims 1 to triage" in words(desk.get("/articles/"))
    assert "No article has these words" in words(desk.get("/articles/?q=nothing-like-it"))
    assert Article.objects.count() == 1
