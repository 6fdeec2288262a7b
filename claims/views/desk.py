"""The desk home: what waits for me, and the box for a new article."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.forms.articles import ArticleForm
from claims.models import Article, Claim, Proposal, Recheck, User
from claims.views.access import DeskRequest, signed_in

SHOWN = 6


@signed_in("GET")
def desk(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/home.html", {"form": ArticleForm(), **_waiting_for(request.user)})


def end_of_day(at: datetime) -> datetime:
    """Midnight after `at`, in the site's zone."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def to_review(person: User) -> QuerySet[Proposal]:
    """Verdicts that others submitted and this person may approve or send back."""
    waiting = Proposal.objects.filter(state=Proposal.State.SUBMITTED).exclude(submitted_by=person)
    return waiting.select_related("claim", "submitted_by").order_by("submitted_at", "pk")


def _waiting_for(person: User) -> dict[str, Any]:
    at = timezone.now()
    today = end_of_day(at)
    mine = Recheck.objects.open().filter(assignee=person, due_at__lt=today + timedelta(days=6))
    articles = Article.objects.originals().select_related("publisher")
    sent_back = Proposal.objects.filter(
        submitted_by=person, state=Proposal.State.SENT_BACK, claim__state=Claim.State.IN_PROGRESS
    )
    drafts = articles.filter(appearances__claim__state=Claim.State.NEW).annotate(
        drafts=Count("appearances__claim", distinct=True, filter=Q(appearances__claim__state=Claim.State.NEW))
    )
    may_review = person.has_perm("claims.approve_proposal")
    reviews = to_review(person) if may_review else Proposal.objects.none()
    return {
        "counts": mine.aggregate(
            overdue=Count("pk", filter=Q(due_at__lte=at - timedelta(days=1))),
            today=Count("pk", filter=Q(due_at__gt=at - timedelta(days=1), due_at__lt=today)),
            week=Count("pk", filter=Q(due_at__gte=today)),
        )
        | Claim.objects.aggregate(
            new=Count("pk", filter=Q(state=Claim.State.NEW)),
            mine=Count("pk", filter=Q(state=Claim.State.IN_PROGRESS, assignee=person)),
        )
        | {"reviews": reviews.count()},
        "at": at,
        "rechecks": mine.select_related("claim").order_by("due_at", "pk")[:SHOWN],
        "reviews": reviews[:SHOWN],
        "may_review": may_review,
        "sent_back": sent_back.select_related("claim", "reviewed_by")[:SHOWN],
        "drafts": drafts.order_by("-added_at", "-pk")[:SHOWN],
        "working": articles.exclude(work_state=Article.State.DONE)[:SHOWN],
    }
