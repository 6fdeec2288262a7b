"""Fields and bodies that take what they say they take, and nothing that merely looks like it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from claims.models import Rating

LARGEST_ID = 2**63 - 1
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# In an address a bare + means a space: 10:00+02:00 arrives so.
UNESCAPED_PLUS = re.compile(r"(T[\d:.]+) (\d\d:?\d\d)$")


class Text(serializers.CharField):
    """A JSON string; numbers and true are not silently turned into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Number(serializers.IntegerField):
    """A whole JSON number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class Identifier(Number):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Day(serializers.DateField):
    """An ISO day, 2019-06-28."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Instant(serializers.DateTimeField):
    """An ISO moment, told in UTC; one that comes without an offset is UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class Moment(Instant):
    """An ISO moment in a request; a bare day means its start (or its end), where the newsroom is."""

    def __init__(self, *, end_of_day: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.end_of_day = end_of_day

    def to_internal_value(self, value: Any) -> datetime:
        if isinstance(value, str) and DAY.fullmatch(value):
            border = time.max if self.end_of_day else time.min
            return timezone.make_aware(datetime.combine(Day().to_internal_value(value), border))
        if isinstance(value, str):
            value = UNESCAPED_PLUS.sub(r"\1+\2", value)
        return super().to_internal_value(value)


@extend_schema_field(OpenApiTypes.URI)
class Link(serializers.Field[Any, Any, str, Any]):
    """The absolute address of a resource of ours, by view name and the object's id."""

    def __init__(self, view: str, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)
        self.view = view

    def to_representation(self, value: Any) -> str:
        return str(reverse(self.view, args=[value.pk], request=self.context["request"]))


@extend_schema_field(serializers.ChoiceField(Rating.choices, allow_null=True))
class RatingField(serializers.ReadOnlyField):
    """A rating, null where there is none or it was withdrawn."""

    def to_representation(self, value: str) -> str | None:
        return value or None


@extend_schema_field(serializers.CharField(allow_null=True))
class ReasonField(serializers.ReadOnlyField):
    """A reason, null where it is redacted."""

    def to_representation(self, value: str) -> str | None:
        return value or None


class Body(serializers.Serializer[Any]):
    """A request's body: unknown members are refused, so that a misspelt one is not silently lost."""

    @classmethod
    def read(cls, request: Request, **kwargs: Any) -> dict[str, Any]:
        body = cls(data=request.data, context={"request": request}, **kwargs)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            refuse_unknown(data, self.fields, "member")
        return super().to_internal_value(data)


class Query(serializers.Serializer[Any]):
    """A request's query parameters: each at most once, lists excepted; unknown ones are refused."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        query = cls(context={"request": request})
        given = request.query_params
        refuse_unknown(given, query.fields, "parameter")
        data: dict[str, Any] = {}
        for name in given:
            values = given.getlist(name)
            many = isinstance(query.fields[name], serializers.ListField)
            if len(values) > 1 and not many:
                raise serializers.ValidationError({name: ["Give this once."]})
            data[name] = values if many else values[0]
        query = cls(data=data, context={"request": request})
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


class NoQuery(Query):
    """For operations without parameters."""


class AnyOf(serializers.ListField):
    """A parameter that may be repeated: `?state=new&state=in_progress`."""

    def __init__(self, *, choices: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"required": False, "max_length": 20}
        super().__init__(**(defaults | {"child": serializers.ChoiceField(choices)} | kwargs))

    def run_child_validation(self, data: list[Any]) -> list[Any]:
        """The values. Errors are the parameter's, not those of a place in a list."""
        errors: list[Any] = []
        for value in data:
            try:
                self.child.run_validation(value)
            except serializers.ValidationError as error:
                errors += error.get_full_details()
        if errors:
            raise serializers.ValidationError([error["message"] for error in errors], errors[0]["code"])
        return list(data)


def refuse_unknown(given: Any, known: Any, what: str) -> None:
    """Raise ValidationError for names that are not fields."""
    unknown = [name for name in given if name not in known]
    if unknown:
        names = ", ".join(known) or "none"
        raise serializers.ValidationError(
            {name: [f"There is no such {what} here; known: {names}."] for name in unknown}
        )
