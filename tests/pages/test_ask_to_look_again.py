"""Readers ask for another look without signing in; reviewers decide; nothing of it is public."""

import pytest
from django.test import Client

from claims.models import Claim, ReaderRequest, User
from tests.factories import NOW, make_claim, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words

WORDS = "It <script>reopened</script> on Sunday: see the council's page."


@pytest.fixture
def claim(ravi: User, edith: User) -> Claim:
    claim = make_claim(text="The harbour <b>bridge</b> is closed.")
    publish(claim, by=ravi, approved_by=edith)
    return claim


def ask(reader: Client, claim: Claim, **fields: str) -> object:
    return reader.post(f"/claims/{claim.pk}/ask/", {"words": WORDS, "website": ""} | fields)


def test_a_reader_asks_without_signing_in(client: Client, claim: Claim) -> None:
    page = client.get(f"/claims/{claim.pk}/ask/")
    assert page.status_code == 200
    assert "The harbour <b>bridge</b> is closed." in words(page)
    assert "<script" not in page.content.decode()
    answer = ask(client, claim)
    assert answer.status_code == 302
    assert "A person of the desk reads it" in words(client.get(answer.url))
    assert ReaderRequest.objects.get().words == WORDS


def test_the_form_needs_its_token(claim: Claim) -> None:
    assert ask(Client(enforce_csrf_checks=True), claim).status_code == 403


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client: Client, claim: Claim) -> None:
    assert ask(client, claim, website="https://spam.example").status_code == 302
    assert not ReaderRequest.objects.exists()


def test_empty_words_are_told_at_the_field(client: Client, claim: Claim) -> None:
    answer = ask(client, claim, words=" ")
    assert answer.status_code == 422
    assert "Say what we should look at." in words(answer)


def test_who_asks_too_often_is_asked_to_come_back_and_keeps_the_words(client: Client, claim: Claim) -> None:
    for _ in range(5):
        ask(client, claim)
    answer = ask(client, claim, words="Once more.")
    assert answer.status_code == 429
    assert "Please come back tomorrow." in words(answer)
    assert field(answer, "words") == "Once more."
    assert ReaderRequest.objects.count() == 5


def test_behind_a_proxy_readers_are_told_apart(client: Client, claim: Claim, settings) -> None:
    settings.BEHIND_PROXY = True
    for number in range(6):
        answer = client.post(
            f"/claims/{claim.pk}/ask/",
            {"words": WORDS},
            headers={"X-Forwarded-For": f"10.0.0.1, 203.0.113.{number}"},
        )
        assert answer.status_code == 302


def test_without_a_proxy_the_header_is_not_believed(client: Client, claim: Claim) -> None:
    codes = [
        client.post(
            f"/claims/{claim.pk}/ask/", {"words": WORDS}, headers={"X-Forwarded-For": f"203.0.113.{number}"}
        ).status_code
        for number in range(6)
    ]
    assert codes == [302] * 5 + [429]


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_published_is_not_there_for_readers(client: Client, db: None, method: str) -> None:
    draft = make_claim()
    assert getattr(client, method)(f"/claims/{draft.pk}/ask/").status_code == 404


def test_nothing_of_a_request_is_public(client: Client, claim: Claim) -> None:
    ask(client, claim)
    assert "reopened" not in client.get(f"/claims/{claim.pk}/ask/").content.decode()
    assert client.get("/requests/").status_code == 302
    assert client.get("/api/v1/reader-requests").status_code == 401


def test_a_reviewer_reads_and_accepts(client: Client, desk: Client, claim: Claim) -> None:
    ask(client, claim)
    page = desk.get("/requests/")
    assert "It &lt;script&gt;reopened&lt;/script&gt; on Sunday" in page.content.decode()
    assert "1 readers’ requests" in words(desk.get("/"))
    asked = ReaderRequest.objects.get()
    desk.post(f"/requests/{asked.pk}/accept/")
    claim_page = desk.get(f"/claims/{claim.pk}/")
    assert "A reader asks: It &lt;script&gt;reopened" in claim_page.content.decode()
    assert "No request waits." in words(desk.get("/requests/"))
    assert "accepted by Ravi Lind" in words(desk.get("/requests/?show=decided"))


def test_a_reviewer_declines_with_a_reason(client: Client, desk: Client, claim: Claim) -> None:
    ask(client, claim)
    asked = ReaderRequest.objects.get()
    assert "This cannot be empty." in words(desk.post(f"/requests/{asked.pk}/decline/", follow=True))
    desk.post(f"/requests/{asked.pk}/decline/", {"reason": "An opinion."})
    assert "An opinion." in words(desk.get("/requests/?show=decided"))
    assert claim.rechecks.get().rule == "status"


def test_a_contributor_sees_no_requests(client: Client, claim: Claim, carl: User) -> None:
    ask(client, claim)
    asked = ReaderRequest.objects.get()
    contributor = browser_of(carl)
    assert contributor.get("/requests/").status_code == 403
    contributor.post(f"/requests/{asked.pk}/accept/")
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert asked.asked_at > NOW
