"""An article that was edited: on its page, on the claim's, in the queue."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import versions
from claims.models import Article, Claim, User
from tests.factories import NOW, days, make_article, make_claim
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words

FIRST = "The harbour bridge was closed on Monday after divers found <cracks> in two pillars."
SECOND = "The city council will reopen the bridge in May 2026, a spokeswoman said."


@pytest.fixture
def article(ravi: User) -> Article:
    """Two claims, the second's sentence taken out a day later."""
    found = make_article(f"{FIRST} {SECOND}", url="https://gazette.example/bridge")
    make_claim(found, passage=FIRST, text="The bridge is closed.")
    make_claim(found, passage=SECOND, text="The bridge will reopen.")
    versions.revise(article=found, text=f"{FIRST} The repair goes on.", by=ravi, at=NOW + days(1))
    return found


def test_the_article_says_which_claims_have_lost_their_sentence(desk: Client, article: Article) -> None:
    page = desk.get(f"/articles/{article.pk}/")
    assert "The sentence of 1 claim is no longer in the article." in words(page)
    assert f"Sentence no longer in the article since 3 Mar 2026: {SECOND}" in words(page)
    assert "Version 1 was replaced on 3 Mar 2026, 12:00 by Ravi Lind." in words(page)
    only = words(desk.get(f"/articles/{article.pk}/?vanished=1"))
    assert "The bridge will reopen." in only
    assert "The bridge is closed." not in only


def test_the_text_is_marked_where_its_claims_still_stand(desk: Client, article: Article) -> None:
    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert page.count('class="mark mark--in_progress"') == 1 + 1  # the claim and the legend
    assert "&lt;cracks&gt;" in page


def test_the_claim_says_so_and_leads_to_the_difference(desk: Client, article: Article) -> None:
    claim = Claim.objects.get(text="The bridge will reopen.")
    page = desk.get(f"/claims/{claim.pk}/")
    assert "sentence no longer in the article since 3 Mar 2026 what has changed" in words(page)
    difference = desk.get(f"/articles/{article.pk}/difference/?before=1&after=2").content.decode()
    assert "<ins>" in difference
    assert "spokeswoman" in difference
    assert "&lt;cracks&gt;" in difference


def test_the_queue_finds_them(desk: Client, article: Article) -> None:
    page = words(desk.get("/claims/?lost=sentence"))
    assert "The bridge will reopen." in page
    assert "The bridge is closed." not in page


def test_a_new_text_is_given(desk: Client) -> None:
    article = make_article("The bridge was closed on Monday. It rained.")
    form = desk.get(f"/articles/{article.pk}/revise/")
    assert field(form, "text") == article.text
    answer = desk.post(
        f"/articles/{article.pk}/revise/", {"text": "The bridge was opened on Monday. It rained."}
    )
    assert answer.status_code == 302
    article.refresh_from_db()
    assert "opened" in article.text


def test_a_text_that_cannot_be_used_stays_in_the_form(desk: Client) -> None:
    article = make_article("The bridge was closed on Monday. It rained.")
    answer = desk.post(f"/articles/{article.pk}/revise/", {"text": "Too short."})
    assert answer.status_code == 422
    assert field(answer, "text") == "Too short."
    assert "too short to make a claim" in words(answer)


def test_the_page_is_read_again_and_new_claims_are_asked_for(desk: Client, article: Article) -> None:
    assert "being read again" in words(desk.post(f"/articles/{article.pk}/reread/", follow=True))
    assert article.rereads.get().scheduled is False
    desk.post(f"/articles/{article.pk}/find-new/")
    article.refresh_from_db()
    assert (article.state, article.only_new) == ("extracting", True)


def test_what_cannot_be_done_says_why(desk: Client, carl: User) -> None:
    pasted = make_article("The bridge was closed on Monday. It rained.")
    answer = desk.post(f"/articles/{pasted.pk}/reread/", follow=True)
    assert "Only an article with an address" in words(answer)
    answer = desk.get(f"/articles/{pasted.pk}/difference/")
    assert (answer.status_code, "has not been edited" in words(answer)) == (409, True)
    versions.revise(article=pasted, text="The bridge was opened on Monday.", by=carl, at=NOW)
    answer = desk.get(f"/articles/{pasted.pk}/difference/?before=7")
    assert (answer.status_code, "it has 1 to 2" in words(answer)) == (422, True)
    assert browser_of(carl).get(f"/articles/{pasted.pk}/").status_code == 200
