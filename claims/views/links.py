"""Linking claims, and taking links away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from claims import links
from claims.forms.links import LinkForm
from claims.models import Claim, ClaimLink
from claims.views.access import DeskRequest, came_from, signed_in
from claims.views.claims import claim_page


@signed_in("POST")
def claim_link(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    form = LinkForm(request.POST, auto_id="link-%s")
    made = form.carry_out(
        lambda values: links.link(claim=claim, by=request.user, at=timezone.now(), **values)
    )
    if made is None:
        return claim_page(request, pk, forms={"link_form": form})
    messages.success(request, "The claims are linked.")
    return redirect(f"{reverse('claim', args=[pk])}#links")


@signed_in("POST")
def link_remove(request: DeskRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(ClaimLink, pk=pk)
    links.unlink(link=link, by=request.user)
    messages.success(request, "The link is taken away.")
    return redirect(came_from(request, reverse("claim", args=[link.claim_id])))
