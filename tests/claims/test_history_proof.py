"""Verdicts cannot be changed or removed, and what was done behind the database's back shows."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from claims import ledger, redaction
from claims.models import Claim, Redaction, Verdict
from tests.factories import NOW, make_claim, make_evidence, make_user, publish

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "bin" / "verify_export.py"
CHANGED = "was changed after it was written"


@pytest.fixture
def claim() -> Claim:
    """A claim with three verdicts; the second one's words are gone."""
    claim = make_claim()
    make_evidence(claim, quote="“Über 90 %”, said the mayor.")
    publish(claim, "true", reason="Ja: “über 90 %”.")
    second = publish(claim, "false")
    publish(claim, "mostly_false")
    redaction.redact(verdict=second, why="By a court's order.", by=make_user("administrator"), at=NOW)
    return claim


def tamper(sql: str, *values: object) -> None:
    """What a superuser can do with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize("table", ["claims_verdict", "claims_redaction"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_or_remove_rows_of_the_ledger(
    claim: Claim, table: str, sql: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # As after a commit.
        with pytest.raises(DatabaseError, match="are never changed or removed"), transaction.atomic():
            cursor.execute(sql.format(table))
    assert (Verdict.objects.count(), Redaction.objects.count()) == (3, 1)


def test_the_orm_cannot_either(claim: Claim) -> None:
    verdict = claim.verdicts.get(number=1)
    verdict.reason = "Another reason"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()


def test_an_honest_history_is_proven(claim: Claim) -> None:
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "All 3 verdicts are as they were written, 1 of them redacted." in out.getvalue()


@pytest.mark.parametrize(
    ("sql", "number", "what"),
    [
        ("UPDATE claims_verdict SET reason = 'softer' WHERE number = 1", 1, CHANGED),
        ("UPDATE claims_verdict SET applies_until = '2030-01-01' WHERE number = 2", 2, CHANGED),
        ("UPDATE claims_verdict SET basis = '[]' WHERE number = 1", 1, CHANGED),
        ("UPDATE claims_verdict SET number = 7 WHERE number = 3", 7, "no. 3 is missing"),
        (
            "UPDATE claims_verdict SET number = 9 WHERE number = 2;"
            "UPDATE claims_verdict SET number = 2 WHERE number = 3;"
            "UPDATE claims_verdict SET number = 3 WHERE number = 9",
            2,
            "does not follow the row before",
        ),
        ("DELETE FROM claims_verdict WHERE number = 1", 2, "no. 1 is missing"),
        (
            "DELETE FROM claims_redaction; DELETE FROM claims_verdict WHERE number = 2",
            3,
            "no. 2 is missing",
        ),
        ("DELETE FROM claims_verdict WHERE number = 3", 3, "was removed"),
        (
            "UPDATE claims_verdict SET reason = '', label = '', basis = '[]', salt = '' WHERE number = 3",
            3,
            "has lost its words without a redaction",
        ),
        ("DELETE FROM claims_redaction", 2, "has lost its words without a redaction"),
        ("UPDATE claims_redaction SET why = 'A slip.'", 2, "has a redaction that was changed"),
        (
            "UPDATE claims_redaction SET number = 2, previous_hash = 'x'",
            2,
            "has a redaction that does not follow the one before",
        ),
        (
            "UPDATE claims_verdict SET reason = 'other words', salt = 'x' WHERE number = 2",
            2,
            "is redacted, but its words are there",
        ),
    ],
)
def test_tampering_is_found(claim: Claim, sql: str, number: int, what: str) -> None:
    tamper(sql)
    assert ledger.Fault(claim.pk, number, what) in ledger.verify().faults


@pytest.mark.parametrize(("number", "faults"), [(1, 2), (3, 1)])
def test_a_row_that_was_changed_and_hashed_anew_is_found(claim: Claim, number: int, faults: int) -> None:
    verdict = claim.verdicts.get(number=number)
    verdict.rating = "satire"
    tamper(
        "UPDATE claims_verdict SET rating = 'satire', hash = %s WHERE id = %s",
        ledger.digest(ledger.verdict_row(verdict)),
        verdict.pk,
    )
    found = ledger.verify().faults
    assert ledger.Fault(claim.pk, number, CHANGED) in found
    assert len(found) == faults  # In the middle the next row does not follow any more.


def test_the_command_fails_and_names_the_row(claim: Claim) -> None:
    tamper("UPDATE claims_verdict SET rating = 'satire' WHERE claim_id = %s AND number = 2", claim.pk)
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=err)
    assert f"claim {claim.pk}, verdict no. 2" in err.getvalue()


def test_a_file_that_cannot_be_written_is_named(claim: Claim, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere/x cannot be written"):
        call_command("verify_history", "--export", str(tmp_path / "nowhere" / "x"))


# The export, proven by a script that knows nothing of Recheck.

Rows = list[dict[str, Any]]


@pytest.fixture
def export(claim: Claim, tmp_path: Path) -> tuple[Path, str]:
    publish(make_claim(), "half_true")
    path, out = tmp_path / "ledger.ndjson", StringIO()
    call_command("verify_history", "--export", str(path), stdout=out)
    return path, out.getvalue().split()[-1]


def prove(path: Path, *seal: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path), *seal], capture_output=True, text=True
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def rehash(row: dict[str, Any]) -> None:
    row["hash"] = ledger.digest({name: row[name] for name in row if name not in ("hash", "words")})


def renumber(rows: Rows) -> None:
    del rows[0]
    for number, row in enumerate(rows[:2], 1):
        row["number"] = number


def rate(row: dict[str, Any]) -> None:
    row["rating"] = "satire"
    rehash(row)


def put_words(rows: Rows) -> None:
    rows[1]["words"] = {"reason": "Never said.", "label": "", "basis": [], "salt": "00"}


TAMPERING: dict[str, Callable[[Rows], None]] = {
    "a changed field": lambda rows: rows[0].update(applies_from="2026-02-28"),
    "changed words": lambda rows: rows[0]["words"].update(reason="Softer."),
    "changed evidence": lambda rows: rows[0]["words"]["basis"][0].update(stance="refutes"),
    "two rows swapped": lambda rows: rows.insert(0, rows.pop(1)),
    "the first row removed": lambda rows: rows.pop(0) and None,
    "a row in the middle removed": lambda rows: rows.pop(1) and None,
    "a claim's last verdict removed": lambda rows: rows.pop(2) and None,
    "the redaction removed": lambda rows: rows.pop(3) and None,
    "the redaction changed": lambda rows: rows[3].update(why="A slip."),
    "the last claim removed": lambda rows: rows.pop(4) and None,
    "the end removed": lambda rows: rows.pop() and None,
    "renumbered": renumber,
    "a row doubled": lambda rows: rows.insert(1, rows[0]),
    "a single row hashed anew": lambda rows: rate(rows[0]),
    "a claim's last row hashed anew": lambda rows: rate(rows[2]),
    "words erased without a redaction": lambda rows: rows[0].update(words=None),
    "words put where they were erased": put_words,
    "nothing left": lambda rows: rows.clear(),
}


def test_an_honest_export_is_proven_offline(export: tuple[Path, str]) -> None:
    path, seal = export
    assert prove(path) == prove(path, seal) == (0, "Every row is as it was written.\n")
    kinds = [json.loads(line)["kind"] for line in path.read_text().splitlines()]
    assert kinds == ["verdict", "verdict", "verdict", "redaction", "verdict", "end"]


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_with_an_export_is_found(export: tuple[Path, str], how: str) -> None:
    path, _ = export
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    TAMPERING[how](rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, said = prove(path)
    assert (code, said != "") == (1, True)


def test_who_writes_the_whole_file_anew_does_not_have_the_seal(export: tuple[Path, str]) -> None:
    path, seal = export
    call_command("verify_history", "--export", str(path))  # The same ledger has the same seal.
    assert prove(path, seal)[0] == 0
    publish(make_claim(), "opinion")
    call_command("verify_history", "--export", str(path))
    assert prove(path) == (0, "Every row is as it was written.\n")
    assert prove(path, seal) == (1, "rows are missing, or the seal is another\n")


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text().splitlines()) <= 60
