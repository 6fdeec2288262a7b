"""Taking a published verdict back at the desk, and what is read where words were erased."""

from typing import Any

from django.test import Client

from claims import redaction, review
from claims.models import Claim, User
from tests.factories import NOW, days, make_article, make_claim, make_user, propose, publish, withdraw
from tests.pages.conftest import browser_of
from tests.pages.reading import HTMX, field, words

FORM = {"follows": "1", "applies_from": "2026-03-01", "applies_until": "", "reason": "The record was forged."}


def published(**fields: Any) -> Claim:
    claim = make_claim(make_article())
    publish(claim, **fields)
    return claim


def page_of(desk: Client, claim: Claim) -> str:
    return words(desk.get(f"/claims/{claim.pk}/"))


def test_one_person_withdraws_and_another_approves(desk: Client, other_desk: Client) -> None:
    claim = published()
    page = desk.get(f"/claims/{claim.pk}/")
    assert "Withdraw the verdict…" in words(page)
    assert field(page, "follows") == "1"
    answer = desk.post(f"/claims/{claim.pk}/withdrawal/", FORM, follow=True)
    assert "until then the verdict stands" in words(answer)
    seen = page_of(other_desk, claim)
    assert "A withdrawal waits for review" in seen
    assert "no rating from 1 Mar 2026" in seen
    proposal = claim.proposals.get(state="submitted")
    answer = other_desk.post(f"/reviews/{proposal.pk}/approve/", follow=True)
    assert "The verdict is withdrawn." in words(answer)
    seen = page_of(desk, claim)
    assert "no rating stands today" in seen
    assert "No. 2 Withdrawn no rating from 1 Mar 2026" in seen
    assert "Withdraw the verdict…" not in seen
    assert "Still so</button>" not in desk.get(f"/claims/{claim.pk}/").content.decode()


def test_a_refusal_keeps_what_was_typed(desk: Client) -> None:
    claim = published()
    answer = desk.post(f"/claims/{claim.pk}/withdrawal/", FORM | {"applies_from": "2020-01-01"})
    assert answer.status_code == 422
    assert "no rating is in force on 2020-01-01" in words(answer)
    assert FORM["reason"] in answer.content.decode()
    answer = desk.post(f"/claims/{claim.pk}/withdrawal/", FORM | {"reason": ""})
    assert "nothing is withdrawn without a reason" in words(answer)


def test_a_verdict_published_meanwhile_is_told(desk: Client) -> None:
    claim = published()
    publish(claim, "false", at=NOW + days(1))
    answer = desk.post(f"/claims/{claim.pk}/withdrawal/", FORM)
    assert answer.status_code == 409
    assert "The newest verdict is no. 2, False" in words(answer)


def test_what_was_typed_is_not_lost_where_the_form_is_gone(desk: Client, edith: User) -> None:
    claim = published()
    propose(claim, "false", by=edith)
    answer = desk.post(f"/claims/{claim.pk}/withdrawal/", FORM)
    assert answer.status_code == 409
    assert FORM["reason"] in words(answer)


def test_what_was_so_on_a_withdrawn_day(desk: Client) -> None:
    claim = published()
    withdraw(claim, at=NOW + days(1))
    answer = desk.get(f"/claims/{claim.pk}/status/", {"as_of": "2026-03-01"}, headers=HTMX)
    assert "Withdrawn no. 2" in words(answer)
    asked = {"as_of": "2026-03-01", "known_at": "2026-03-02T12:30"}
    assert "True no. 1" in words(desk.get(f"/claims/{claim.pk}/status/", asked, headers=HTMX))


def test_redacted_words_show_as_redacted(desk: Client) -> None:
    claim = make_claim(make_article())
    draft = propose(claim, reason="Anna said so.")
    review.send_back(proposal=draft, note="Which Anna?", by=make_user("editor"), at=NOW)
    publish(claim, reason="Anna did it.", label="So Anna")
    chief = make_user("administrator", first_name="Ada", last_name="Holm")
    redaction.redact(verdict=claim.verdicts.get(), why="By a court's order.", by=chief, at=NOW)
    seen = page_of(desk, claim)
    assert "Redacted 2 Mar 2026 by Ada Holm: By a court's order." in seen
    assert "Redacted" in words(desk.get(f"/claims/{claim.pk}/status/", {"as_of": "2026-03-02"}, headers=HTMX))
    history = words(desk.get(f"/claims/{claim.pk}/history/"))
    assert "Anna" not in seen + history


def test_only_an_administrator_is_shown_the_way_to_redact(desk: Client) -> None:
    claim = published()
    assert "Redact…" not in page_of(desk, claim)
    assert "Redact…" in page_of(browser_of(make_user("administrator")), claim)
