"""The desk home: what waits for me, and the box for a new article."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims import policy
from claims.forms.articles import ArticleForm
from claims.models import Article, Claim, Proposal, ReaderRequest, Recheck, User
from claims.views.access import DeskRequest, signed_in

SHOWN = 6


@signed_in("GET")
def desk(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/home.html", {"form": ArticleForm(), **_waiting_for(request.user)})


def to_review(person: User) -> QuerySet[Proposal]:
    """Verdicts that others submitted and that wait for review."""
    waiting = Proposal.objects.filter(state=Proposal.State.SUBMITTED).exclude(submitted_by=person)
    return waiting.select_related("claim", "submitted_by").order_by("submitted_at", "pk")


def _waiting_for(person: User) -> dict[str, Any]:
    at = timezone.now()
    overdue_from = policy.terms().overdue_from(at)
    mine = Recheck.objects.open().filter(assignee=person, due_at__lt=at + timedelta(days=7))
    articles = Article.objects.filter(duplicate_of=None).select_related("publisher")
    answered = Proposal.objects.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
    back = (Proposal.State.SENT_BACK, Proposal.State.PUT_BACK)
    sent_back = Proposal.objects.filter(submitted_by=person, state__in=back).exclude(
        Q(Exists(answered)) | Q(claim__state=Claim.State.RETIRED)
    )
    drafts = articles.filter(appearances__claim__state=Claim.State.NEW).annotate(
        drafts=Count("appearances__claim", distinct=True, filter=Q(appearances__claim__state=Claim.State.NEW))
    )
    may_review = person.has_perm("claims.approve_proposal")
    reviews = to_review(person) if may_review else Proposal.objects.none()
    return {
        "counts": mine.aggregate(
            overdue=Count("pk", filter=Q(due_at__lte=overdue_from)),
            due=Count("pk", filter=Q(due_at__gt=overdue_from, due_at__lte=at)),
            week=Count("pk", filter=Q(due_at__gt=at)),
        )
        | Claim.objects.aggregate(
            new=Count("pk", filter=Q(state=Claim.State.NEW)),
            mine=Count("pk", filter=Q(state=Claim.State.IN_PROGRESS, assignee=person)),
        )
        | {
            "reviews": reviews.count(),
            "requests": ReaderRequest.objects.filter(state=ReaderRequest.State.WAITING).count(),
        },
        "at": at,
        "rechecks": mine.select_related("claim").order_by("due_at", "pk")[:SHOWN],
        "reviews": reviews[:SHOWN],
        "may_review": may_review,
        "sent_back": sent_back.select_related("claim", "reviewed_by")[:SHOWN],
        "drafts": drafts.defer("text", "skipped").order_by("-added_at", "-pk")[:SHOWN],
        "working": articles.exclude(work_state=Article.State.DONE)[:SHOWN],
    }
