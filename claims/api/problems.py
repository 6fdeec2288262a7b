"""One shape for everything that is refused: RFC 9457 problem details."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, IntegrityError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.moved import Moved, moved
from claims.api.wire import JsonAnswer
from claims.errors import Refused

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# What a status says by itself; such a problem's type is "about:blank" and its title the status' own.
PLAIN = {
    400: "malformed",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    411: "length_required",
    413: "too_large",
    415: "unsupported_media_type",
    429: "throttled",
    500: "internal",
}
WHOLE = "non_field_errors"
# Where the framework's words do not say what would be right.
BETTER = {
    406: "Only JSON is served: Accept: application/json.",
    415: "Only JSON is read: Content-Type: application/json.",
}


class LengthRequired(exceptions.APIException):
    """A body sent in chunks: without its length it could not be told from none."""

    status_code = 411
    default_code = "length_required"
    default_detail = "Say how long the body is: Content-Length."


class FieldError(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="The member or parameter, dotted where nested; empty: the whole.")
    message = serializers.CharField(help_text="What is wrong with it and what would be right.")
    code = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """Problem details (RFC 9457). Conflicts carry the present state in further members."""

    type = serializers.CharField(help_text="A URI reference for the kind of problem, or about:blank.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened, for a person.")
    code = serializers.CharField(help_text="What happened, for a program.")
    errors = FieldError(many=True)  # type: ignore[assignment]


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    **data: Any,
) -> Response:
    plain = PLAIN.get(status) == code
    members = {
        "type": "about:blank" if plain else f"/api/v1/problems#{code}",
        "title": HTTPStatus(status).phrase if plain else code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors or [],
    }
    return Response(data | members, status=status, headers=headers, content_type=MEDIA_TYPE)


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """Turn whatever a view raised into a problem, in JSON also where a page was asked for."""
    request: Request | None = context.get("request")
    if request is not None:
        request.accepted_renderer, request.accepted_media_type = JsonAnswer(), JsonAnswer.media_type
    return _problem_of(error, request)


def _problem_of(error: Exception, request: Request | None) -> Response:
    """What nobody foresaw is logged and told as a 500."""
    match error:
        case Moved() if request is not None:
            return moved(error, request)
        case Refused():
            return _refused(error)
        case exceptions.ValidationError():
            errors = list(_flatten(error.detail))
            return problem(422, "invalid", _summary(errors), errors=errors)
        case Http404():
            return problem(404, "not_found", _words(error) or "There is nothing here.")
        case exceptions.APIException():
            return _api_exception(error)
        case PermissionDenied():
            return problem(403, "not_allowed", _words(error) or "This is not allowed.")
        case RequestDataTooBig():
            return problem(413, "too_large", "The body is larger than this server takes.")
        case UnreadablePostError():
            return problem(400, "malformed", "The body could not be read to its end.")
        case IntegrityError():
            log.warning("the database refused a write", exc_info=error)
            return problem(
                409, "conflict", "Somebody else was first, or this is there already. Read it again."
            )
        case DataError():
            log.warning("the database refused a value", exc_info=error)
            return problem(422, "invalid", "A value is out of the range that can be stored.")
        case _:
            asked = f"{request.method} {request.path}" if request is not None else "a request"
            log.error("%s failed", asked, exc_info=error)
            return problem(500, "internal", "Something went wrong on our side; it has been logged.")


def _refused(error: Refused) -> Response:
    errors = []
    if error.field:
        errors = [{"field": error.field, "message": error.message, "code": error.code}]
    return problem(error.status, error.code, error.message, errors=errors, **error.data)


def _api_exception(error: exceptions.APIException) -> Response:
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(round(wait))
    status = error.status_code
    # Our own codes ("bad_key", "no_scope") say more than the framework's.
    own = str(error.detail.code) if isinstance(error.detail, exceptions.ErrorDetail) else ""
    code = own if own and own != error.default_code else PLAIN.get(status, error.default_code)
    return problem(status, code, BETTER.get(status, str(error.detail)), headers=headers)


def _flatten(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = path if name == WHOLE else f"{path}.{name}".lstrip(".")
            yield from _flatten(inner, here)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flatten(inner, path)
    else:
        yield {"field": path, "message": str(detail), "code": str(getattr(detail, "code", "invalid"))}


def _summary(errors: list[dict[str, str]]) -> str:
    first = errors[0] if errors else {"field": "", "message": "The request cannot be used."}
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{first['field'] or 'body'}: {first['message']}{more}"


def _words(error: Exception) -> str:
    return str(error.args[0]) if error.args and isinstance(error.args[0], str) else ""
