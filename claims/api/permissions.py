"""What a caller may do at all. What their role allows, the domain checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from claims.models import ApiKey

if TYPE_CHECKING:  # The framework reads this module while it loads its views.
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """Reading needs the scope read, the rest write, or what the view's `scopes` says for the method.

    A person who is logged in has every scope; somebody unknown has none.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            raise NotAuthenticated("Give a key: Authorization: Bearer rck_…, or log in.")
        if not request.user.has_perm("claims.view_claim"):
            raise PermissionDenied("This account has no role; an administrator gives it one.", "no_role")
        if request.method not in view.allowed_methods or not isinstance(request.auth, ApiKey):
            return True
        needed = needed_scope(view, request.method)
        if needed not in request.auth.scopes:
            raise PermissionDenied(f"This needs a key with the scope {needed}.", "no_scope")
        return True


def needed_scope(view: APIView, method: str) -> str:
    special: dict[str, str] = getattr(view, "scopes", {})
    return special.get(method) or (ApiKey.Scope.READ if method in SAFE_METHODS else ApiKey.Scope.WRITE)
