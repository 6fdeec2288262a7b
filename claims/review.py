"""The second pair of eyes: approving a proposed verdict, sending it back, or putting it back by a change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from claims import corrections, gates, inputs, links, notices, rechecks, verdicts
from claims.errors import Conflict, Forbidden, require
from claims.models import Approval, Claim, Proposal, SecondRating, User, Verdict
from claims.models.verdict import Change


def approve(
    *, proposal: Proposal, override: str = "", seen: Collection[int] = (), by: User, at: datetime
) -> Verdict:
    """Publish it: the verdict, or the withdrawal, is written down for good and the next re-check is set.

    A rating without the independent sources it needs takes an editor's reason (`override`). `seen` are ids
    of evidence against the rating that its reason does not deal with; each has to be among them. Linked
    claims whose verdict does not go with this one are looked at again. Our error publishes its correction.
    """
    require(by, "approve_proposal", "approve verdicts")
    override = inputs.text(override, "override", 2_000)
    with transaction.atomic():
        links.lock_with_linked(proposal.claim_id)
        claim, proposal = _lock(proposal)
        _check_waits(proposal)
        if proposal.submitted_by_id == by.pk:
            raise Forbidden("four_eyes", "You submitted this verdict: somebody else has to approve it.")
        _check_open(proposal)
        verdicts.check_follows(claim, proposal.follows)
        if proposal.rating:
            _pass_gate(claim, proposal, override, seen, by, at)
        _end(proposal, Proposal.State.APPROVED, by, at)
        verdict = verdicts.append(proposal=proposal, approved_by=by, at=at)
        if verdict.change == Change.OUR_ERROR:
            corrections.publish(verdict=verdict, text=proposal.correction, at=at)
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
        _check_open(proposal)
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


def put_back(*, claim: Claim, why: str, since: datetime | None = None, by: User, at: datetime) -> None:
    """What a waiting proposal judges was changed: its review is over, and those with a part in it are told.

    Called within the change's transaction, with the claim's row locked. With `since` only a proposal that
    was submitted from then on is put back.
    """
    waiting = claim.proposals.filter(state=Proposal.State.SUBMITTED).select_for_update(of=("self",))
    proposal = waiting.select_related("submitted_by").first()
    if proposal is None or (since is not None and proposal.submitted_at < since):
        return
    second = SecondRating.objects.filter(proposal=proposal).select_related("by").first()
    _end(proposal, Proposal.State.PUT_BACK, by, at, why)
    _reopen(claim)
    people = (proposal.submitted_by, by, claim.assignee, second.by if second else None)
    words = f"{why} The verdict that waited for review was put back: look at it, then submit it again."
    notices.tell(people=people, claim=claim, words=words, at=at)


def _pass_gate(
    claim: Claim, proposal: Proposal, override: str, seen: Collection[int], by: User, at: datetime
) -> None:
    """Refuse a rating with too few sources, or evidence against it not seen; else note how it stood."""
    standing = gates.standing_of(claim, proposal.rating)
    if standing.met:
        override = ""
    elif not override:
        message = (
            f"{standing.words} Attach more, or an editor approves it with a reason why these are enough."
        )
        raise Conflict(
            "gate_not_met", message, field="override", needed=standing.needed, sources=list(standing.origins)
        )
    else:
        require(by, "override_gate", "approve a rating with fewer independent sources than it needs")
    unaddressed = standing.unaddressed(proposal.addressed)
    unseen = [item for item in unaddressed if item.pk not in seen]
    if unseen:
        what = "; ".join(f"{item.get_stance_display()}: {item.source}" for item in unseen)
        message = f"The reason does not deal with evidence against it ({what}). Say that you have seen it."
        raise Conflict("contrary_unseen", message, field="seen", evidence=[item.pk for item in unseen])
    Approval.objects.create(
        proposal=proposal, needed=standing.needed, independent=len(standing.origins), override=override,
        unaddressed=[item.pk for item in unaddressed], by=by, at=at,
    )  # fmt: skip


def _check_open(proposal: Proposal) -> None:
    if proposal.sealed:
        message = "Nobody has rated this claim blind yet. Give your own rating first; then the verdict opens."
        raise Conflict("sealed", message)


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
            by=str(proposal.reviewed_by),
        )


def _end(proposal: Proposal, state: Proposal.State, by: User, at: datetime, note: str = "") -> None:
    proposal.state, proposal.reviewed_by, proposal.reviewed_at = state, by, at
    proposal.review_note, proposal.sealed = note, False
    proposal.save()


def _reopen(claim: Claim) -> None:
    if claim.state == Claim.State.IN_REVIEW:
        claim.state = Claim.State.IN_PROGRESS
        claim.save(update_fields=["state"])
