"""The ledger: verdicts and redactions, chained claim by claim. docs/ledger.md describes rows and hashes."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import IO, Any

from claims.models import Correction, Proposal, Redaction, Verdict
from claims.models.verdict import Change

# What approval copied from the proposal, hence two places that have to agree: here, and there.
COPIED = {
    **{name: name for name in ("claim_id", "rating", "change", "applies_from", "applies_until")},
    "decided_by_id": "submitted_by_id",
    "decided_at": "reviewed_at",
    "approved_by_id": "reviewed_by_id",
}
COPIED_WORDS = {"reason": "reason", "label": "label"}


@dataclass(frozen=True)
class Fault:
    """A row of the ledger that is not as it was written. `number` counts the claim's verdicts."""

    claim_id: int
    number: int
    what: str


@dataclass
class Proof:
    """What was looked at, and what is wrong with it. `seal` is a SHA-256 over the hashes of all rows."""

    verdicts: int = 0
    redactions: int = 0
    faults: list[Fault] = field(default_factory=list)
    seal: str = ""


def canonical(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(row: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(row)).hexdigest()


def write(verdict: Verdict) -> None:
    """Give a new row its salt and its hashes, then store it."""
    verdict.salt = secrets.token_hex(16)
    verdict.words_hash = digest(words(verdict))
    verdict.hash = digest(verdict_row(verdict))
    verdict.save(force_insert=True)


def words(verdict: Verdict) -> dict[str, Any]:
    """What a redaction erases."""
    return {
        "reason": verdict.reason, "label": verdict.label, "basis": verdict.basis, "salt": verdict.salt
    }  # fmt: skip


def verdict_row(verdict: Verdict) -> dict[str, Any]:
    """What a verdict's hash is taken over."""
    return {
        "kind": "verdict",
        "claim": verdict.claim_id,
        "number": verdict.number,
        "rating": str(verdict.rating),
        "change": str(verdict.change),
        "applies_from": verdict.applies_from.isoformat(),
        "applies_until": verdict.applies_until.isoformat() if verdict.applies_until else None,
        "decided_at": _moment(verdict.decided_at),
        "decided_by": verdict.decided_by_id,
        "approved_by": verdict.approved_by_id,
        "words_hash": verdict.words_hash,
        "previous_hash": verdict.previous_hash,
    }


def redaction_row(redaction: Redaction, verdict: Verdict) -> dict[str, Any]:
    """What a redaction's hash is taken over."""
    return {
        "kind": "redaction",
        "claim": redaction.claim_id,
        "number": redaction.number,
        "verdict": verdict.number,
        "verdict_hash": verdict.hash,
        "why": redaction.why,
        "by": redaction.by_id,
        "at": _moment(redaction.at),
        "previous_hash": redaction.previous_hash,
    }


def verify(*, export: IO[str] | None = None) -> Proof:
    """Prove every chain: no gaps, no end cut off, each hash over its own row and the hash before.

    What a row has in common with its proposal is held against it too: a last row that was changed and hashed
    anew shows there. Who changes all of it at once is found by an export or a seal that was kept elsewhere.
    With `export` every row is written there too, one JSON object a line, the seal last.
    """
    rows = Verdict.objects.select_related("proposal", "redaction", "correction")
    rows = rows.order_by("claim_id", "number")
    gone = Proposal.objects.filter(state=Proposal.State.APPROVED, verdict=None)
    proof, seal = Proof(), hashlib.sha256()
    # One statement for verdicts and their redactions: what happens meanwhile cannot come between.
    for _, chain in groupby(rows.iterator(chunk_size=2_000), attrgetter("claim_id")):
        for line in _prove(list(chain), proof):
            seal.update(line["hash"].encode())
            if export:
                export.write(canonical(line).decode() + "\n")
    proof.faults += [Fault(row.claim_id, row.follows + 1, "was removed") for row in gone]
    proof.seal = seal.hexdigest()
    if export:
        end = {
            "kind": "end", "verdicts": proof.verdicts, "redactions": proof.redactions, "seal": proof.seal
        }  # fmt: skip
        export.write(canonical(end).decode() + "\n")
    return proof


def _prove(chain: list[Verdict], proof: Proof) -> Iterator[dict[str, Any]]:
    """The lines of one claim, verdicts first; what is wrong with them goes into the proof."""
    number, before = 0, ""
    for verdict in chain:
        if verdict.number != number + 1:
            _blame(proof, verdict, f"no. {number + 1} is missing")
        if verdict.previous_hash != before:
            _blame(proof, verdict, "does not follow the row before")
        _check_verdict(verdict, proof)
        number, before = verdict.number, verdict.hash
        proof.verdicts += 1
        said = words(verdict) if verdict.salt else None
        yield {**verdict_row(verdict), "words": said, "hash": verdict.hash}
    redacted = [verdict for verdict in chain if hasattr(verdict, "redaction")]
    number, before = 0, ""
    for verdict in sorted(redacted, key=lambda verdict: verdict.redaction.number):
        redaction, row = verdict.redaction, redaction_row(verdict.redaction, verdict)
        if redaction.number != number + 1 or redaction.previous_hash != before:
            _blame(proof, verdict, "has a redaction that does not follow the one before")
        if redaction.hash != digest(row):
            _blame(proof, verdict, "has a redaction that was changed")
        number, before = redaction.number, redaction.hash
        proof.redactions += 1
        yield {**row, "hash": redaction.hash}


def _check_verdict(verdict: Verdict, proof: Proof) -> None:
    changed = verdict.hash != digest(verdict_row(verdict)) or _differ(verdict, COPIED)
    redacted = hasattr(verdict, "redaction")
    if verdict.salt:
        changed |= verdict.words_hash != digest(words(verdict)) or _differ(verdict, COPIED_WORDS)
        if redacted:
            _blame(proof, verdict, "is redacted, but its words are there")
        if verdict.change == Change.OUR_ERROR and _correction(verdict) != verdict.proposal.correction:
            _blame(proof, verdict, "has a correction that is not the one approved")
    elif not redacted:
        _blame(proof, verdict, "has lost its words without a redaction")
    if changed:
        _blame(proof, verdict, "was changed after it was written")


def _correction(verdict: Verdict) -> str:
    """The published note's words; empty where it is gone."""
    correction: Correction | None = getattr(verdict, "correction", None)
    return correction.text if correction else ""


def _differ(verdict: Verdict, names: dict[str, str]) -> bool:
    return any(getattr(verdict, here) != getattr(verdict.proposal, there) for here, there in names.items())


def _blame(proof: Proof, verdict: Verdict, what: str) -> None:
    proof.faults.append(Fault(verdict.claim_id, verdict.number, what))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
