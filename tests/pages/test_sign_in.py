"""Signing in and out."""

import pytest
from django.test import Client

from claims.models import User
from tests.pages.reading import HTMX, words

PAGES = [
    "/",
    "/articles/",
    "/claims/",
    "/reviews/",
    "/rechecks/",
    "/rechecks/policy/",
    "/inbox/",
    "/sources/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_a_stranger_to_sign_in(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"/login/?next={page}"


def test_signing_in_leads_to_the_page_asked_for(client: Client, ravi: User) -> None:
    form = {"username": ravi.username, "password": "secret", "next": "/inbox/"}
    answer = client.post("/login/", form)
    assert answer["Location"] == "/inbox/"
    assert client.get("/inbox/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client, ravi: User) -> None:
    answer = client.post("/login/", {"username": ravi.username, "password": "wrong"})
    assert "User name or password" in words(answer)
    assert f'value="{ravi.username}"' in answer.content.decode()


def test_signing_out_ends_the_session(desk: Client) -> None:
    desk.post("/logout/")
    assert desk.get("/").status_code == 302


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_is_told_without_leaving_the_page(client: Client) -> None:
    answer = client.post("/claims/1/accept/", headers=HTMX)
    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#notices"
    assert "Sign in in another tab" in words(answer)


def test_too_many_wrong_passwords_pause_signing_in(client: Client, ravi: User) -> None:
    wrong = {"username": ravi.username, "password": "wrong"}
    answers = [client.post("/login/", wrong) for _ in range(11)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "Signing in is paused" in words(answers[-1])
