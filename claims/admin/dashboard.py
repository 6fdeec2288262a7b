"""The overview: small counts, each leading to the list it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims import policy
from claims.models import Article, Claim, Proposal, Recheck
from sources.models import Source


@dataclass(frozen=True)
class Tile:
    number: int
    words: str
    address: str
    alarm: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    tiles: tuple[Tile, ...]


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Five queries, whatever the size of the tables; those of open work stand on partial indexes."""
    groups = [_claims(request), _verdicts_and_rechecks(request), _articles_and_sources()]
    return {**context, "groups": groups}


def _list(model: str, query: str, app: str = "claims") -> str:
    return f"{reverse(f'admin:{app}_{model}_changelist')}?{query}"


def _claims(request: HttpRequest) -> Group:
    new, going = Q(state=Claim.State.NEW), Q(state=Claim.State.IN_PROGRESS)
    found = Claim.objects.aggregate(
        new=Count("pk", filter=new),
        nobody=Count("pk", filter=going & Q(assignee=None)),
        mine=Count("pk", filter=going & Q(assignee=request.user.pk)),
        published=Count("pk", filter=Q(state=Claim.State.PUBLISHED)),
    )
    return Group("Claims", (
        Tile(found["new"], "new, to be triaged", _list("claim", "state=new")),
        Tile(found["nobody"], "in progress with nobody", _list("claim", "state=in_progress&assignee=none")),
        Tile(found["mine"], "in progress with me", _list("claim", "state=in_progress&assignee=me")),
        Tile(found["published"], "published", _list("claim", "state=published")),
    ))  # fmt: skip


def _verdicts_and_rechecks(request: HttpRequest) -> Group:
    now = timezone.now()
    due = Recheck.objects.due(at=now).aggregate(
        due=Count("pk"),
        mine=Count("pk", filter=Q(assignee=request.user.pk)),
        overdue=Count("pk", filter=Q(due_at__lte=policy.terms().overdue_from(now))),
    )
    waiting = Proposal.objects.filter(state=Proposal.State.SUBMITTED).count()
    return Group("Verdicts and re-checks", (
        Tile(waiting, "verdicts wait for review", _list("proposal", "state__exact=submitted")),
        Tile(due["due"], "re-checks due", _list("recheck", "due=now")),
        Tile(due["mine"], "of them mine", _list("recheck", "due=now&assignee=me")),
        Tile(due["overdue"], "overdue", _list("recheck", "due=overdue"), alarm=True),
    ))  # fmt: skip


def _articles_and_sources() -> Group:
    working = Q(work_state__in=[Article.State.QUEUED, Article.State.RUNNING])
    failed = Q(work_state=Article.State.FAILED)
    tally = {"working": Count("pk", filter=working), "failed": Count("pk", filter=failed)}
    articles, sources = Article.objects.aggregate(**tally), Source.objects.aggregate(**tally)
    failed_sources = _list("source", "work_state__exact=failed", "sources")
    queued_sources = _list("source", "work_state__exact=queued", "sources")
    return Group("Articles and sources", (
        Tile(articles["working"], "articles being worked on", _list("article", "state=working")),
        Tile(articles["failed"], "articles failed", _list("article", "state=failed"), alarm=True),
        Tile(sources["working"], "sources being fetched", queued_sources),
        Tile(sources["failed"], "sources could not be fetched", failed_sources, alarm=True),
    ))  # fmt: skip
