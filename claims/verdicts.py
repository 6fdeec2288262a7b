"""Verdicts over time: proposing one, writing it down for good, and saying what was so when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from claims import blind, inputs, ledger, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Claim, Proposal, Rating, User, Verdict
from claims.models.verdict import Change


def submit(
    *,
    claim: Claim,
    follows: int,
    rating: str,
    reason: str,
    change: str,
    applies_from: date,
    applies_until: date | None = None,
    label: str = "",
    correction: str = "",
    addressed: Collection[int] = (),
    by: User,
    at: datetime,
) -> Proposal:
    """Propose a verdict for a second person to approve.

    `follows` is the number of the newest verdict the person saw, 0 for none. Where it is no longer
    the newest, or another proposal waits, a Conflict says so; nothing is overwritten. `correction`, for our
    error alone, is published as a note of its own. `addressed`: ids of evidence that the reason deals with.
    """
    require(by, "add_proposal", "submit verdicts")
    if change == Change.WITHDRAWAL:
        message = "A withdrawal leaves no rating: it is submitted by itself, without one."
        raise Invalid("bad_change", message, field="change")
    proposal = Proposal(
        claim=claim,
        follows=follows,
        rating=inputs.choice(rating, "rating", Rating),
        label=inputs.line(label, "label", 80),
        reason=inputs.text(reason, "reason", required=True),
        change=inputs.choice(change, "change", Change),
        correction=inputs.text(correction, "correction", 5_000),
        addressed=sorted(set(addressed)),
        applies_from=applies_from,
        applies_until=applies_until,
        submitted_by=by,
        submitted_at=at,
    )
    _check_correction(proposal)
    return _submit(proposal)


def submit_withdrawal(
    *,
    claim: Claim,
    follows: int,
    reason: str,
    applies_from: date,
    applies_until: date | None = None,
    by: User,
    at: datetime,
) -> Proposal:
    """Propose to take back what was published: once approved, no rating is left for these days.

    What was said until then is still answered by `known_at`. `follows` as in `submit`.
    """
    require(by, "add_proposal", "submit withdrawals")
    proposal = Proposal(
        claim=claim,
        follows=follows,
        reason=inputs.text(reason, "reason", required=True),
        change=Change.WITHDRAWAL,
        applies_from=applies_from,
        applies_until=applies_until,
        submitted_by=by,
        submitted_at=at,
    )
    return _submit(proposal)


def _submit(proposal: Proposal) -> Proposal:
    _check_interval(proposal)
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=proposal.claim_id)
        standing.check(claim)
        check_follows(claim, proposal.follows)
        _check_none_waits(claim)
        _check_change(proposal)
        _check_addressed(claim, proposal)
        if claim.state == Claim.State.RETIRED:
            raise Conflict("wrong_state", "This claim is retired. Restore it before you give a verdict.")
        proposal.sealed = bool(proposal.rating) and blind.is_on(claim)
        try:
            with transaction.atomic():
                proposal.save()
        except IntegrityError as error:
            raise Conflict("proposal_open", "Somebody else's verdict is waiting for review.") from error
        if claim.state != Claim.State.PUBLISHED:
            claim.state = Claim.State.IN_REVIEW
            claim.save(update_fields=["state"])
    return proposal


def check_follows(claim: Claim, follows: int) -> None:
    """Refuse unless `follows` is the claim's newest number."""
    latest = claim.verdicts.order_by("-number").first()
    number = latest.number if latest else 0
    if follows != number:
        now = f"no. {number}, {latest.get_rating_display()}, by {latest.decided_by}" if latest else "none"
        raise Conflict(
            "verdict_outdated",
            f"The newest verdict is {now}; yours was to follow no. {follows}. Look at it, then submit again.",
            number=number,
            rating=latest.rating if latest else "",
            by=str(latest.decided_by) if latest else "",
        )


