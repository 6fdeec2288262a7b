"""Splitting a claim that says several things: new claims take its place, it stays as it was.

- The claim is retired. Its text, verdicts, evidence, appearances, links and history stay with it, since its
  verdicts stood on them; its parts point to it.
- Each part is a new claim in progress with copies of the appearances and the evidence chosen for it; one may
  be chosen for several parts.
- A verdict that waits for review is put back, and those with a part in it are told; the open re-check is
  closed, and readers' requests that wait are declined: a part has no verdict yet to be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from claims import drafts, inputs, reader_requests, rechecks, review, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Appearance, Claim, Evidence, User
from claims.triage import LONGEST_CLAIM

FEWEST, MOST = 2, 10

Copied = TypeVar("Copied", Appearance, Evidence)


@dataclass(frozen=True)
class Part:
    """One of the new claims: its words, its kind where that is another, and the ids of what goes to it."""

    text: str
    kind: str = ""
    appearances: frozenset[int] = frozenset()
    evidence: frozenset[int] = frozenset()


def split(*, claim: Claim, parts: Sequence[Part], reason: str, by: User, at: datetime) -> list[Claim]:
    """Put these claims in the place of one. Returns them in their order."""
    require(by, "merge_claim", "split claims")
    reason = inputs.line(reason, "reason", 500, required=True)
    if not FEWEST <= len(parts) <= MOST:
        raise Invalid("bad_parts", f"Give {FEWEST} to {MOST} parts.", field="parts")
    texts = [inputs.line(part.text, "parts", LONGEST_CLAIM, required=True) for part in parts]
    kinds = [inputs.choice(part.kind, "parts", Claim.Kind) if part.kind else None for part in parts]
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        _check_can_be_split(claim)
        keys = {drafts.text_key(text) for text in (claim.text, *texts)}
        if len(keys) <= len(texts):
            raise Invalid("same_words", "Each part needs words of its own.", field="parts")
        appearances = _chosen(Appearance, claim, [part.appearances for part in parts])
        evidence = _chosen(Evidence, claim, [part.evidence for part in parts])
        made = [_part(claim, text, kind, by, at) for text, kind in zip(texts, kinds, strict=True)]
        for row, part in zip(made, parts, strict=True):
            _copy(Appearance, [appearances[pk] for pk in sorted(part.appearances)], row)
            _copy(Evidence, [evidence[pk] for pk in sorted(part.evidence)], row)
        _retire(claim, made, reason, by, at)
    return made


def _check_can_be_split(claim: Claim) -> None:
    standing.check(claim)
    if claim.parts.exists():
        raise Conflict("split", "This claim was split already.", parts=_ids(claim.parts.order_by("pk")))
    if claim.state == Claim.State.RETIRED:
        raise Conflict("wrong_state", "This claim is retired. Restore it before you split it.")


def _chosen(model: type[Copied], claim: Claim, wanted: Sequence[frozenset[int]]) -> dict[int, Copied]:
    """The claim's own rows by id; Invalid where one is asked for that is another claim's."""
    rows = {row.pk: row for row in model.objects.filter(claim=claim)}
    strange = sorted(frozenset().union(*wanted) - rows.keys())
    if strange:
        what = model._meta.verbose_name
        raise Invalid("not_its_own", f"This claim has no {what} {strange[0]}.", field="parts")
    return rows


def _part(claim: Claim, text: str, kind: Claim.Kind | None, by: User, at: datetime) -> Claim:
    return Claim.objects.create(
        text=text,
        text_key=drafts.text_key(text),
        kind=kind or claim.kind,
        claimant_id=claim.claimant_id,
        when=claim.when,
        topic_id=claim.topic_id,
        volatility=claim.volatility,
        assignee_id=claim.assignee_id,
        state=Claim.State.IN_PROGRESS,
        split_from=claim,
        created_at=at,
        created_by=by,
    )


def _copy(model: type[Copied], rows: Sequence[Copied], part: Claim) -> None:
    copies = [copy(row) for row in rows]
    for row in copies:
        row.pk, row.claim = None, part
        if isinstance(row, Evidence):
            row.latest_look = None  # It is looked for on its own account.
    model.objects.bulk_create(copies)


def _retire(claim: Claim, parts: Sequence[Claim], reason: str, by: User, at: datetime) -> None:
    note = f"The claim was split into claims {', '.join(str(pk) for pk in _ids(parts))}: {reason}"
    review.put_back(claim=claim, why=note, by=by, at=at)
    rechecks.retire(claim=claim, note=note, by=by, at=at)
    reader_requests.decline_waiting(claim=claim, reason=note[:500], by=by, at=at)
    claim.state, claim.retired_why = Claim.State.RETIRED, reason
    claim.revision += 1
    claim.save(update_fields=["state", "retired_why", "revision"])


def _ids(claims: Iterable[Claim]) -> list[int]:
    return [claim.pk for claim in claims]
