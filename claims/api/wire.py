"""JSON in and out: strict where it is read, one spelling where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

WRITTEN = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class JsonBody(BaseParser):
    """UTF-8 JSON (RFC 8259): no NaN, no lone surrogates, bounded size and depth."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            message = f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
            raise ParseError(message) from error


class JsonAnswer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, _plain, WRITTEN)


def _plain(value: Any) -> Any:
    """What orjson does not know: lazy texts and choices are their words, spans their seconds."""
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


class JsonLdAnswer(JsonAnswer):
    media_type = "application/ld+json"


class ByAcceptHeader(DefaultContentNegotiation):
    """The Accept header alone decides; `?format=` is a parameter like any other."""

    class settings:  # noqa: N801 - the name the base class reads
        URL_FORMAT_OVERRIDE = None
