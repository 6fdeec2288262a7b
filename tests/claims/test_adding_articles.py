"""A fact-checker adds an article; a worker finds its claims."""

from datetime import date, timedelta

import pytest
from django.test import override_settings

from claims import intake
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Article, Claim, RecheckCause, User
from sources.fetching import Fetched, FetchError
from sources.models import Publisher
from tests.factories import NOW, TEXT, make_user, publish

pytestmark = pytest.mark.django_db

PAGE = """<html lang="en"><head><title>Bridge to reopen</title>
<meta property="article:published_time" content="2026-03-02T09:00:00Z"></head>
<body><nav>Home | News | Sport</nav><article><h1>Bridge to reopen</h1>
<p>The harbour bridge was closed on Monday after divers found cracks in two of its pillars.</p>
<p>The city council will reopen the bridge in May 2026, a spokeswoman said on Tuesday.</p>
</article><footer>About us</footer></body></html>"""


@pytest.fixture
def checker() -> User:
    return make_user("contributor")


def answer_with(monkeypatch: pytest.MonkeyPatch, body: str = PAGE, content_type: str = "text/html") -> None:
    def fetch(url: str) -> Fetched:
        return Fetched(url=url, status=200, content_type=content_type, body=body.encode(), headers={})

    monkeypatch.setattr(intake, "fetch", fetch)


