"""How operations are described: every one says what it refuses and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.serializers import BaseSerializer

from claims.api.fields import NoQuery, Query
from claims.api.problems import MEDIA_TYPE, Problem

View = TypeVar("View", bound=Callable[..., Any])

WHY = {
    400: "The body is not JSON.",
    401: "No key, or one that is not in force.",
    403: "The key lacks the scope, or the role the permission.",
    404: "There is no such thing.",
    406: "Only JSON is served.",
    409: "Somebody else was first; the members say how things stand now.",
    411: "The body was sent in chunks, without its length.",
    413: "The body is too large.",
    415: "Only JSON is read.",
    422: "A value cannot be used; `errors` names the field.",
}
ALWAYS = (401, 403, 406, 422)
WITH_BODY = (400, 409, 411, 413, 415)


def operation(
    id: str,
    summary: str,
    *,
    tag: str,
    answers: dict[int, Any],
    body: type[BaseSerializer[Any]] | None = None,
    query: type[Query] = NoQuery,
    refuses: tuple[int, ...] = (),
    description: str = "",
    media_types: tuple[str, ...] = ("application/json",),
) -> Callable[[View], View]:
    """Describe a view's method. `refuses` are the statuses beyond those that any operation may answer."""
    statuses = sorted({*ALWAYS, *refuses, *(WITH_BODY if body else ())})
    responses: dict[Any, Any] = {
        (status, media_type): shape
        for status, shape in answers.items()
        for media_type in media_types
        if shape
    }
    responses |= {
        status: OpenApiResponse(description="Done.") for status, shape in answers.items() if not shape
    }
    responses |= {
        (status, MEDIA_TYPE): OpenApiResponse(Problem, description=WHY[status]) for status in statuses
    }
    described: Callable[[View], View] = extend_schema(
        operation_id=id,
        summary=summary,
        description=description or summary,
        tags=[tag],
        request=body,
        parameters=[] if query is NoQuery else [query],
        responses=responses,
    )
    return described


class Described(AutoSchema):
    """Names a component after what it is: VerdictShape is Verdict to the world."""

    def _get_serializer_name(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> str:
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        return name.removesuffix("Shape")


def close_bodies(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say of what is read, and of nothing that is answered, that unknown members are refused."""
    schemas = result["components"]["schemas"]
    for path in result["paths"].values():
        for described in path.values():
            body = described.get("requestBody", {"content": {}})
            for media in body["content"].values():
                name = media["schema"]["$ref"].rpartition("/")[2]
                schemas[name]["additionalProperties"] = False
    return result


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "claims.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key made in the admin or by `manage.py create_api_key`, with the scopes read, "
            "write (create and change) and publish (approve and send back verdicts).",
        }
