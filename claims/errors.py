"""What the domain refuses, with a machine-readable code; one handler turns it into HTTP."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from claims.models import User


class Refused(Exception):  # noqa: N818 - the domain's word; its kinds below say what went wrong
    """A request that the rules do not allow. `message` is for the person, `code` for programs."""

    status = 400

    def __init__(self, code: str, message: str, *, field: str | None = None, **data: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.field, self.data = code, message, field, data


class Invalid(Refused):
    """A value that cannot be used; `field` names it."""

    status = 422


class Forbidden(Refused):
    """The person's role, or their part in it, does not allow this."""

    status = 403


class Conflict(Refused):
    """Somebody else was first; `data` holds the state as it is now."""

    status = 409


class TooMany(Refused):
    """More often than is allowed; later it will do."""

    status = 429


def require(by: User | AnonymousUser, permission: str, to: str) -> None:
    """Refuse unless the person's role allows it. `permission` without its app, `to` in words."""
    if not by.has_perm(f"claims.{permission}"):
        raise Forbidden("not_allowed", f"Your role does not allow you to {to}.")
