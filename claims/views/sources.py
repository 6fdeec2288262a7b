"""Sources: what stands on them, and what they said when they were fetched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import archives
from claims.comparing import snapshots_compared
from claims.downloads import warc_file
from claims.errors import Conflict, Forbidden
from claims.models import Article, Evidence
from claims.views.access import DeskRequest, number_in, signed_in
from sources import bodies, liveness
from sources.cataloguing import refetch
from sources.differences import difference
from sources.models import Snapshot, Source

PER_PAGE = 40
SHOWN = 50


@signed_in("GET")
def sources(request: DeskRequest) -> HttpResponse:
    found = Source.objects.select_related("publisher").annotate(
        claim_count=Count("evidence__claim", distinct=True)
    )
    words = request.GET.get("q", "").replace("\0", "").strip()
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(url__icontains=words) | Q(publisher__name__icontains=words)
        )
    if request.GET.get("fetch") == "failed":
        found = found.filter(work_state=Source.State.FAILED)
    wanted = request.GET.get("liveness", "")
    if wanted in Source.Liveness:
        found = found.filter(liveness=wanted)
    page = Paginator(found.order_by("-added_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "failed_only": request.GET.get("fetch") == "failed",
        "liveness": wanted,
        "livenesses": Source.Liveness.choices,
    }
    return render(request, "sources/list.html", context)


@signed_in("GET")
def source(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Source.objects.select_related("publisher"), pk=pk)
    evidence = (
        found.evidence.select_related("claim", "added_by", "latest_look")
        .defer("claim__search")
        .order_by("pk")
    )
    context = {
        "source": found,
        "evidence": evidence[:200],
        "snapshots": found.snapshots.defer("headers", "text")[:SHOWN],
        "checks": found.checks.all()[:SHOWN],
    }
    return render(request, "sources/source.html", context)


@signed_in("GET")
def source_options(request: DeskRequest) -> HttpResponse:
    """The newest sources, offered while an address is typed."""
    return render(
        request, "sources/_options.html", {"sources": Source.objects.order_by("-added_at", "-pk")[:50]}
    )


@signed_in("POST")
def source_refetch(request: DeskRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("sources.change_source"):
        raise Forbidden("not_allowed", "Your role does not allow you to fetch sources again.")
    refetch(source=get_object_or_404(Source, pk=pk), at=timezone.now())
    messages.success(request, "The source will be fetched again in a moment.")
    return redirect("source", pk)


@signed_in("POST")
def source_check(request: DeskRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("sources.change_source"):
        raise Forbidden("not_allowed", "Your role does not allow you to have sources checked.")
    if liveness.check_now(source=get_object_or_404(Source, pk=pk), at=timezone.now()) is None:
        raise Conflict("not_fetched", "It has not been fetched yet: there is nothing to compare.")
    messages.success(request, "The source is being checked; what is found stands here in a moment.")
    return redirect("source", pk)


@signed_in("GET")
def snapshot(request: DeskRequest, pk: int) -> HttpResponse:
    """What a page said when it was fetched, as text, with a quote marked where one is asked for."""
    found = get_object_or_404(Snapshot.objects.select_related("source"), pk=pk)
    context: dict[str, Any] = {"snapshot": found, "before": found.text}
    try:
        context["size"] = len(bodies.read(found.content_hash))
    except bodies.Lost as why:
        context["lost"] = why.message
    item = _evidence_named(request.GET.get("quote", ""))
    place = _place(item, found) if item else None
    if item and place:
        start, end = place
        context |= {
            "evidence": item,
            "before": found.text[:start],
            "quote": found.text[start:end],
            "after": found.text[end:],
        }
    return render(request, "sources/snapshot.html", context)


@signed_in("GET")
def source_difference(request: DeskRequest, pk: int) -> HttpResponse:
    """What was taken out of a source's text and put in between two snapshots."""
    found = get_object_or_404(Source, pk=pk)
    before, after = snapshots_compared(
        source=found,
        before=number_in(request.GET.get("before", "")),
        after=number_in(request.GET.get("after", "")),
    )
    item = _evidence_named(request.GET.get("evidence", ""))
    context = {
        "source": found,
        "before": before,
        "after": after,
        "difference": difference(before.text, after.text),
        "evidence": item if item and item.source_id == pk else None,
        "snapshots": found.snapshots.defer("headers", "text")[:SHOWN],
    }
    return render(request, "sources/difference.html", context)


@signed_in("GET")
def source_warc(request: DeskRequest, pk: int) -> StreamingHttpResponse:
    return warc_file(archives.of_source(source=get_object_or_404(Source, pk=pk), by=request.user))


@signed_in("GET")
def article_warc(request: DeskRequest, pk: int) -> StreamingHttpResponse:
    return warc_file(archives.of_article(article=get_object_or_404(Article, pk=pk), by=request.user))


def _evidence_named(text: str) -> Evidence | None:
    pk = number_in(text)
    return Evidence.objects.filter(pk=pk).select_related("claim", "latest_look").first() if pk else None


def _place(item: Evidence, snapshot: Snapshot) -> tuple[int, int] | None:
    """Where the quote stands in this snapshot, as far as it was looked for there."""
    look = item.looks.filter(snapshot=snapshot).first()
    if look is not None and look.start is not None and look.end is not None:
        return look.start, look.end
    if item.snapshot_id == snapshot.pk and item.quote_start is not None:
        return item.quote_start, item.quote_start + len(item.quote)
    return None