def test_pasted_text_becomes_claims_with_their_place(checker: User) -> None:
    article, new = intake.add_article(by=checker, at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    assert new
    assert article.state == "extracting"
    assert intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.state == "ready"
    assert article.appearances.count() >= 2
    for appearance in article.appearances.all():
        assert article.text[appearance.start : appearance.end] == appearance.sentence
        assert appearance.claim.state == Claim.State.NEW


def test_the_same_text_twice_is_one_article(checker: User) -> None:
    first, _ = intake.add_article(by=checker, at=NOW, text=TEXT)
    again, new = intake.add_article(by=checker, at=NOW, text=TEXT.replace("\n\n", "\r\n\r\n") + "\n")
    assert (again.pk, new) == (first.pk, False)


def test_html_gives_its_title_day_and_text_without_furniture(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, html=PAGE, url="https://news.example/bridge")
    assert article.title == "Bridge to reopen"
    assert article.published_on == date(2026, 3, 2)
    assert "Sport" not in article.text
    assert article.publisher is not None


def test_an_address_is_fetched_by_the_worker(checker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch)
    article, _ = intake.add_article(by=checker, at=NOW, url="https://news.example/bridge?utm_source=x")
    assert article.state == "fetching"
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.state == "ready"
    assert article.snapshot is not None
    assert article.appearances.exists()


def test_an_address_with_a_known_text_points_to_the_known_article(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch)
    for path in ("a", "b"):
        intake.add_article(by=checker, at=NOW, url=f"https://news.example/{path}")
        intake.work_article(at=NOW)
    first, second = Article.objects.order_by("pk")
    assert second.state == "duplicate"
    assert second.duplicate_of == first


def test_an_address_that_fails_says_why_and_is_tried_again(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(url: str) -> Fetched:
        raise FetchError("timeout", "The page did not answer within 20 seconds.", final=False)

    monkeypatch.setattr(intake, "fetch", fetch)
    article, _ = intake.add_article(by=checker, at=NOW, url="https://slow.example/")
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.failure == "The page did not answer within 20 seconds."
    assert not intake.work_article(at=NOW)
    assert intake.work_article(at=NOW + timedelta(minutes=1))


def test_a_final_failure_can_be_tried_again_by_hand(checker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, body="<html><body></body></html>")
    article, _ = intake.add_article(by=checker, at=NOW, url="https://empty.example/")
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.state == "failed"
    answer_with(monkeypatch)
    intake.retry(article=article, by=checker, at=NOW)
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.state == "ready"


def test_what_has_not_failed_is_not_tried_again(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT)
    with pytest.raises(Conflict):
        intake.retry(article=article, by=checker, at=NOW)


def test_an_article_left_by_a_dead_worker_is_taken_up_after_its_lease(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT)
    Article.objects.update(work_state="running", lease_until=NOW + intake.LEASE, attempts=1)
    assert not intake.work_article(at=NOW + timedelta(minutes=1))
    assert intake.work_article(at=NOW + intake.LEASE + timedelta(seconds=1))
    article.refresh_from_db()
    assert article.state == "ready"


def test_a_text_at_hand_fills_an_address_that_could_not_be_fetched(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, body="<html><body></body></html>")
    article, _ = intake.add_article(by=checker, at=NOW, url="https://blocked.example/")
    intake.work_article(at=NOW)
    again, new = intake.add_article(by=checker, at=NOW, text=TEXT, url="https://blocked.example/")
    intake.work_article(at=NOW)
    again.refresh_from_db()
    assert (again.pk, new, again.state) == (article.pk, False, "ready")


def test_a_worker_whose_lease_ran_out_overwrites_nothing(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(url: str) -> Fetched:
        Article.objects.update(work_state="done", attempts=2)
        raise FetchError("time_out", "Too late.", final=True)

    monkeypatch.setattr(intake, "fetch", fetch)
    article, _ = intake.add_article(by=checker, at=NOW, url="https://slow.example/")
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert (article.work_state, article.failure) == ("done", "")


def test_an_article_that_takes_every_worker_down_is_given_up(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT)
    Article.objects.update(work_state="running", lease_until=NOW, attempts=5)
    assert not intake.work_article(at=NOW + timedelta(minutes=1))
    article.refresh_from_db()
    assert (article.state, article.failure_code) == ("failed", "gave_up")


def test_correcting_the_day_makes_untouched_drafts_again(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    intake.work_article(at=NOW)
    kept = article.appearances.select_related("claim").first()
    assert kept is not None
    Claim.objects.filter(pk=kept.claim_id).update(state="in_progress")
    drafts = set(Claim.objects.filter(state="new").values_list("pk", flat=True))
    intake.set_details(article=article, published_on=date(2025, 3, 3), by=checker, at=NOW)
    intake.work_article(at=NOW)
    assert Claim.objects.filter(pk=kept.claim_id).exists()
    assert not Claim.objects.filter(pk__in=drafts).exists()
    assert article.appearances.exclude(pk=kept.pk).exists()


def test_a_claim_already_known_gets_a_new_appearance(checker: User) -> None:
    for ending in ("", "\n\nTwo ferries replace the bridge for pedestrians until then."):
        intake.add_article(by=checker, at=NOW, text=TEXT + ending, published_on=date(2026, 3, 2))
        intake.work_article(at=NOW)
    first, second = Article.objects.order_by("pk")
    shared = Claim.objects.filter(appearances__article=first).filter(appearances__article=second)
    assert shared.exists()


def test_a_published_claim_that_another_article_makes_is_looked_at_again_once(checker: User) -> None:
    intake.add_article(by=checker, at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    intake.work_article(at=NOW)
    claim = Claim.objects.filter(appearances__isnull=False).order_by("pk")[0]
    publish(claim)
    other = TEXT + "\n\nTwo ferries replace the bridge for pedestrians until then."
    article, _ = intake.add_article(
        by=checker, at=NOW + timedelta(days=1), text=other, published_on=date(2026, 3, 2), title="Ferries"
    )
    intake.work_article(at=NOW + timedelta(days=1))
    recheck = claim.rechecks.get()
    assert (recheck.due_at, recheck.rule) == (NOW + timedelta(days=1), "new_appearance")
    assert recheck.why == "Another article makes this claim: Ferries"
    assert claim.recheck_causes.count() == 1
    # The same article read again is no news, nor is a draft that another article makes too.
    article.refresh_from_db()
    intake.set_details(article=article, published_on=date(2026, 3, 1), by=checker, at=NOW)
    intake.work_article(at=NOW + timedelta(days=2))
    assert RecheckCause.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({}, "text", "required"),
        ({"text": ""}, "text", "empty"),
        ({"text": " \n\t\x00 "}, "text", "empty"),
        ({"text": "Hello"}, "text", "too_short"),
        ({"text": "x " * 600_000}, "text", "too_long"),
        ({"text": TEXT, "html": PAGE}, "html", "text_or_html"),
        ({"url": "ftp://files.example/a"}, "url", "bad_address"),
        ({"url": "https://user:pw@news.example/"}, "url", "bad_address"),
        ({"text": TEXT, "published_on": date(2030, 1, 1)}, "published_on", "in_the_future"),
        ({"text": TEXT, "published_on": date(1, 1, 1)}, "published_on", "bad_day"),
        ({"text": TEXT, "language": "English!"}, "language", "bad_language"),
        ({"text": TEXT, "title": "a\x00b"}, "title", "bad_characters"),
        ({"text": "Hello", "publisher": "Harbour Gazette"}, "text", "too_short"),
        ({"text": TEXT, "title": "x" * 501}, "title", "too_long"),
        ({"text": TEXT, "publisher": "\ud800"}, "publisher", "bad_characters"),
    ],
)
def test_bad_input_names_its_field_and_stores_nothing(
    checker: User, given: dict, field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        intake.add_article(by=checker, at=NOW, **given)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not Article.objects.exists()
    assert not Publisher.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n", "file"),
        ("article.txt", b"\x00\x01\x02\xff\xfe\x00binary" * 50, "file"),
        ("empty.txt", b"", "text"),
        ("empty.html", b"", "html"),
    ],
)
def test_an_upload_that_is_no_article_is_refused(
    checker: User, name: str, content: bytes, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        intake.add_upload(by=checker, at=NOW, name=name, content=content)
    assert refused.value.field == field


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_uploads_in_other_encodings_are_read(checker: User, encoding: str) -> None:
    text = "The café on Müller Square was closed on Monday. The owner will reopen it in May."
    article, _ = intake.add_upload(by=checker, at=NOW, name="a.txt", content=text.encode(encoding))
    assert "café on Müller Square" in article.text


def test_right_to_left_and_emoji_text_neither_crashes_nor_loses_a_place(checker: User) -> None:
    text = "The mayor 😀 opened the bridge in 2025. " + "هذا نص باللغة العربية عن الجسر والمدينة."
    article, _ = intake.add_article(by=checker, at=NOW, text=text)
    intake.work_article(at=NOW)
    article.refresh_from_db()
    assert article.state == "ready"
    for place in article.skipped:
        assert article.text[place["start"] : place["end"]]


def test_who_has_no_role_cannot_add_articles() -> None:
    outsider = User.objects.create_user("outsider")
    with pytest.raises(Forbidden):
        intake.add_article(by=outsider, at=NOW, text=TEXT)


@override_settings(ARTICLE_MAX_CHARACTERS=50)
def test_the_longest_text_is_a_setting(checker: User) -> None:
    with pytest.raises(Invalid, match="50 is the most"):
        intake.add_article(by=checker, at=NOW, text=TEXT)
