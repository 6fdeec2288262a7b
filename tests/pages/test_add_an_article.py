"""Adding an article from the desk: a text, a file or an address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Article
from tests.factories import TEXT
from tests.pages.reading import field, words


def add(desk: Client, **form: object) -> object:
    return desk.post("/articles/new/", form)


def test_a_pasted_text_leads_to_its_page_at_once(desk: Client) -> None:
    answer = add(desk, how="text", text=TEXT, title="Bridge", published_on="2026-03-02")
    article = Article.objects.get()
    assert answer["Location"] == f"/articles/{article.pk}/"
    assert (article.title, article.state) == ("Bridge", "extracting")


@pytest.mark.parametrize(
    ("name", "content"),
    [("story.txt", TEXT.encode()), ("story.html", f"<article><p>{TEXT}</p></article>".encode())],
)
def test_an_uploaded_file_is_read(desk: Client, name: str, content: bytes) -> None:
    answer = add(desk, how="file", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 302
    assert "harbour bridge" in Article.objects.get().text


def test_an_address_waits_for_the_worker(desk: Client) -> None:
    add(desk, how="url", url="https://news.example/story")
    article = Article.objects.get()
    assert (article.state, article.text) == ("fetching", "")


def test_the_same_text_twice_leads_to_the_first(desk: Client) -> None:
    add(desk, how="text", text=TEXT)
    answer = desk.post("/articles/new/", {"how": "text", "text": TEXT}, follow=True)
    assert Article.objects.count() == 1
    assert "already here" in words(answer)


@pytest.mark.parametrize(
    ("form", "label", "advice"),
    [
        ({"how": "text", "text": ""}, "Article text:", "Paste the article"),
        ({"how": "text", "text": "word"}, "Article text:", "too short"),
        ({"how": "text", "text": "A text with a \0 byte in the middle."}, "Article text:", "Null"),
        ({"how": "url", "url": "ftp://news.example/x"}, "Web address:", "http"),
        ({"how": "url", "url": "http://127.0.0.1/admin"}, "Web address:", ""),
        ({"how": "file"}, "File:", "Choose"),
        ({"how": "text", "text": TEXT, "published_on": "2999-01-01"}, "Publication day:", "future"),
        ({"how": "text", "text": TEXT, "published_on": "yesterday"}, "Publication day:", "valid date"),
    ],
)
def test_bad_input_names_its_field_and_stores_nothing(
    desk: Client, form: dict[str, str], label: str, advice: str
) -> None:
    answer = desk.post("/articles/new/", form)
    assert answer.status_code == 422
    assert label in words(answer)
    assert advice in words(answer)
    assert not Article.objects.exists()


def test_a_refused_text_is_not_lost(desk: Client) -> None:
    answer = desk.post("/articles/new/", {"how": "text", "text": TEXT, "published_on": "2999-01-01"})
    assert field(answer, "text").replace("\r", "") == TEXT


def test_a_binary_upload_is_refused(desk: Client) -> None:
    upload = SimpleUploadedFile("story.txt", bytes(range(256)) * 20)
    answer = desk.post("/articles/new/", {"how": "file", "file": upload})
    assert answer.status_code == 422
    assert "File:" in words(answer)
