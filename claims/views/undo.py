"""Taking back what one did in this session: the last changes, and undoing one of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from claims import undo as domain
from claims.models import Claim, UndoStep
from claims.views.access import DeskRequest, came_from, signed_in


@signed_in("GET")
def undo(request: DeskRequest) -> HttpResponse:
    steps = domain.steps(by=request.user, session=request.session.session_key)[: domain.SHOWN]
    return render(request, "desk/undo.html", {"steps": steps})


@signed_in("POST")
def undo_step(request: DeskRequest, pk: int) -> HttpResponse:
    own = domain.steps(by=request.user, session=request.session.session_key)
    step = get_object_or_404(own, pk=pk)
    step = domain.undo(step=step, by=request.user, at=timezone.now())
    messages.success(request, f"Undone. {step.words}")
    return redirect(_back(request, step))


def _back(request: DeskRequest, step: UndoStep) -> str:
    """Where the button was pressed: at the card beside the article, or the claim's page if it is there."""
    address = came_from(request, reverse("undo"))
    try:
        page = resolve(urlsplit(address).path)
    except Resolver404:
        return address
    if page.url_name == "article" and step.claim_id:
        return f"{address}#claim-{step.claim_id}"
    if page.url_name == "claim" and not Claim.objects.filter(pk=page.kwargs["pk"]).exists():
        return reverse("claim", args=[step.claim_id]) if step.claim_id else reverse("undo")
    return address
