"""Readers' requests: the public form, and the reviewers' list. No request is ever shown to the public."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims import corrections, rechecks, standing
from claims import reader_requests as domain
from claims.forms.reader_requests import AskForm, DeclineForm
from claims.models import Claim, ReaderRequest
from claims.views.access import DeskRequest, came_from, signed_in

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def reader_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody: ask for another look at a published claim."""
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    if claim.merged_into_id and request.method != "POST":
        return redirect("reader_ask", standing.end_of(claim))
    if claim.merged_into_id is None and claim.state != Claim.State.PUBLISHED:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, auto_id="ask-%s")
    if request.method == "POST":
        done = form.carry_out(
            lambda values: (
                domain.ask(
                    claim=claim,
                    words=values["words"],
                    trap=values["website"],
                    address=client_address(request),
                    at=timezone.now(),
                ),
            )
        )
        if done:
            return redirect(f"{reverse('reader_ask', args=[pk])}?sent=1")
    context = {
        "claim": claim,
        "verdict": claim.verdicts.order_by("-number").first(),
        "corrections": corrections.published(claim=claim),
        "changed_after_verdict": bool(rechecks.changed_after_verdict([claim.pk])),
        "form": form,
        "sent": request.method != "POST" and "sent" in request.GET,
    }
    return render(request, "readers/ask.html", context, status=form.status)


@signed_in("GET")
def reader_requests(request: DeskRequest) -> HttpResponse:
    if not request.user.has_perm("claims.view_readerrequest"):
        raise PermissionDenied
    waiting = request.GET.get("show") != "decided"
    found = ReaderRequest.objects.select_related("claim", "decided_by").defer("claim__search")
    is_waiting = {"state": ReaderRequest.State.WAITING}
    rows = found.filter(**is_waiting) if waiting else found.exclude(**is_waiting).order_by("-decided_at")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": waiting,
        "form": DeclineForm(auto_id=False),
    }
    return render(request, "readers/requests.html", context)


@signed_in("POST")
def request_accept(request: DeskRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ReaderRequest, pk=pk)
    domain.accept(request=asked, by=request.user, at=timezone.now())
    messages.success(request, "Accepted: the claim is due for another look.")
    return redirect(came_from(request, "reader_requests"))


@signed_in("POST")
def request_decline(request: DeskRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ReaderRequest, pk=pk)
    domain.decline(request=asked, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, "Declined.")
    return redirect(came_from(request, "reader_requests"))


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy of ours, what that proxy saw."""
    if settings.BEHIND_PROXY:
        forwarded: str = request.headers.get("X-Forwarded-For", "")
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
