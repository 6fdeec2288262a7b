"""A caller with a key. Whatever is answered is held against the schema, by operation and status."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from openapi_schema_validator import OAS31Validator

from claims.models import User
from tests.factories import key_for, make_user

ROOT = "/api/v1"


@cache
def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))
    return made


@cache
def operations() -> list[tuple[re.Pattern[str], str, dict[str, Any]]]:
    return [
        (re.compile(re.sub(r"\{\w+\}", r"[0-9]+", path) + "$"), method.upper(), described)
        for path, methods in schema()["paths"].items()
        for method, described in methods.items()
    ]


def operation_at(method: str, path: str) -> dict[str, Any] | None:
    for pattern, its_method, described in operations():
        if its_method == method and pattern.match(path):
            return described
    return None


def conforms(method: str, path: str, response: Any) -> None:
    """Fail unless the schema says that this operation answers this status with this body."""
    described = operation_at(method, path)
    if described is None or response.status_code == 304 or not (response.streaming or response.content):
        return
    answer = described["responses"][str(response.status_code)]
    media = answer["content"][response.headers["Content-Type"]]
    if response.streaming:
        return  # a file
    rules = {"components": schema()["components"], **media["schema"]}
    OAS31Validator(rules, format_checker=OAS31Validator.FORMAT_CHECKER).validate(response.json())


class Caller:
    """Calls the API with a key, or without one."""

    def __init__(self, key: str | None, user: User | None = None) -> None:
        self.user = user
        self.client = Client(headers={"Authorization": f"Bearer {key}"} if key else None)

    def send(self, method: str, path: str, body: Any = None, **extra: Any) -> Any:
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        if body is not None:
            extra = {"data": data, "content_type": "application/json"} | extra
        response = self.client.generic(method, ROOT + path, **extra)
        conforms(method, ROOT + path.partition("?")[0], response)
        return response

    def get(self, path: str, **extra: Any) -> Any:
        return self.send("GET", path, **extra)

    def post(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.send("POST", path, body, **extra)

    def patch(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.send("PATCH", path, body, **extra)

    def delete(self, path: str, **extra: Any) -> Any:
        return self.send("DELETE", path, **extra)


def caller(role: str = "reviewer", *scopes: str) -> Caller:
    user = make_user(role)
    return Caller(key_for(user, *scopes), user)


@pytest.fixture
def api(db: None) -> Caller:
    """A reviewer's program with every scope."""
    return caller()


@pytest.fixture
def editor(db: None) -> Caller:
    return caller("editor")


@pytest.fixture
def stranger(db: None) -> Caller:
    return Caller(None)


def is_problem(
    response: Any, status: int, code: str | None = None, field: str | None = None
) -> dict[str, Any]:
    """Fail unless this is a problem of this kind; returns it."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "code", "errors"} <= set(found)
    assert found["status"] == status
    assert found["detail"]
    if code is not None:
        assert found["code"] == code
    if field is not None:
        assert field in [error["field"] for error in found["errors"]], found
    return found
