"""API keys: `Authorization: Bearer rck_…`."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims import keys
from claims.models import ApiKey, User

LONGEST_KEY = 200


class ApiKeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = key.strip()
        if not (key.isascii() and key.isprintable() and 0 < len(key) <= LONGEST_KEY):
            raise AuthenticationFailed("Give a key: Authorization: Bearer rck_…", "bad_key")
        found = keys.authenticate(key=key, at=timezone.now())
        if found is None:
            raise AuthenticationFailed("This key is unknown, revoked or past its time.", "bad_key")
        return found.owner, found

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Recheck"'
