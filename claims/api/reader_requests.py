"""Readers' requests, for reviewers to decide. Readers themselves use the form on the site."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import reader_requests
from claims.api.endpoint import Endpoint, one
from claims.api.fields import AnyOf, Body, Instant, NoQuery, Text
from claims.api.paging import OLDEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import PersonShape
from claims.errors import require
from claims.models import ReaderRequest

TAG = "Readers' requests"
PARTS = ("claim", "decided_by")


class ReaderRequestShape(serializers.Serializer[ReaderRequest]):
    id = serializers.IntegerField(source="pk")
    claim = serializers.IntegerField(source="claim_id")
    claim_text = serializers.CharField(source="claim.text")
    words = serializers.CharField(help_text="The reader's own; not to be published.")
    asked_at = Instant()
    state = serializers.ChoiceField(ReaderRequest.State.choices)
    decided_by = PersonShape(allow_null=True)
    decided_at = Instant(allow_null=True)
    decline_reason = serializers.CharField(allow_blank=True)


class RequestQuery(PageQuery):
    state = AnyOf(choices=ReaderRequest.State.choices)


class ReaderRequests(Endpoint):
    @operation(
        "reader_requests_list",
        "List readers' requests, oldest first",
        tag=TAG,
        query=RequestQuery,
        answers={200: page_shape(ReaderRequestShape)},
    )
    def get(self, request: Request) -> Response:
        query = RequestQuery.read(request)
        require(self.person, "view_readerrequest", "read readers' requests")
        rows = ReaderRequest.objects.select_related(*PARTS)
        if states := query.get("state"):
            rows = rows.filter(state__in=states)
        keys = (Key("asked_at", datetime), OLDEST_ID)
        return page(rows, keys, query=query, request=request).answer(ReaderRequestShape, request)


class RequestAccept(Endpoint):
    @operation(
        "reader_requests_accept",
        "Look at the claim again, with the reader's words",
        tag=TAG,
        answers={200: ReaderRequestShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        asked = one(ReaderRequest.objects.all(), "reader's request", id)
        reader_requests.accept(request=asked, by=self.person, at=timezone.now())
        return self.present(
            ReaderRequestShape, one(ReaderRequest.objects.select_related(*PARTS), "request", id)
        )


class Declining(Body):
    reason = Text(max_length=500)


class RequestDecline(Endpoint):
    @operation(
        "reader_requests_decline",
        "Leave it, with the reason",
        tag=TAG,
        body=Declining,
        answers={200: ReaderRequestShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = Declining.read(request)
        asked = one(ReaderRequest.objects.all(), "reader's request", id)
        reader_requests.decline(request=asked, by=self.person, at=timezone.now(), **body)
        return self.present(
            ReaderRequestShape, one(ReaderRequest.objects.select_related(*PARTS), "request", id)
        )
