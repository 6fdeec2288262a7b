"""The desk home: what waits, in numbers that lead there."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from claims.models import User
from tests.factories import make_article, make_claim, propose, publish
from tests.pages.reading import words


def test_an_empty_desk_teaches(desk: Client) -> None:
    page = words(desk.get("/"))
    assert "Nothing to triage. Add an article" in page
    assert "Nothing to look at again this week." in page
    assert "No verdict waits for you." in page


def test_numbers_count_what_waits(desk: Client, ravi: User, edith: User) -> None:
    article = make_article(title="Bridge closed")
    make_claim(article, state="new")
    for days in (30, 8):
        publish(
            make_claim(volatility="fast"),
            by=ravi,
            approved_by=edith,
            at=timezone.now() - timedelta(days=days),
        )
    propose(make_claim(text="The tunnel is flooded."), by=edith)
    page = words(desk.get("/"))
    assert (
        "1 my re-checks overdue 1 my re-checks due 0 due within a week 1 verdicts to review 1 drafts" in page
    )
    assert "Bridge closed 1 draft" in page
    assert "The tunnel is flooded. True by Edith Oka" in page


def test_a_failed_article_is_shown_with_its_reason(desk: Client) -> None:
    make_article(
        title="Lost", text="", text_hash="", url="https://a.example/", work_state="failed", failure="Gone."
    )
    assert "Articles in the works Lost Gone." in words(desk.get("/"))


def test_a_contributor_is_not_asked_to_review(client: Client, carl: User) -> None:
    client.force_login(carl)
    assert "verdicts to review" not in words(client.get("/"))
