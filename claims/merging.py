"""Merging claims that say the same: one stands, the others keep what they were and lead to it.

What becomes of a merged claim's belongings, so that nothing is lost and nothing is there twice:

- Its row, text, verdicts with their chain, redactions, closed re-checks, ended proposals, decided requests
  of readers and its history stay where they are. What it said before the merge, `known_at` still answers.
- Appearances and evidence go over to the other claim. One that is there already (the same place of the same
  article, the same words of the same source) stays behind.
- Links go over; one with the other claim, or with a claim that has a link with it already, stays behind.
  Where a verdict of the newly linked does not go with the other's, both are looked at again.
- The open re-check is superseded; the other claim's falls due at the earlier time of the two.
- Readers' requests that wait go over, to be decided there.
- A verdict that waits for review is put back, and those with a part in it are told. One that waits on the
  other claim goes on waiting. A blind second rating asked for of the merged claim alone is asked for no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims import inputs, links, rechecks, review, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Appearance, Claim, Evidence, ReaderRequest, User

MOST = 20


def merge(*, claims: Iterable[Claim], into: Claim, reason: str, by: User, at: datetime) -> Claim:
    """Let `into` stand for these claims from now on. Returns it.

    A claim with verdicts is merged only into one that has some: else what is published would be gone.
    """
    require(by, "merge_claim", "merge claims")
    reason = inputs.line(reason, "reason", 500, required=True)
    ids = sorted({claim.pk for claim in claims})
    if not ids:
        raise Invalid("required", "Choose another claim to merge with.", field="into")
    if into.pk in ids:
        raise Invalid("same_claim", "Choose another claim than this one.", field="into")
    if len(ids) > MOST:
        raise Invalid("too_many", f"Merge at most {MOST} claims at once.", field="into")
    with transaction.atomic():
        links.lock_with_linked(*ids, into.pk)
        rows = Claim.objects.in_bulk([*ids, into.pk])
        target = rows[into.pk]
        standing.check(target)
        if target.state == Claim.State.RETIRED:
            words = "The claim to merge into is retired. Restore it first, or merge the other way round."
            raise Conflict("wrong_state", words)
        for pk in ids:
            _merge(rows[pk], target, reason, by, at)
    return target


def _merge(claim: Claim, target: Claim, reason: str, by: User, at: datetime) -> None:
    standing.check(claim)
    if claim.parts.exists():
        raise Conflict("split", f"Claim {claim.pk} was split. Merge its parts instead.")
    if claim.verdicts.exists() and not target.verdicts.exists():
        words = f"Claim {claim.pk} has published verdicts and the other has none: merge the other way round."
        raise Conflict("merge_other_way", words)
    note = f"The claim was merged into claim {target.pk}: {reason}"
    review.put_back(claim=claim, why=note, by=by, at=at)
    rechecks.take_over(claim=claim, into=target, by=by, at=at)
    _move_appearances(claim, target)
    _move_evidence(claim, target)
    ReaderRequest.objects.filter(claim=claim, state=ReaderRequest.State.WAITING).update(claim=target)
    claim.state, claim.retired_why = Claim.State.RETIRED, reason
    claim.merged_into, claim.merged_at, claim.merged_by = target, at, by
    claim.revision += 1
    claim.save(update_fields=["state", "retired_why", "merged_into", "merged_at", "merged_by", "revision"])
    links.move(claim=claim, to=target, at=at)


def _move_appearances(claim: Claim, target: Claim) -> None:
    place = {name: OuterRef(name) for name in ("article", "start", "end")}
    there = Exists(Appearance.objects.filter(claim=target, **place))
    Appearance.objects.filter(claim=claim).exclude(there).update(claim=target)


def _move_evidence(claim: Claim, target: Claim) -> None:
    passage = {name: OuterRef(name) for name in ("source", "quote")}
    there = Exists(Evidence.objects.filter(claim=target, **passage))
    Evidence.objects.filter(claim=claim).exclude(there).update(claim=target)
