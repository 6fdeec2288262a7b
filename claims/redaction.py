"""Redaction: erasing the words of a verdict for good (a court's order, privacy); its chain holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims import inputs, ledger, standing
from claims.audit import event_models
from claims.errors import Conflict, require
from claims.models import (
    Approval,
    Claim,
    Correction,
    Evidence,
    Proposal,
    QuoteLook,
    Redaction,
    SecondRating,
    User,
    Verdict,
)
from claims.models.review import ERASED


def redact(*, verdict: Verdict, why: str, evidence: bool = False, by: User, at: datetime) -> Redaction:
    """Erase a verdict's reason, label and quotes, here, in its proposals and in the audit; `why` is public.

    Its correction, blind second ratings and an editor's reason for its gate lose their words too.

    Its rating, interval, people and times stay. With `evidence` the quotes, notes and places of the evidence
    that it stood on go too, from the claim and from the audit.
    """
    require(by, "redact_verdict", "redact verdicts")
    why = inputs.text(why, "why", 2_000, required=True)
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=verdict.claim_id)
        verdict = Verdict.objects.get(pk=verdict.pk)
        if verdict.redacted:
            raise Conflict("already_redacted", f"The words of verdict no. {verdict.number} are gone already.")
        redaction = _write_down(claim, verdict, why, by, at)
        quoted = [item["evidence"] for item in verdict.basis]
        # The database lets this one change of a verdict through, now that its redaction is there.
        Verdict.objects.filter(pk=verdict.pk).update(reason="", label="", basis=[], salt="")
        _erase_proposals(claim, verdict)
        if evidence:
            _erase_evidence([*quoted, *_twins(claim, quoted)])
    return redaction


def _write_down(claim: Claim, verdict: Verdict, why: str, by: User, at: datetime) -> Redaction:
    before = claim.redactions.order_by("-number").first()
    redaction = Redaction(
        claim=claim,
        number=before.number + 1 if before else 1,
        verdict=verdict,
        why=why,
        by=by,
        at=at,
        previous_hash=before.hash if before else "",
    )
    redaction.hash = ledger.digest(ledger.redaction_row(redaction, verdict))
    redaction.save(force_insert=True)
    return redaction


def _erase_proposals(claim: Claim, verdict: Verdict) -> None:
    """The approved one, and those for the same number that were sent back, put back, withdrawn or undone."""
    proposals = Proposal.objects.filter(claim=claim, follows=verdict.number - 1)
    ids = list(proposals.values_list("pk", flat=True))
    words = {"reason": "", "label": "", "review_note": "", "correction": ""}
    proposals.update(**words)
    events = event_models()["proposal"].objects
    events.filter(claim=claim.pk, follows=verdict.number - 1).update(**words)
    # The database lets these changes through too.
    Correction.objects.filter(verdict=verdict).update(text=ERASED)
    SecondRating.objects.filter(proposal__in=ids).update(reason=ERASED)
    Approval.objects.filter(proposal__in=ids).exclude(override="").update(override=ERASED)


def _twins(claim: Claim, ids: list[int]) -> list[int]:
    """The same words of the same sources on claims that this one was merged with or split into."""
    end = Claim.objects.get(pk=standing.end_of(claim))
    family = Q(claim__in=[end.pk, *standing.merged_into(end)]) | Q(claim__split_from=claim)
    original = Evidence.objects.filter(pk__in=ids, source=OuterRef("source"), quote=OuterRef("quote"))
    twins = Evidence.objects.filter(family, Exists(original)).exclude(pk__in=ids)
    return list(twins.values_list("pk", flat=True))


def _erase_evidence(ids: list[int]) -> None:
    """Of what is still attached, and of what was removed since."""
    QuoteLook.objects.filter(evidence__in=ids).delete()
    for evidence in Evidence.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)):
        bare = Evidence.objects.filter(claim=evidence.claim_id, source=evidence.source_id, quote="")
        if bare.exclude(pk=evidence.pk).exists():
            evidence.delete()  # Without its quote it says the same as that one.
        else:
            evidence.quote, evidence.quote_start, evidence.note, evidence.locator = "", None, "", ""
            evidence.save()
    events = event_models()["evidence"].objects
    events.filter(pgh_obj__in=ids).update(quote="", quote_start=None, note="", locator="")
