"""Taking back what was done with this key, or in this session."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import undo
from claims.api.endpoint import Endpoint, one
from claims.api.fields import Instant, NoQuery
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.models import UndoStep

TAG = "Undo"


class UndoStepShape(serializers.Serializer[UndoStep]):
    """One request that changed something."""

    id = serializers.IntegerField(source="pk")
    words = serializers.CharField(help_text="What was done.")
    claim = serializers.IntegerField(source="claim_id", allow_null=True, help_text="To which claim.")
    at = Instant()
    undone_at = Instant(allow_null=True)


class UndoSteps(Endpoint):
    @operation(
        "undo_list",
        "List what this key changed in the last day, newest first",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(UndoStepShape)},
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request)
        rows = undo.steps(by=self.person, **self.sitting)
        keys = (Key("at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(UndoStepShape, request)


class UndoOne(Endpoint):
    @operation(
        "undo",
        "Undo a change",
        tag=TAG,
        answers={200: UndoStepShape},
        refuses=(404, 409),
        description="All that one request changed is put back, or nothing: 409 `changed_since` where "
        "somebody changed the same since, `verdict_published` where a verdict was published on it, `in_use` "
        "where something else rests on it. A published verdict is not undone.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        step = one(undo.steps(by=self.person, **self.sitting), "change of yours", id)
        return self.present(UndoStepShape, undo.undo(step=step, by=self.person, at=timezone.now()))
