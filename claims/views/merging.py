"""Merging claims: finding the other one, comparing, confirming. Splitting one into parts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import matching, merging, splitting
from claims.errors import Invalid
from claims.forms.links import WHICH
from claims.forms.merging import MergeForm, SplitForm
from claims.models import Claim
from claims.views.access import DeskRequest, signed_in

FOUND = 10


@signed_in("GET")
def claim_merge(request: DeskRequest, pk: int) -> HttpResponse:
    """Find the claim that says the same, by its words, number or address."""
    _may_merge(request)
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    words = request.GET.get("q", "").replace("\0", "").strip()[:300]
    context = {"claim": claim, "words": words, "found": _found(claim, words)}
    if request.htmx:
        return render(request, "claims/_merge_found.html", context)
    return render(request, "claims/merge_search.html", context)


@signed_in("GET", "POST")
def claims_merge(request: DeskRequest) -> HttpResponse:
    """Claims side by side; one of them is to stand for the others."""
    _may_merge(request)
    sent = request.POST if request.method == "POST" else None
    claims = _compared(sent or request.GET)
    form = MergeForm(sent, claims=claims, initial={"into": _likeliest(claims).pk}, auto_id="merge-%s")
    if sent:
        into = form.carry_out(lambda values: _merge(request, claims, values["into"], values["reason"]))
        if into:
            messages.success(request, "Merged. What was said of each before stays in its history.")
            return redirect("claim", into.pk)
    context = {"claims": claims, "form": form, "columns": list(zip(claims, form["into"], strict=True))}
    return render(request, "claims/merge.html", context, status=form.status)


@signed_in("GET", "POST")
def claim_split(request: DeskRequest, pk: int) -> HttpResponse:
    _may_merge(request)
    whole = Claim.objects.defer("search").prefetch_related("appearances__article", "evidence__source")
    claim = get_object_or_404(whole, pk=pk)
    sent = request.POST if request.method == "POST" else None
    count = _count(sent or request.GET)
    if sent and "more" in sent:
        form = SplitForm(
            None, claim=claim, count=count + 1, initial=_typed(sent, claim, count), auto_id="split-%s"
        )
    else:
        form = SplitForm(sent, claim=claim, count=count, auto_id="split-%s")
        if form.carry_out(lambda values: _split(request, claim, form)):
            messages.success(request, f"Split into {len(form.numbers)} claims. It keeps its history.")
            return redirect("claim", pk)
    context = {"claim": claim, "form": form, "may_have_more": len(form.numbers) < splitting.MOST}
    return render(request, "claims/split.html", context, status=form.status)


def _may_merge(request: DeskRequest) -> None:
    if not request.user.has_perm("claims.merge_claim"):
        raise PermissionDenied


def _found(claim: Claim, words: str) -> list[Claim]:
    """Claims to merge with: those that the words name, else those that read alike."""
    standing: Any = Claim.objects.standing(at=timezone.now()).exclude(pk=claim.pk).defer("search")
    which = WHICH.fullmatch(words)
    if which:
        return list(standing.filter(pk=int(which[1] or which[2])))
    if words:
        return list(standing.search(words).order_by("-rank", "-pk")[:FOUND])
    return list(matching.similar(text=claim.text, exclude=claim.pk, limit=FOUND))


def _compared(given: QueryDict) -> list[Claim]:
    """The claims asked for, in their order, with what is held against each other."""
    ids = [int(pk) for pk in given.getlist("claims") if pk.isdecimal() and len(pk) < 19]
    rows = Claim.objects.filter(pk__in=ids).select_related("claimant").defer("search")
    full = rows.prefetch_related("verdicts", "appearances__article", "evidence__source")
    found = {claim.pk: claim for claim in full}
    claims = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    if len(claims) < 2:
        raise Invalid("required", "Choose two claims or more that are there.", field="claims")
    if len(claims) > merging.MOST + 1:
        raise Invalid("too_many", f"Choose at most {merging.MOST + 1} claims at once.", field="claims")
    return claims


def _likeliest(claims: list[Claim]) -> Claim:
    """The one that most likely stands: what is published before what is not, then the oldest."""
    return min(claims, key=lambda claim: (claim.state != Claim.State.PUBLISHED, claim.pk))


def _merge(request: DeskRequest, claims: list[Claim], into: int, reason: str) -> Claim:
    target = next(claim for claim in claims if claim.pk == into)
    others = [claim for claim in claims if claim.pk != into]
    return merging.merge(claims=others, into=target, reason=reason, by=request.user, at=timezone.now())


def _count(given: QueryDict) -> int:
    """How many parts the form has."""
    asked = given.get("parts", "")
    return int(asked) if asked.isdecimal() and len(asked) < 3 else splitting.FEWEST


def _typed(sent: QueryDict, claim: Claim, count: int) -> dict[str, Any]:
    """What stands in the form so far, for one with a part more."""
    lists = ("appearance_", "evidence_")
    names = SplitForm(claim=claim, count=count).fields
    return {name: sent.getlist(name) if name.startswith(lists) else sent.get(name, "") for name in names}


def _split(request: DeskRequest, claim: Claim, form: SplitForm) -> list[Claim]:
    reason = form.cleaned_data["reason"]
    return splitting.split(claim=claim, parts=form.parts(), reason=reason, by=request.user, at=timezone.now())
