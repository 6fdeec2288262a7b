"""The admin site: who may enter, and the looser content policy that only its answers carry.

It imports nothing of `claims.admin`, whose pages register themselves here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

# Alpine.js, which the theme is built on, evaluates expressions and sets styles in attributes;
# its pop-ups are frames of the site itself.
POLICY = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-ancestors": [SELF],
}


class RecheckAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    index_title = "Overview"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role works here; what they may do is the role's matter."""
        user = request.user
        return user.is_active and (user.is_staff or user.has_perm("claims.view_claim"))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The desk's log-in page is the only one."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied("Your account has no role that may use the admin.")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), settings.LOGIN_URL)

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        return cast(Callable[..., HttpResponse], csp_replace(POLICY)(super().admin_view(view, cacheable)))
