"""“Our error” is told to readers in a note of its own, which nobody changes afterwards."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims import corrections, ledger, migrations, redaction
from claims.errors import Invalid
from claims.models import Claim, Correction, Proposal, Verdict
from tests.factories import NOW, days, make_claim, make_user, propose, publish

pytestmark = pytest.mark.django_db
NOTE = "We had taken the old bridge for the new one. The new one is open."


@pytest.fixture
def claim() -> Claim:
    claim = make_claim()
    publish(claim, "true")
    return claim


def correct(claim: Claim, **fields: Any) -> Verdict:
    given = {"change": "our_error", "correction": NOTE, "at": NOW + days(2)} | fields
    return publish(claim, "false", **given)


def test_approval_publishes_the_note(claim: Claim) -> None:
    verdict = correct(claim)
    note = Correction.objects.get()
    assert (note.verdict, note.corrects.number, note.text) == (verdict, 1, NOTE)
    assert note.published_at == NOW + days(2)
    assert list(corrections.published(claim=claim)) == [note]


def test_it_corrects_what_was_in_force_for_its_days(claim: Claim) -> None:
    publish(claim, "half_true", change="world_changed", applies_from=date(2026, 4, 1), at=NOW + days(1))
    assert correct(claim, applies_from=date(2026, 3, 5)).correction.corrects.number == 1


def test_it_corrects_the_verdict_before_it_where_none_was_in_force(claim: Claim) -> None:
    assert correct(claim, applies_from=date(2025, 1, 1)).correction.corrects.number == 1


def test_nothing_is_published_before_approval(claim: Claim) -> None:
    propose(claim, "false", change="our_error", correction=NOTE)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("change", ["new_evidence", "world_changed", "wording"])
def test_other_kinds_of_change_publish_none(claim: Claim, change: str) -> None:
    publish(claim, "false", change=change)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "given", [{"change": "our_error", "correction": " \n"}, {"change": "wording", "correction": NOTE}]
)
def test_the_note_goes_with_our_error_and_only_then(claim: Claim, given: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        propose(claim, "false", **given)
    assert refused.value.field == "correction"
    assert not Proposal.objects.filter(state="submitted").exists()


def test_the_database_wants_the_note_and_a_known_kind_of_change(claim: Claim) -> None:
    propose(claim, "false")
    for change in ({"change": "our_error"}, {"correction": NOTE}):
        with pytest.raises(IntegrityError, match="proposal_our_error_with_correction"), transaction.atomic():
            Proposal.objects.filter(state="submitted").update(**change)
    with pytest.raises(IntegrityError, match="proposal_known_change"), transaction.atomic():
        Proposal.objects.filter(state="submitted").update(change="mood")
    with pytest.raises(IntegrityError, match="proposal_has_reason"), transaction.atomic():
        Proposal.objects.filter(state="submitted").update(reason="")


def test_the_database_keeps_a_correction_as_it_is(claim: Claim) -> None:
    note = correct(claim).correction
    for change in ({"text": "Softer."}, {"text": "Redacted."}, {"published_at": NOW}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Correction.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        note.delete()


@pytest.mark.parametrize("table", ["approval", "secondrating", "correction"])
def test_the_database_empties_no_table_of_the_record(table: str) -> None:
    refused = pytest.raises(DatabaseError, match="never changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE claims_{table} CASCADE")


def test_the_proof_finds_a_note_that_was_changed_or_removed(claim: Claim) -> None:
    correct(claim)
    assert ledger.verify().faults == []
    fault = ledger.Fault(claim.pk, 2, "has a correction that is not the one approved")
    with pgtrigger.ignore("claims.Correction:append_only"):
        Correction.objects.update(text="All was well.")
        assert ledger.verify().faults == [fault]
        Correction.objects.all().delete()
        assert ledger.verify().faults == [fault]


def test_a_redaction_takes_the_note_with_the_verdict(claim: Claim) -> None:
    verdict = correct(claim, correction="Anna Example was not there.")
    redaction.redact(verdict=verdict, why="Privacy.", by=make_user("administrator"), at=NOW + days(3))
    assert Correction.objects.get().text == "Redacted."
    assert Proposal.objects.get(pk=verdict.proposal_id).correction == ""
    assert not Proposal.pgh_event_model.objects.filter(correction__contains="Anna").exists()
    assert ledger.verify().faults == []


def test_errors_of_before_there_were_notes_are_told_by_their_reason(claim: Claim) -> None:
    publish(claim, "false", change="our_error", reason="We misread it.", at=NOW + days(1))
    with pgtrigger.ignore("claims.Correction:append_only"):
        Correction.objects.all().delete()
    (path,) = Path(migrations.__path__[0]).glob("*_review_roles.py")
    import_module(f"claims.migrations.{path.stem}").publish_corrections(apps, None)
    note = Correction.objects.get()
    assert (note.text, note.corrects.number, note.published_at) == ("We misread it.", 1, NOW + days(1))
    (path,) = Path(migrations.__path__[0]).glob("*_review_gates.py")
    import_module(f"claims.migrations.{path.stem}").tell_our_errors(apps, None)
    assert Proposal.objects.get(change="our_error").correction == "We misread it."
