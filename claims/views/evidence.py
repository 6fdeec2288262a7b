"""Attaching, correcting and removing evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import evidence as desk
from claims.forms.evidence import EvidenceForm, PassageForm
from claims.models import Claim, Evidence
from claims.views.access import DeskRequest, go, signed_in
from claims.views.claims import claim_page


@signed_in("POST")
def evidence_add(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    form = EvidenceForm(request.POST, auto_id="evidence-%s")
    added = form.carry_out(
        lambda values: desk.attach(claim=claim, by=request.user, at=timezone.now(), **values)
    )
    if added is None:
        return claim_page(request, pk, forms={"evidence_form": form})
    messages.success(request, "The evidence is attached. Its source is fetched in the background.")
    return redirect(f"{reverse('claim', args=[pk])}#evidence-{added.pk}")


@signed_in("GET", "POST")
def evidence_edit(request: DeskRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Evidence.objects.select_related("source"), pk=pk)
    current = {name: getattr(item, name) for name in PassageForm.base_fields}
    form = PassageForm(
        request.POST if request.method == "POST" else None, initial=current, auto_id=f"evidence-{pk}-%s"
    )
    if request.method == "POST":
        done = form.carry_out(
            lambda values: desk.amend(evidence=item, by=request.user, at=timezone.now(), **values)
        )
        if done:
            messages.success(request, "The evidence is changed.")
            return go(request, f"{reverse('claim', args=[item.claim_id])}#evidence-{pk}")
    context = {"evidence": item, "form": form, "heading": "Edit evidence"}
    if request.htmx:
        return render(request, "claims/_evidence_form.html", context, status=form.status)
    context["part"] = "claims/_evidence_form.html"
    return render(request, "parts/form_page.html", context, status=form.status)


@signed_in("POST")
def evidence_remove(request: DeskRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Evidence, pk=pk)
    desk.remove(evidence=item, by=request.user, at=timezone.now())
    messages.success(request, "The evidence is removed.")
    return redirect(f"{reverse('claim', args=[item.claim_id])}#evidence")
