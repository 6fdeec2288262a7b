"""The page of the whole audit, newest first."""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from claims import audit
from claims.models import User
from sources.admin import ReadOnlyAdmin

ON_A_PAGE = 50
# How far back the page leads; earlier events are found on the page of what they changed.
LAST_PAGE = 40


@admin.register(pghistory.models.Events)
class AuditAdmin(ReadOnlyAdmin):
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.view_claim")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return audit_page(request, self.admin_site.each_context(request))


def audit_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    page = min(max(_number(request.GET.get("page")) or 1, 1), LAST_PAGE)
    kind, who = request.GET.get("kind", ""), _number(request.GET.get("who"))
    found = audit.newest(kind=kind, who=who, offset=(page - 1) * ON_A_PAGE, number=ON_A_PAGE + 1)
    answer = {
        **context,
        "title": "Audit",
        "entries": found[:ON_A_PAGE],
        "kinds": sorted(audit.event_models()),
        "kind": kind,
        "people": User.objects.order_by("first_name", "last_name", "username"),
        "who": who,
        "newer": _address(request.GET, page - 1) if page > 1 else "",
        "older": _address(request.GET, page + 1) if len(found) > ON_A_PAGE and page < LAST_PAGE else "",
    }
    return TemplateResponse(request, "admin/audit.html", answer)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else None


def _address(asked: QueryDict, page: int) -> str:
    query = asked.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"
