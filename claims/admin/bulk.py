"""What is done to many claims at once: methods of the list of claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from claims import triage
from claims.admin.base import PersonForm, ReasonForm, person
from claims.errors import Refused
from claims.models import Claim

SHOWN = 10


@action(description="Assign to …", permissions=["change"])
def assign_selected(self: Any, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
    form = PersonForm(request.POST if "confirm" in request.POST else None)
    if not form.is_valid():
        return _ask(self, request, queryset, form, "Assign claims", "Assign")
    assignee = form.cleaned_data["assignee"]
    try:
        done = triage.assign(
            claims=_chosen(queryset), assignee=assignee, by=person(request), at=timezone.now()
        )
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"{_claims(done)} assigned to {assignee or 'nobody'}.")
    return None


@action(description="Accept", permissions=["change"])
def accept_selected(self: Any, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
    by, at = person(request), timezone.now()
    _each(request, queryset, lambda claim: triage.accept(claim=claim, by=by, at=at), "accepted")


@action(description="Reject …", permissions=["change"])
def reject_selected(self: Any, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
    form = ReasonForm(request.POST if "confirm" in request.POST else None)
    if not form.is_valid():
        return _ask(self, request, queryset, form, "Reject claims", "Reject")
    why, by, at = form.cleaned_data["why"], person(request), timezone.now()
    _each(request, queryset, lambda claim: triage.reject(claim=claim, why=why, by=by, at=at), "rejected")
    return None


def _chosen(queryset: QuerySet[Claim]) -> list[Claim]:
    """The rows themselves, without the list's annotations."""
    return list(Claim.objects.filter(pk__in=list(queryset.values_list("pk", flat=True))))


def _each(request: HttpRequest, queryset: QuerySet[Claim], step: Callable[[Claim], Any], done: str) -> None:
    refusals = []
    claims = _chosen(queryset)
    for claim in claims:
        try:
            step(claim)
        except Refused as refused:
            refusals.append(refused.message)
    if len(claims) > len(refusals):
        messages.success(request, f"{_claims(len(claims) - len(refusals))} {done}.")
    if refusals:
        messages.warning(request, f"{_claims(len(refusals))} left as they were: {refusals[0]}")


def _claims(number: int) -> str:
    return f"{number:,} claim{'' if number == 1 else 's'}"


def _ask(
    self: Any, request: HttpRequest, queryset: QuerySet[Claim], form: forms.Form, title: str, button: str
) -> HttpResponse:
    context = {
        **self.admin_site.each_context(request),
        "title": title,
        "opts": self.model._meta,
        "form": form,
        "button": button,
        "action": request.POST["action"],
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        "number": _claims(queryset.count()),
        "claims": queryset[:SHOWN],
    }
    return TemplateResponse(request, "admin/claims/claim/bulk.html", context)
