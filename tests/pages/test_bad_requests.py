"""Requests that make no sense get a page in words, never a failure."""

import pytest
from django.test import Client

from claims.models import User
from tests.factories import make_article, make_claim
from tests.pages.reading import HTMX, words

MISSING = [
    "/articles/999/", "/claims/999/", "/claims/99999999999999999999999/", "/sources/999/", "/snapshots/999/",
    "/articles/999/progress/", "/claims/999/edit/", "/nothing-here/",
]  # fmt: skip


@pytest.mark.parametrize("page", MISSING)
def test_unknown_things_are_not_found_in_our_own_words(desk: Client, page: str) -> None:
    answer = desk.get(page)
    assert answer.status_code == 404
    assert "There is no such page" in words(answer)


ODD = [
    "/claims/?page=-1", "/claims/?page=x", "/claims/?q=%00", "/articles/?q=%00", "/sources/?q=%00",
    "/articles/{article}/add-claim/?start=999999&end=1", "/articles/{article}/add-claim/?start=x",
    "/articles/{article}/?state=asleep", "/rechecks/?when=never&whose=nobody", "/inbox/?page=99",
    "/claims/?assignee=99999999999999999999", "/claims/?article=99999999999999999999999",
    "/articles/{article}/add-claim/?start=²&end=³", "/claims/?page=²",
    "/claims/{claim}/card/?article=²", "/claims/{claim}/status/?as_of=9999-99-99",
]  # fmt: skip


@pytest.mark.parametrize("page", ODD)
def test_odd_addresses_never_fail(desk: Client, page: str) -> None:
    article = make_article()
    claim = make_claim(article)
    answer = desk.get(page.format(article=article.pk, claim=claim.pk), headers=HTMX)
    assert answer.status_code in (200, 204, 404, 422)


POSTS = [
    ("/articles/new/", {"how": "elsewhere"}),
    ("/claims/{claim}/verdict/", {"follows": "x"}),
    ("/claims/{claim}/verdict/", {"follows": "99999999999999999999"}),
    ("/claims/{claim}/edit/", {"revision": "99999999999999999999", "text": "x", "kind": "status"}),
    ("/claims/{claim}/edit/", {"revision": "1", "text": "a\0b", "kind": "status"}),
    ("/claims/{claim}/assign/", {"assignee": "²"}),
    ("/claims/{claim}/assign/", {"assignee": "99999999999999999999"}),
    ("/claims/bulk/", {"action": "explode", "claims": ["²", "99999999999999999999", "-1"]}),
    ("/claims/views/", {"name": "", "query": "x" * 5000}),
    (
        "/articles/{article}/add-claim/",
        {"start": "-5", "end": "2", "quote": "The", "text": "x", "kind": "odd"},
    ),
    ("/claims/{claim}/evidence/", {"url": "https://" + "x" * 3000, "stance": "maybe"}),
    ("/inbox/read/", {"newest": "²"}),
]


@pytest.mark.parametrize(("page", "form"), POSTS)
def test_odd_forms_never_fail(desk: Client, page: str, form: dict[str, object]) -> None:
    article = make_article()
    claim = make_claim(article)
    answer = desk.post(page.format(article=article.pk, claim=claim.pk), form)
    assert answer.status_code in (302, 404, 409, 422)


def test_the_wrong_method_is_refused(desk: Client) -> None:
    assert desk.get("/claims/1/accept/").status_code == 405


def test_a_form_without_its_token_is_told_so(ravi: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ravi)
    answer = client.post("/claims/1/accept/")
    assert answer.status_code == 403
    assert "This form has gone stale" in words(answer)


@pytest.mark.django_db
def test_a_failure_of_ours_says_sorry_in_our_own_page(monkeypatch: pytest.MonkeyPatch, ravi: User) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("claims.views.desk._waiting_for", fail)
    client = Client(raise_request_exception=False)
    client.force_login(ravi)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong here" in words(answer)


def test_a_refusal_sends_nobody_to_another_site(desk: Client) -> None:
    claim = make_claim(make_article(), state="in_review")
    answer = desk.post(f"/claims/{claim.pk}/accept/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/"