def append(*, proposal: Proposal, approved_by: User, at: datetime) -> Verdict:
    """Write the approved proposal down as the claim's next verdict. Called within the review's transaction,
    with the claim's row locked, so numbers have no gaps."""
    claim = proposal.claim
    previous = claim.verdicts.order_by("-number").first()
    verdict = Verdict(
        claim=claim,
        number=previous.number + 1 if previous else 1,
        proposal=proposal,
        rating=proposal.rating,
        label=proposal.label,
        reason=proposal.reason,
        change=proposal.change,
        applies_from=proposal.applies_from,
        applies_until=proposal.applies_until,
        decided_at=at,
        decided_by=proposal.submitted_by,
        approved_by=approved_by,
        basis=_basis(claim),
        previous_hash=previous.hash if previous else "",
    )
    ledger.write(verdict)
    return verdict


def status_of(*, claim: Claim, as_of: date, known_at: datetime) -> Verdict | None:
    """What we had said by `known_at` about day `as_of`; None where no verdict speaks of it.

    From the moment of its merge on, a merged claim is answered for by the one it was merged into.
    """
    speaks = Verdict.objects.filter(claim=standing.end_of(claim, known_at=known_at))
    return speaks.in_force(as_of=as_of, known_at=known_at).with_people().first()


def _check_interval(proposal: Proposal) -> None:
    start, end = proposal.applies_from, proposal.applies_until
    if start < inputs.EARLIEST:
        raise Invalid("bad_interval", "Give a day from the year 1000 on.", field="applies_from")
    if end is not None and end <= start:
        message = f"It has to end after it begins: a day after {start}, or none."
        raise Invalid("bad_interval", message, field="applies_until")


def _check_change(proposal: Proposal) -> None:
    if proposal.change == Change.WITHDRAWAL:
        day = proposal.applies_from
        now = status_of(claim=proposal.claim, as_of=day, known_at=proposal.submitted_at)
        if now is None or not now.rating:
            message = f"There is nothing to withdraw: no rating is in force on {day}."
            raise Invalid("nothing_to_withdraw", message, field="applies_from")
        return
    first = proposal.follows == 0
    if first != (proposal.change == Change.FIRST):
        message = (
            "The first verdict's kind of change is “first”."
            if first
            else "Say why the verdict changes: new evidence, our error, the world changed, or wording only."
        )
        raise Invalid("bad_change", message, field="change")


def _check_correction(proposal: Proposal) -> None:
    if proposal.change == Change.OUR_ERROR and not proposal.correction:
        message = "Say for readers what was wrong and what is right; it is published as a correction."
        raise Invalid("required", message, field="correction")
    if proposal.change != Change.OUR_ERROR and proposal.correction:
        message = "A correction goes with the kind of change “our error”: choose that, or leave this empty."
        raise Invalid("bad_change", message, field="correction")


def _check_addressed(claim: Claim, proposal: Proposal) -> None:
    unknown = set(proposal.addressed) - set(claim.evidence.values_list("pk", flat=True))
    if unknown:
        numbers = ", ".join(str(pk) for pk in sorted(unknown))
        raise Invalid("unknown_evidence", f"This is no evidence of this claim: {numbers}.", field="addressed")


def _check_none_waits(claim: Claim) -> None:
    waiting = claim.proposals.filter(state=Proposal.State.SUBMITTED).select_related("submitted_by").first()
    if waiting:
        rating = "" if waiting.sealed else f" ({waiting.get_rating_display()})"
        raise Conflict(
            "proposal_open",
            f"A verdict by {waiting.submitted_by}{rating} is waiting for review.",
            proposal=waiting.pk,
            by=str(waiting.submitted_by),
        )


def _basis(claim: Claim) -> list[dict[str, Any]]:
    evidence = claim.evidence.select_related("source", "snapshot").order_by("pk")
    return [
        {
            "evidence": item.pk,
            "source": item.source.url,
            "stance": str(item.stance),
            "quote": item.quote,
            "snapshot": item.snapshot.content_hash if item.snapshot else None,
        }
        for item in evidence
    ]
