"""Verdicts cannot be changed or removed, and what was done behind the database's back shows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from claims import verdicts
from claims.models import Claim, Verdict
from tests.factories import make_claim, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    claim = make_claim()
    publish(claim, "true")
    publish(claim, "false")
    return claim


def tamper(sql: str, *values: object) -> None:
    """What a superuser can do with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    "sql", ["UPDATE claims_verdict SET rating = 'true'", "DELETE FROM claims_verdict WHERE number = 2"]
)
def test_the_database_refuses_to_change_or_delete_a_verdict(claim: Claim, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Verdict.objects.count() == 2


def test_the_orm_cannot_either(claim: Claim) -> None:
    verdict = claim.verdicts.get(number=1)
    verdict.reason = "Another reason"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()


def test_an_honest_history_is_proven(claim: Claim) -> None:
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "All 2 verdicts are as they were written." in out.getvalue()


@pytest.mark.parametrize(
    ("sql", "number", "what"),
    [
        (
            "UPDATE claims_verdict SET reason = 'softer' WHERE number = 1",
            1,
            "was changed after it was written",
        ),
        ("DELETE FROM claims_verdict WHERE number = 1", 2, "no. 1 is missing"),
        ("DELETE FROM claims_verdict WHERE number = 2", 2, "was removed"),
        (
            "UPDATE claims_verdict SET applies_until = '2030-01-01' WHERE number = 2",
            2,
            "was changed after it was written",
        ),
    ],
)
def test_tampering_is_found(claim: Claim, sql: str, number: int, what: str) -> None:
    tamper(sql)
    assert verdicts.Fault(claim.pk, number, what) in verdicts.verify()


def test_the_command_fails_and_names_the_row(claim: Claim) -> None:
    tamper("UPDATE claims_verdict SET rating = 'satire' WHERE claim_id = %s AND number = 2", claim.pk)
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=err)
    assert f"claim {claim.pk}, verdict no. 2" in err.getvalue()
