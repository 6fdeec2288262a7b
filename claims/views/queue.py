"""The queue: all claims, searched and filtered, in saved views, with work done to many at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import rechecks, saved_views, triage
from claims.errors import Refused
from claims.forms.claims import BulkForm, FilterForm, SaveViewForm
from claims.losses import lost
from claims.models import Appearance, Article, Claim, SavedView, User
from claims.views.access import DeskRequest, came_from, signed_in

PER_PAGE = 40


@signed_in("GET")
def claims(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    form = FilterForm(request.GET, auto_id="filter-%s")
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    page = Paginator(filtered(wanted, by=request.user, at=at), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode(wanted)
    context = {
        "form": form,
        "page": page,
        "claims": _full(page, at),
        "changed_after_verdict": rechecks.changed_after_verdict(claim.pk for claim in page),
        "at": at,
        "query": query,
        "filtered": bool(wanted),
        "article": Article.objects.filter(pk=wanted["article"]).first() if "article" in wanted else None,
        "views": saved_views.visible_to(request.user).select_related("owner"),
        "bulk": BulkForm(auto_id="bulk-%s"),
        "save_view": SaveViewForm(initial={"query": query}, auto_id="view-%s"),
    }
    return render(request, "claims/queue.html", context, status=form.status)


def filtered(wanted: dict[str, Any], *, by: User, at: datetime) -> QuerySet[Claim]:
    """The claims that these filters leave, best match first where words are searched, else newest."""
    found: Any = Claim.objects.standing(at=at)  # The annotations below are ours, not the model's.
    for name in ("state", "kind"):
        if name in wanted:
            found = found.filter(**{name: wanted[name]})
    if "claimant" in wanted:
        found = found.filter(claimant__name__icontains=wanted["claimant"])
    if "article" in wanted:
        found = found.filter(pk__in=Appearance.objects.filter(article=wanted["article"]).values("claim"))
    if "lost" in wanted:
        found = found.filter(lost(wanted["lost"]))
    if "assignee" in wanted:
        found = found.filter(assignee=_assignee(wanted["assignee"], by))
    if "topic" in wanted:
        found = found.filter(topic__name=wanted["topic"])
    if "rating" in wanted:
        rating = None if wanted["rating"] == "none" else wanted["rating"]
        found = found.with_status(as_of=timezone.localdate(at), known_at=at).filter(rating=rating)
    if "freshness" in wanted:
        found = found.with_freshness(at=at).filter(freshness=wanted["freshness"])
    if "q" in wanted:
        return cast(QuerySet[Claim], found.search(wanted["q"]).order_by("-rank", "-created_at", "-pk"))
    return cast(QuerySet[Claim], found.order_by("-created_at", "-pk"))


@signed_in("POST")
def claims_bulk(request: DeskRequest) -> HttpResponse:
    form = BulkForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect(came_from(request, "claims"))
    values = form.cleaned_data
    if values["action"] == "merge":
        return redirect(f"{reverse('claims_merge')}?{urlencode({'claims': values['claims']}, doseq=True)}")
    ticked = list(Claim.objects.filter(pk__in=values["claims"]))
    if values["action"] == "assign":
        person, at = values["assignee"], timezone.now()
        count = triage.assign(claims=ticked, assignee=person, by=request.user, at=at)
        messages.success(request, f"{_claims(count)} assigned to {person or 'nobody'}.")
    elif values["action"] == "topic":
        topic = values["topic"]
        count = triage.set_topic(claims=ticked, topic=topic, by=request.user, at=timezone.now())
        messages.success(request, f"{_claims(count)} moved to {topic or 'no topic'}.")
    else:
        _triage_each(request, ticked, values)
    return redirect(came_from(request, "claims"))


@signed_in("POST")
def view_save(request: DeskRequest) -> HttpResponse:
    form = SaveViewForm(request.POST)
    view = form.carry_out(lambda values: saved_views.save(by=request.user, **values))
    if view is None:
        for name, errors in form.errors.items():
            messages.error(request, f"{name.capitalize()}: {' '.join(str(error) for error in errors)}")
        return redirect(came_from(request, "claims"))
    messages.success(request, f"The view “{view.name}” is saved.")
    return redirect(f"{reverse('claims')}?{view.query}")


@signed_in("POST")
def view_delete(request: DeskRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk)
    saved_views.delete(view=view, by=request.user)
    messages.success(request, f"The view “{view.name}” is deleted.")
    return redirect("claims")


def _assignee(choice: str, by: User) -> int | None:
    if choice == "none":
        return None
    return by.pk if choice == "me" else int(choice)


def _full(page: Page[Claim], at: datetime) -> list[Claim]:
    """The page's claims in its order, with all that a row shows."""
    order = {claim.pk: place for place, claim in enumerate(page.object_list)}
    rows = (
        Claim.objects.filter(pk__in=order)
        .with_freshness(at=at)
        .with_status(as_of=timezone.localdate(at), known_at=at)
        .select_related("claimant", "assignee", "topic")
        .prefetch_related(
            Prefetch("appearances", Appearance.objects.select_related("article").defer("article__text"))
        )
        .defer("search")
    )
    return sorted(rows, key=lambda claim: order[claim.pk])


def _triage_each(request: DeskRequest, ticked: list[Claim], values: dict[str, Any]) -> None:
    done, refused = 0, list[str]()
    for claim in ticked:
        try:
            if values["action"] == "accept":
                triage.accept(claim=claim, by=request.user, at=timezone.now())
            else:
                triage.reject(claim=claim, why=values["why"], by=request.user, at=timezone.now())
            done += 1
        except Refused as refusal:
            refused.append(refusal.message)
    if done:
        words = "accepted" if values["action"] == "accept" else "rejected"
        messages.success(request, f"{_claims(done)} {words}.")
    if refused:
        messages.warning(request, f"{_claims(len(refused))} left as they were. {refused[0]}")


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count} claims"
