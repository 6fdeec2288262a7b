"""Erasing the words of a verdict, by an administrator."""

import pytest

from claims.models import Claim, Redaction, Verdict
from tests.admin.conftest import page
from tests.factories import make_claim, make_evidence, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict() -> Verdict:
    claim: Claim = make_claim()
    make_evidence(claim, quote="Anna was there.")
    return publish(claim, reason="Anna did it.")


def address(verdict):
    return f"/admin/claims/verdict/{verdict.pk}/redact/"


def redact(client, verdict, **form):
    return client.post(address(verdict), {"_form_submitted": "on", "why": "A court's order.", **form})


def test_an_administrator_erases_the_words(client, enter, verdict):
    enter("administrator")
    assert "/redact/" in client.get(page("verdict", verdict.pk)).content.decode()
    assert "Erase the words of this verdict?" in client.get(address(verdict)).content.decode()
    assert not Redaction.objects.exists()
    redact(client, verdict)
    assert Redaction.objects.get().why == "A court's order."
    body = client.get(page("verdict", verdict.pk)).content.decode()
    assert "A court&#x27;s order." in body
    assert "Anna" not in body
    body = client.get(page("proposal", verdict.proposal_id)).content.decode()
    assert "Redacted" in body
    assert "Anna" not in body
    assert verdict.claim.evidence.get().quote == "Anna was there."


def test_with_the_evidence_where_asked(client, enter, verdict):
    enter("administrator")
    redact(client, verdict, evidence="on")
    assert verdict.claim.evidence.get().quote == ""


def test_a_reason_is_asked_for(client, enter, verdict):
    enter("administrator")
    assert "This field is required" in redact(client, verdict, why="").content.decode()
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_nobody_else_does(client, enter, verdict, role):
    enter(role)
    assert "/redact" not in client.get(page("verdict", verdict.pk)).content.decode()
    assert redact(client, verdict).status_code == 403
    assert not Redaction.objects.exists()


def test_a_withdrawal_is_shown(client, enter, verdict):
    enter()
    withdraw(verdict.claim)
    assert (
        "Withdrawn" in client.get(page("verdict", verdict.claim.verdicts.get(number=2).pk)).content.decode()
    )
