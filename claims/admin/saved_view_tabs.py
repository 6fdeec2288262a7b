"""Saved views above the list of claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims import saved_views
from claims.admin.base import person
from claims.errors import Refused
from claims.models import User

# What of a list's address is not a filter.
PASSING = ("p", "e", "all", "page", "_changelist_filters")


@dataclass(frozen=True)
class Tab:
    name: str
    address: str
    active: bool
    shared: bool
    edit: str


def tabs(somebody: User, asked: QueryDict) -> dict[str, Any]:
    """The context of the tabs: one's own views and everybody's, and what would be saved now."""
    address = reverse("admin:claims_claim_changelist")
    now = _filters(asked.urlencode())
    shown = [
        Tab(
            name=view.name,
            address=f"{address}?{view.query}",
            active=_filters(view.query) == now,
            shared=view.shared,
            edit=reverse("admin:claims_savedview_change", args=[view.pk])
            if view.owner_id == somebody.pk
            else "",
        )
        for view in saved_views.visible_to(somebody)
    ]
    query = QueryDict(mutable=True)
    for name, value in now:
        query.appendlist(name, value)
    return {
        "saved_views": shown,
        "query_now": query.urlencode(),
        "no_filters": not now,
        "all_claims": address,
    }


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list's filters under a name, and show the list with them again."""
    if not request.user.has_perm("claims.add_savedview"):
        raise PermissionDenied
    query = request.POST.get("query", "")
    try:
        view = saved_views.save(
            name=request.POST.get("name", ""),
            query=query,
            shared="shared" in request.POST,
            by=person(request),
        )
        messages.success(request, f"The view “{view.name}” is saved.")
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(f"{reverse('admin:claims_claim_changelist')}?{query}")


def _filters(query: str) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in parse_qsl(query) if name not in PASSING)
