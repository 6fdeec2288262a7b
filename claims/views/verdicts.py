"""Submitting verdicts, and reviewing those of others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import gates, review, verdicts
from claims.forms.verdicts import ApproveForm, SendBackForm, VerdictForm, WithdrawalForm
from claims.models import Claim, Proposal
from claims.views.access import DeskRequest, signed_in
from claims.views.claims import claim_page
from claims.views.desk import to_review


@signed_in("POST")
def verdict_submit(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    form = VerdictForm(request.POST, auto_id="verdict-%s")
    submitted = form.carry_out(
        lambda values: verdicts.submit(claim=claim, by=request.user, at=timezone.now(), **values)
    )
    if submitted is None:
        clash = form.refused if form.refused and form.refused.status == 409 else None
        if clash and clash.code == "verdict_outdated":
            form = form.following(clash.data["number"])
        return claim_page(request, pk, forms={"verdict_form": form}, clash=clash, open_verdict=True)
    standing = gates.standing_of(claim, submitted.rating)
    if not standing.met:
        messages.warning(
            request, f"{standing.words} Attach more, or an editor has to say why these are enough."
        )
    messages.success(request, "The verdict is submitted. Somebody else has to approve it before it counts.")
    return redirect(f"{reverse('claim', args=[pk])}#proposal")


@signed_in("POST")
def withdrawal_submit(request: DeskRequest, pk: int) -> HttpResponse:
    """Propose to take what is published back, without a new rating."""
    claim = get_object_or_404(Claim, pk=pk)
    form = WithdrawalForm(request.POST, auto_id="withdrawal-%s")
    submitted = form.carry_out(
        lambda values: verdicts.submit_withdrawal(claim=claim, by=request.user, at=timezone.now(), **values)
    )
    if submitted is None:
        return claim_page(request, pk, forms={"withdrawal_form": form})
    messages.success(request, "Submitted. Somebody else has to approve it; until then the verdict stands.")
    return redirect(f"{reverse('claim', args=[pk])}#proposal")


@signed_in("GET")
def proposals(request: DeskRequest) -> HttpResponse:
    waiting = to_review(request.user)
    own = Proposal.objects.filter(state=Proposal.State.SUBMITTED, submitted_by=request.user)
    context = {
        "waiting": waiting[:100],
        "own": own.select_related("claim")[:50],
        "may_review": request.user.has_perm("claims.approve_proposal"),
    }
    return render(request, "claims/proposals.html", context)


@signed_in("POST")
def proposal_approve(request: DeskRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=pk)
    form = ApproveForm(request.POST, auto_id="approve-%s")
    verdict = form.carry_out(
        lambda values: review.approve(proposal=proposal, by=request.user, at=timezone.now(), **values)
    )
    if verdict is None:
        return claim_page(request, proposal.claim_id, forms={"approve_form": form})
    said = (
        f"Verdict no. {verdict.number} is published. That is not undone; it can be withdrawn or superseded."
        if verdict.rating
        else "The verdict is withdrawn. That is not undone; another verdict can take its place."
    )
    messages.success(request, said)
    return redirect(f"{reverse('claim', args=[proposal.claim_id])}#verdict-{verdict.number}")


@signed_in("POST")
def proposal_send_back(request: DeskRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=pk)
    form = SendBackForm(request.POST, auto_id="send-back-%s")
    done = form.carry_out(
        lambda values: review.send_back(proposal=proposal, by=request.user, at=timezone.now(), **values)
    )
    if done is None:
        return claim_page(request, proposal.claim_id, forms={"send_back_form": form})
    messages.success(request, f"Sent back to {proposal.submitted_by}, with your note.")
    return redirect("claim", proposal.claim_id)


@signed_in("POST")
def proposal_withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=pk)
    review.withdraw(proposal=proposal, by=request.user, at=timezone.now())
    messages.success(request, "Your verdict is withdrawn.")
    return redirect(f"{reverse('claim', args=[proposal.claim_id])}#verdicts")
