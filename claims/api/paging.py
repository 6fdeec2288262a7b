"""Keyset paging: a page starts after the last row of the one before, whatever was added meanwhile."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api.fields import LARGEST_ID, Query

Row = TypeVar("Row", bound=Model)
BAD_CURSOR = "This cursor is not one of this list's: take `next` as it came, or start without one."


class PageQuery(Query):
    limit = serializers.IntegerField(
        min_value=1, max_value=100, default=50, help_text="How many at most, 1 to 100."
    )
    cursor = serializers.CharField(
        max_length=500, required=False, help_text="Where to go on: taken from `next`, opaque."
    )


@dataclass(frozen=True)
class Key:
    """A column of the order. Unique together, never null."""

    name: str
    kind: type[int] | type[datetime]
    descending: bool = False

    @property
    def order(self) -> str:
        return f"-{self.name}" if self.descending else self.name


NEWEST_ID = Key("pk", int, descending=True)
OLDEST_ID = Key("pk", int)


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    next: str | None

    def answer(
        self, shape: type[serializers.BaseSerializer[Any]], request: Request, **context: Any
    ) -> Response:
        results = shape(self.rows, many=True, context={"request": request, **context}).data
        return Response({"results": results, "next": self.next})


def page_shape(shape: type[serializers.BaseSerializer[Any]]) -> type[serializers.Serializer[Any]]:
    """How a page of these is described."""
    name = shape.__name__.removesuffix("Shape").removesuffix("Summary")
    link = serializers.URLField(allow_null=True, help_text="The next page; null: this is the last.")
    return type(f"{name}Page", (serializers.Serializer,), {"results": shape(many=True), "next": link})


def page(rows: QuerySet[Row], keys: tuple[Key, ...], *, query: dict[str, Any], request: Request) -> Page[Row]:
    """The rows after the cursor, in the order of `keys`, and the address of the next page."""
    limit: int = query["limit"]
    if cursor := query.get("cursor"):
        rows = rows.filter(_after(keys, _decode(cursor, keys)))
    found = list(rows.order_by(*(key.order for key in keys))[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    following = _encode(found[limit - 1], keys)
    return Page(found[:limit], replace_query_param(request.build_absolute_uri(), "cursor", following))


def _after(keys: tuple[Key, ...], values: list[Any]) -> Q:
    """Rows that sort after `values`: (a, b) > (x, y), spelt so that an index on a is used."""
    first = keys[0]
    wanted = Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": values[0]})
    later = Q(pk__in=[])
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        later |= equal & Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
        equal &= Q(**{key.name: value})
    return wanted & later


def _mark(keys: tuple[Key, ...]) -> str:
    return ",".join(key.order for key in keys)


def _encode(row: Model, keys: tuple[Key, ...]) -> str:
    values = [getattr(row, key.name) for key in keys]
    return urlsafe_b64encode(orjson.dumps([_mark(keys), *values])).rstrip(b"=").decode()


def _decode(cursor: str, keys: tuple[Key, ...]) -> list[Any]:
    try:
        mark, *values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if mark != _mark(keys):
            raise ValueError(mark)
        return [_value(value, key) for value, key in zip(values, keys, strict=True)]
    except (ValueError, TypeError, binascii.Error) as error:
        raise serializers.ValidationError({"cursor": [BAD_CURSOR]}) from error


def _value(value: Any, key: Key) -> int | datetime:
    if key.kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    if isinstance(value, bool) or not isinstance(value, int) or not -LARGEST_ID <= value <= LARGEST_ID:
        raise ValueError(value)
    return value
