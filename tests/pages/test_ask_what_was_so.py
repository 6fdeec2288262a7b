"""Asking a claim's page what was so on a day, as known at a moment."""

from datetime import date

import pytest
from django.test import Client

from claims import verdicts
from claims.models import Claim
from claims.views.wording import in_force
from tests.factories import NOW, days, make_article, make_claim, publish
from tests.pages.reading import HTMX, words


def sailors() -> Claim:
    claim = make_claim(make_article(published_on=date(2026, 3, 2)))
    publish(claim, "true", at=NOW, applies_from=date(2026, 3, 1))
    publish(claim, "false", at=NOW + days(10), applies_from=date(2026, 3, 10), change="world_changed")
    return claim


def ask(desk: Client, claim: Claim, **form: str) -> str:
    return words(desk.get(f"/claims/{claim.pk}/status/", form, headers=HTMX))


def test_the_status_in_words_tells_then_from_now(desk: Client) -> None:
    claim = sailors()
    expected = "True when made on 2 March 2026; false since 10 March 2026."
    assert expected in words(desk.get(f"/claims/{claim.pk}/"))


def test_each_day_has_its_own_answer(desk: Client) -> None:
    claim = sailors()
    assert "True no. 1" in ask(desk, claim, as_of="2026-03-05")
    assert "False no. 2" in ask(desk, claim, as_of="2026-03-10")
    assert "No verdict known" in ask(desk, claim, as_of="2026-02-01")


def test_what_was_known_earlier_is_answered_as_then(desk: Client) -> None:
    claim = sailors()
    assert "True no. 1" in ask(desk, claim, as_of="2026-03-10", known_at="2026-03-05T10:00")


def test_it_works_without_javascript(desk: Client) -> None:
    claim = sailors()
    page = desk.get(f"/claims/{claim.pk}/status/", {"as_of": "2026-03-05"})
    assert "On 5 Mar 2026" in words(page)
    assert "Where it appears" in words(page)


def test_a_day_that_is_none_is_refused_at_its_field(desk: Client) -> None:
    answer = desk.get(f"/claims/{sailors().pk}/status/", {"as_of": "soon"}, headers=HTMX)
    assert answer.status_code == 422
    assert "What was so on: Enter a valid date." in words(answer)


@pytest.mark.django_db
def test_the_page_and_the_database_agree_on_what_holds() -> None:
    claim = sailors()
    for day in (date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 10), date(2027, 1, 1)):
        here = in_force(claim.verdicts.all(), day)
        assert here == verdicts.status_of(claim=claim, as_of=day, known_at=NOW + days(400))
