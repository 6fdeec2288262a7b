"""Re-checks: what is due, and what the look at it found."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import rechecks
from claims.api.claims import Assignment, assigned_to, person_named
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, Body, Moment, NoQuery, Text
from claims.api.paging import OLDEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import RecheckShape, RecordedShape
from claims.models import Recheck
from claims.models.recheck import RecheckQuerySet

TAG = "Re-checks"
# What a person can find; only a new verdict supersedes.
FOUND = [choice for choice in Recheck.Outcome.choices if choice[0] != Recheck.Outcome.SUPERSEDED]


def recheck_rows() -> RecheckQuerySet:
    return Recheck.objects.select_related("claim", "assignee", "closed_by")


class RecheckQuery(PageQuery):
    due = serializers.BooleanField(required=False, help_text="true: open and due by now; false: not yet due.")
    open = serializers.BooleanField(required=False)
    assignee = serializers.CharField(required=False, max_length=150, help_text="A username, `me` or `none`.")
    claim = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class Rechecks(Endpoint):
    @operation(
        "rechecks_list",
        "List re-checks, soonest due first",
        tag=TAG,
        query=RecheckQuery,
        answers={200: page_shape(RecheckShape)},
    )
    def get(self, request: Request) -> Response:
        query = RecheckQuery.read(request)
        now = timezone.now()
        rows = recheck_rows()
        if "due" in query:
            rows = rows.due(at=now) if query["due"] else rows.open().filter(due_at__gt=now)
        if "open" in query:
            rows = rows.filter(closed_at__isnull=query["open"])
        if username := query.get("assignee"):
            rows = rows.filter(assigned_to(username, self.person))
        if claim := query.get("claim"):
            rows = rows.filter(claim=claim)
        keys = (Key("due_at", datetime), OLDEST_ID)
        return page(rows, keys, query=query, request=request).answer(RecheckShape, request)


class RecheckDetail(Endpoint):
    @operation("rechecks_read", "Read a re-check", tag=TAG, answers={200: RecheckShape}, refuses=(404,))
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        return self.present(RecheckShape, one(recheck_rows(), "re-check", id))


class NewOutcome(Body):
    outcome = serializers.ChoiceField(
        FOUND,
        help_text="`still_so` counts as verified; `changed` asks for a new verdict.",
    )
    note = Text(required=False, allow_blank=True, max_length=20_000)


class RecheckOutcome(Endpoint):
    @operation(
        "rechecks_record_outcome",
        "Record what the look found",
        tag=TAG,
        body=NewOutcome,
        answers={200: RecordedShape},
        refuses=(404, 409),
        description="Closes the re-check and answers with it and the next one.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewOutcome.read(request)
        recheck = one(recheck_rows(), "re-check", id)
        following = rechecks.record_outcome(recheck=recheck, by=self.person, at=timezone.now(), **body)
        closed = one(recheck_rows(), "re-check", id)
        return self.present(RecordedShape, {"recheck": closed, "next": following})


class NewTime(Body):
    due_at = Moment()
    why = Text(max_length=300)


class RecheckReschedule(Endpoint):
    @operation(
        "rechecks_reschedule",
        "Look at another time than the policy says",
        tag=TAG,
        body=NewTime,
        answers={200: RecordedShape},
        refuses=(404, 409),
        description="Closes the re-check as superseded and answers with it and the one in its place.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewTime.read(request)
        recheck = one(recheck_rows(), "re-check", id)
        following = rechecks.reschedule(recheck=recheck, by=self.person, at=timezone.now(), **body)
        closed = one(recheck_rows(), "re-check", id)
        return self.present(RecordedShape, {"recheck": closed, "next": following})


class RecheckAssign(Endpoint):
    @operation(
        "rechecks_assign",
        "Make somebody responsible for a re-check",
        tag=TAG,
        body=Assignment,
        answers={200: RecheckShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        assignee = person_named(Assignment.read(request)["assignee"])
        recheck = one(recheck_rows(), "re-check", id)
        rechecks.hand_over(recheck=recheck, assignee=assignee, by=self.person, at=timezone.now())
        return self.present(RecheckShape, one(recheck_rows(), "re-check", id))
