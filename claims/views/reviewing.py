"""What reviews leave behind: blind second ratings and how they agree, corrections, notices."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import blind, corrections, notices
from claims.forms.verdicts import SecondRatingForm
from claims.models import BlindSwitch, Claim, Notice, Proposal, Topic
from claims.views.access import DeskRequest, came_from, signed_in
from claims.views.claims import claim_page

PER_PAGE = 25


@signed_in("POST")
def second_rating(request: DeskRequest, pk: int) -> HttpResponse:
    """Rate the claim of a sealed proposal; then it opens."""
    proposal = get_object_or_404(Proposal, pk=pk)
    form = SecondRatingForm(request.POST, auto_id="second-%s")
    given = form.carry_out(
        lambda values: blind.rate(proposal=proposal, by=request.user, at=timezone.now(), **values)
    )
    if given is None:
        return claim_page(request, proposal.claim_id, forms={"second_form": form})
    agree = "the same" if given.first == given.rating else "another one"
    messages.success(request, f"Your rating is kept. The first rating is {agree}: see below.")
    return redirect(f"{reverse('claim', args=[proposal.claim_id])}#proposal")


@signed_in("GET")
def agreement(request: DeskRequest) -> HttpResponse:
    """How two raters agree, by topic, and where blind second ratings are asked for."""
    everything, by_topic = blind.agreement()
    context = {
        "all": everything,
        "by_topic": by_topic,
        "switches": BlindSwitch.objects.select_related("topic", "claim", "set_by").defer("claim__search"),
        "topics": Topic.objects.filter(blind_switch=None),
    }
    return render(request, "reviews/agreement.html", context)


@signed_in("POST")
def blind_on(request: DeskRequest) -> HttpResponse:
    """Ask for blind second ratings of the claim or topic named, or else of all claims."""
    claim, topic = request.POST.get("claim", ""), request.POST.get("topic", "")
    switch = blind.switch_on(
        claim=get_object_or_404(Claim, pk=claim) if claim.isdecimal() and len(claim) < 19 else None,
        topic=get_object_or_404(Topic, name=topic) if topic else None,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, f"From now on a second person rates blind: {switch}.")
    return redirect(came_from(request, "agreement"))


@signed_in("POST")
def blind_off(request: DeskRequest, pk: int) -> HttpResponse:
    switch = get_object_or_404(BlindSwitch.objects.select_related("topic", "claim"), pk=pk)
    blind.switch_off(switch=switch, by=request.user)
    messages.success(request, f"No blind second rating is asked for any more: {switch}.")
    return redirect(came_from(request, "agreement"))


@require_safe
def public_corrections(request: HttpRequest) -> HttpResponse:
    """For everybody: what we got wrong, newest first."""
    page = Paginator(corrections.published(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "readers/corrections.html", {"page": page})


@signed_in("POST")
def notices_read(request: DeskRequest) -> HttpResponse:
    """Mark the notices as read that were there when the page was made."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal() and len(newest) < 19:
        mine = Notice.objects.filter(person=request.user, pk__lte=int(newest))
        notices.mark_read(notices=mine, by=request.user, at=timezone.now())
    return redirect("inbox")
