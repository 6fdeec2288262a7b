"""The second pair of eyes: approving a proposed verdict, or sending it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from claims import inputs, links, rechecks, verdicts
from claims.errors import Conflict, Forbidden, require
from claims.models import Claim, Proposal, User, Verdict


def approve(*, proposal: Proposal, by: User, at: datetime) -> Verdict:
    """Publish it: the verdict, or the withdrawal, is written down for good and the next re-check is set.

    Linked claims whose verdict does not go with this one are looked at again.
    """
    require(by, "approve_proposal", "approve verdicts")
    with transaction.atomic():
        links.lock_with_linked(proposal.claim_id)
        claim, proposal = _lock(proposal)
        _check_waits(proposal)
        if proposal.submitted_by_id == by.pk:
            raise Forbidden("four_eyes", "You submitted this verdict: somebody else has to approve it.")
        verdicts.check_follows(claim, proposal.follows)
        _end(proposal, Proposal.State.APPROVED, by, at)
        verdict = verdicts.append(proposal=proposal, approved_by=by, at=at)
        claim.state, claim.retired_why = Claim.State.PUBLISHED, ""
        if verdict.rating:  # A withdrawal verifies nothing.
            claim.last_verified_at = at
        claim.save(update_fields=["state", "retired_why", "last_verified_at"])
        rechecks.schedule(claim=claim, verdict=verdict, by=by, at=at)
        links.after_verdict(verdict=verdict, at=at)
    return verdict


def send_back(*, proposal: Proposal, note: str, by: User, at: datetime) -> Proposal:
    """Ask the submitter for more, with a note that says what."""
    require(by, "approve_proposal", "send verdicts back")
    note = inputs.text(note, "note", required=True)
    with transaction.atomic():
        claim, proposal = _lock(proposal)
        _check_waits(proposal)
        if proposal.submitted_by_id == by.pk:
            raise Forbidden("four_eyes", "You submitted this verdict: withdraw it instead.")
        _end(proposal, Proposal.State.SENT_BACK, by, at, note)
        _reopen(claim)
    return proposal


def withdraw(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Take one's own proposal back before it is reviewed."""
    with transaction.atomic():
        claim, proposal = _lock(proposal)
        if proposal.submitted_by_id != by.pk:
            raise Forbidden("not_yours", "Only the person who submitted it can withdraw it.")
        _check_waits(proposal)
        _end(proposal, Proposal.State.WITHDRAWN, by, at)
        _reopen(claim)
    return proposal


def close_waiting(*, claim: Claim, note: str, by: User, at: datetime) -> None:
    """The claim ends: its waiting verdict is sent back with the note; one's own is withdrawn with it.

    Called within a transaction that has the claim's row locked.
    """
    waiting = claim.proposals.filter(state=Proposal.State.SUBMITTED).select_for_update(of=("self",)).first()
    if waiting:
        own = waiting.submitted_by_id == by.pk
        _end(waiting, Proposal.State.WITHDRAWN if own else Proposal.State.SENT_BACK, by, at, note)


def _lock(proposal: Proposal) -> tuple[Claim, Proposal]:
    """The claim first, as `verdicts.submit` does, so two of them cannot wait for each other."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=proposal.claim_id)
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    locked.claim = claim
    return claim, locked


def _check_waits(proposal: Proposal) -> None:
    if proposal.state != Proposal.State.SUBMITTED:
        raise Conflict(
            "already_reviewed",
            f"This verdict was {proposal.get_state_display()} by {proposal.reviewed_by} meanwhile.",
            state=proposal.state,
        )


def _end(proposal: Proposal, state: Proposal.State, by: User, at: datetime, note: str = "") -> None:
    proposal.state, proposal.reviewed_by, proposal.reviewed_at = state, by, at
    proposal.review_note = note
    proposal.save()


def _reopen(claim: Claim) -> None:
    if claim.state == Claim.State.IN_REVIEW:
        claim.state = Claim.State.IN_PROGRESS
        claim.save(update_fields=["state"])
