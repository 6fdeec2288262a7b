"""Sources: what can be cited, and what it said when it was fetched."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import canonical
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, AnyOf, Body, Day, NoQuery, Query, Text
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.source_shapes import (
    SOURCE_STATES,
    CheckShape,
    DifferenceShape,
    SourceShape,
    SourceSummary,
)
from claims.comparing import snapshots_compared
from claims.errors import Conflict, Forbidden
from sources import liveness
from sources.cataloguing import add_source
from sources.differences import difference
from sources.models import Check, Snapshot, Source
from sources.work import WorkQuerySet

TAG = "Sources"
WORK_STATES = {
    "fetching": (Source.State.QUEUED, Source.State.RUNNING),
    "fetched": (Source.State.DONE,),
    "failed": (Source.State.FAILED,),
}


class NewSource(Body):
    url = Text(max_length=2000)
    title = Text(required=False, allow_blank=True, max_length=500)
    kind = serializers.ChoiceField(Source.Kind.choices, required=False)
    publisher = Text(required=False, allow_blank=True, max_length=200)
    published_on = Day(required=False, allow_null=True)


class SourceQuery(PageQuery):
    q = serializers.CharField(required=False, max_length=200, help_text="Part of the title or the address.")
    url = serializers.CharField(required=False, max_length=2000, help_text="Its address; any spelling of it.")
    kind = AnyOf(choices=Source.Kind.choices)
    state = AnyOf(choices=SOURCE_STATES)
    liveness = AnyOf(choices=Source.Liveness.choices, help_text="What its last check found.")


class Sources(Endpoint):
    @operation(
        "sources_list",
        "List sources, newest first",
        tag=TAG,
        query=SourceQuery,
        answers={200: page_shape(SourceSummary)},
    )
    def get(self, request: Request) -> Response:
        query = SourceQuery.read(request)
        rows: WorkQuerySet[Source] = Source.objects.select_related("publisher")
        if words := query.get("q"):
            rows = rows.filter(Q(title__icontains=words) | Q(url__icontains=words))
        if address := query.get("url"):
            rows = rows.filter(url=canonical(address))
        if kinds := query.get("kind"):
            rows = rows.filter(kind__in=kinds)
        if states := query.get("state"):
            rows = rows.filter(work_state__in=[work for state in states for work in WORK_STATES[state]])
        if found := query.get("liveness"):
            rows = rows.filter(liveness__in=found)
        keys = (Key("added_at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(SourceSummary, request)

    @operation(
        "sources_create",
        "Add a source",
        tag=TAG,
        body=NewSource,
        answers={200: SourceShape, 201: SourceShape},
        description="It is fetched in the background. 200 where its address is known already.",
    )
    def post(self, request: Request) -> Response:
        NoQuery.read(request)
        body = NewSource.read(request)
        if not self.person.has_perm("sources.add_source"):
            raise Forbidden("not_allowed", "Your role does not allow you to add sources.")
        body["url"] = canonical(body["url"])
        source, created = add_source(at=timezone.now(), **body)
        return self.source(source.pk, 201 if created else 200)

    def source(self, id: int, status: int) -> Response:
        return self.present(SourceShape, one(sources(), "source", id), status)


class SourceDetail(Endpoint):
    @operation("sources_read", "Read a source", tag=TAG, answers={200: SourceShape}, refuses=(404,))
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        return self.present(SourceShape, one(sources(), "source", id))


class SourceChecks(Endpoint):
    @operation(
        "sources_checks",
        "List a source's checks, newest first",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(CheckShape)},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = PageQuery.read(request)
        one(Source.objects.only("pk"), "source", id)
        keys = (Key("asked_at", datetime, descending=True), NEWEST_ID)
        rows = Check.objects.filter(source=id)
        return page(rows, keys, query=query, request=request).answer(CheckShape, request)

    @operation(
        "sources_check",
        "Have a source checked now",
        tag=TAG,
        answers={202: CheckShape},
        refuses=(404, 409),
        description="Answers at once with the check that waits; the source says later what it found.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        source = one(Source.objects.all(), "source", id)
        if not self.person.has_perm("sources.change_source"):
            raise Forbidden("not_allowed", "Your role does not allow you to have sources checked.")
        check = liveness.check_now(source=source, at=timezone.now())
        if check is None:
            raise Conflict("not_fetched", "The source has not been fetched yet: there is nothing to compare.")
        return self.present(CheckShape, check, 202)


class DifferenceQuery(Query):
    before = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    after = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class SourceDifference(Endpoint):
    @operation(
        "sources_difference",
        "Compare what a source said at two times",
        tag=TAG,
        query=DifferenceQuery,
        answers={200: DifferenceShape},
        refuses=(404, 409),
        description="`before` and `after`: ids of its snapshots; by default the newest and the one before.",
    )
    def get(self, request: Request, id: int) -> Response:
        query = DifferenceQuery.read(request)
        source = one(Source.objects.only("pk"), "source", id)
        before, after = snapshots_compared(
            source=source, before=query.get("before"), after=query.get("after")
        )
        found = difference(before.text, after.text)
        answer = {"before": before, "after": after, "pieces": found.pieces, "complete": found.complete}
        return self.present(DifferenceShape, answer)


def sources() -> WorkQuerySet[Source]:
    """With their snapshots, the texts left out."""
    newest = Snapshot.objects.defer("headers", "text").order_by("-fetched_at", "-pk")
    return Source.objects.select_related("publisher").prefetch_related(Prefetch("snapshots", newest))
