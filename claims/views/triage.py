"""Accepting, rejecting, editing and adding claims, beside the article or on the claim's page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import triage
from claims.errors import Invalid
from claims.forms.claims import WHY_NOT, AddForm, EditForm, RejectForm
from claims.models import Article, Claim, Claimant, Proposal
from claims.views.access import DeskRequest, came_from, go, signed_in
from claims.views.articles import article_body, card_of
from sources.anchoring import find


@signed_in("POST")
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    claim = triage.accept(claim=get_object_or_404(Claim, pk=pk), by=request.user, at=timezone.now())
    return _done(request, claim)


@signed_in("POST")
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    claim = triage.restore(claim=get_object_or_404(Claim, pk=pk), by=request.user, at=timezone.now())
    return _done(request, claim)


@signed_in("GET", "POST")
def reject(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("claimant"), pk=pk)
    form = RejectForm(request.POST if request.method == "POST" else None, auto_id=f"reject-{pk}-%s")
    if request.method == "POST":
        done = form.carry_out(
            lambda values: triage.reject(claim=claim, why=values["why"], by=request.user, at=timezone.now())
        )
        if done:
            return _done(request, done)
    context = {"claim": claim, "form": form, "presets": WHY_NOT, "heading": "Reject a claim"}
    return _form(request, "claims/_reject_form.html", context, form.status)


@signed_in("GET", "POST")
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("claimant", "topic"), pk=pk)
    current = {
        "text": claim.text,
        "kind": claim.kind,
        "claimant": claim.claimant.name if claim.claimant else "",
        "when": claim.when,
        "topic": claim.topic.name if claim.topic else "",
        "revision": claim.revision,
    }
    ids = f"edit-{pk}-%s"
    form = EditForm(request.POST if request.method == "POST" else None, initial=current, auto_id=ids)
    context: dict[str, Any] = {
        "claim": claim,
        "heading": "Edit a claim",
        "waits": claim.proposals.filter(state=Proposal.State.SUBMITTED).exists(),
    }
    if request.method == "POST":
        done = form.carry_out(
            lambda values: triage.edit(claim=claim, by=request.user, at=timezone.now(), **values)
        )
        if done:
            return _done(request, done)
        if form.refused and form.refused.code == "claim_changed":
            context["theirs"] = form.refused.data
            # What was typed stays; saving it again now knowingly goes over theirs.
            form.data = request.POST.dict() | {"revision": str(form.refused.data["revision"])}
    appearance = claim.appearances.order_by("article_id", "start").first()
    context["sentence"] = appearance.sentence if appearance else ""
    context |= {"form": form, "claimants": Claimant.objects.values_list("name", flat=True)[:200]}
    return _form(request, "claims/_edit_form.html", context, form.status)


@signed_in("GET")
def card(request: DeskRequest, pk: int) -> HttpResponse:
    """The claim's card beside the article, as it is: to put an open form away."""
    claim = get_object_or_404(Claim, pk=pk)
    return _done(request, claim)


@signed_in("GET", "POST")
def claim_add(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("publisher", "added_by"), pk=pk)
    if request.method == "POST":
        form = AddForm(request.POST, auto_id="add-%s")
        claim = form.carry_out(lambda values: _add(article, request, values))
        if claim and request.htmx:
            answer = article_body(request, article)
            answer["HX-Trigger-After-Settle"] = json.dumps({"claim-added": {"id": claim.pk}})
            return answer
        if claim:
            messages.success(request, "The claim is added.")
            return redirect(f"{reverse('article', args=[article.pk])}#claim-{claim.pk}")
    else:
        form = AddForm(initial=_selected(article, request), auto_id="add-%s")
    claimants = Claimant.objects.values_list("name", flat=True)[:200]
    context = {"article": article, "form": form, "heading": "Add a claim", "claimants": claimants}
    return _form(request, "claims/_add_form.html", context, form.status)


def _add(article: Article, request: DeskRequest, values: dict[str, Any]) -> Claim:
    quote, start, end = values.pop("quote"), values.pop("start"), values.pop("end")
    if start is None or end is None or article.text[start:end].strip() != quote.strip():
        found = find(article.text, quote)
        if found is None:
            raise Invalid(
                "bad_place",
                "These words do not stand in the article. Paste them exactly as they are there.",
                field="quote",
            )
        start, end = found
    return triage.add_claim(
        article=article, start=start, end=end, by=request.user, at=timezone.now(), **values
    )


def _selected(article: Article, request: DeskRequest) -> dict[str, Any]:
    """The form's first values from a selection in the text, its offsets in characters."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 18):
        return {}
    words = article.text[int(start) : int(end)]
    lead = len(words) - len(words.lstrip())
    words = words.strip()
    begin = int(start) + lead
    return {"start": begin, "end": begin + len(words), "quote": words, "text": " ".join(words.split())}


def _done(request: DeskRequest, claim: Claim) -> HttpResponse:
    """Back to where the claim was seen: its card for htmx beside an article, else the page."""
    article_id = request.GET.get("article", "")
    if article_id.isdecimal() and len(article_id) < 19:
        article = get_object_or_404(Article, pk=int(article_id))
        if request.htmx:
            seen = parse_qs(urlsplit(request.htmx.current_url or "").query)
            context = card_of(article, claim.pk) | {"state": seen.get("state", [""])[0]}
            if context["card"]:
                return render(request, "articles/_card_answer.html", context)
        return go(request, f"{reverse('article', args=[article.pk])}#claim-{claim.pk}")
    if request.htmx:
        return go(request, reverse("claim", args=[claim.pk]))
    back = came_from(request, reverse("claim", args=[claim.pk]))
    # A form's own page has done its work.
    return redirect("claim", claim.pk) if request.path in back else redirect(back)


def _form(request: DeskRequest, part: str, context: dict[str, Any], status: int) -> HttpResponse:
    """A form in the place of a card for htmx, on a page of its own without."""
    context["query"] = request.GET.urlencode()
    if request.htmx:
        return render(request, part, context, status=status)
    return render(request, "parts/form_page.html", context | {"part": part}, status=status)
