"""Evidence: what sources say about a claim."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import evidence as attaching
from claims.api.endpoint import Endpoint, one, standing_claim
from claims.api.fields import AnyOf, Body, Flag, Identifier, NoQuery, Text
from claims.api.moved import MovedShape
from claims.api.paging import OLDEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.source_shapes import EvidenceShape
from claims.models import Claim, Evidence, QuoteLook
from sources.models import Source

TAG = "Evidence"
PARTS = ("source__publisher", "added_by", "latest_look")


class EvidenceQuery(PageQuery):
    stance = AnyOf(choices=Evidence.Stance.choices)
    quote = AnyOf(choices=QuoteLook.Found.choices, help_text="What became of the quote.")


class EvidenceDetails(Body):
    stance = serializers.ChoiceField(Evidence.Stance.choices, required=False)
    quote = Text(required=False, allow_blank=True, max_length=5000, help_text="The passage, word for word.")
    locator = Text(required=False, allow_blank=True, max_length=200, help_text="Page, table, minute.")
    note = Text(required=False, allow_blank=True, max_length=20_000)
    is_primary = Flag(required=False)
    independence_group = Text(
        required=False, allow_blank=True, max_length=80, help_text="Sources with one origin share a group."
    )


class NewEvidence(EvidenceDetails):
    """Give the `url` of a source (which is then fetched), or the id of a `source` known here."""

    url = Text(required=False, max_length=2000)
    source = Identifier(required=False)  # type: ignore[assignment]
    stance = serializers.ChoiceField(Evidence.Stance.choices)


def source_given(body: dict[str, Any]) -> Source | None:
    id = body.pop("source", None)
    if id is None:
        return None
    source = Source.objects.filter(pk=id).first()
    if source is None:
        raise serializers.ValidationError({"source": [f"There is no source {id}."]})
    return source


class ClaimEvidence(Endpoint):
    @operation(
        "claims_evidence",
        "List a claim's evidence, oldest first",
        tag=TAG,
        query=EvidenceQuery,
        answers={200: page_shape(EvidenceShape), 308: MovedShape},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = EvidenceQuery.read(request)
        standing_claim(Claim.objects.only("merged_into"), id)
        rows = Evidence.objects.filter(claim=id).select_related(*PARTS)
        if stances := query.get("stance"):
            rows = rows.filter(stance__in=stances)
        if found := query.get("quote"):
            rows = rows.filter(latest_look__found__in=found)
        keys = (Key("added_at", datetime), OLDEST_ID)
        return page(rows, keys, query=query, request=request).answer(EvidenceShape, request)

    @operation(
        "claims_attach_evidence",
        "Attach evidence to a claim",
        tag=TAG,
        body=NewEvidence,
        answers={201: EvidenceShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewEvidence.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        attached = attaching.attach(
            claim=claim, source=source_given(body), by=self.person, at=timezone.now(), **body
        )
        return self.present(EvidenceShape, one(Evidence.objects.all(), "evidence", attached.pk), 201)


class EvidenceDetail(Endpoint):
    @operation(
        "evidence_read", "Read a piece of evidence", tag=TAG, answers={200: EvidenceShape}, refuses=(404,)
    )
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        return self.present(EvidenceShape, one(Evidence.objects.select_related(*PARTS), "evidence", id))

    @operation(
        "evidence_update",
        "Correct what was noted about evidence",
        tag=TAG,
        body=EvidenceDetails,
        answers={200: EvidenceShape},
        refuses=(404, 409),
    )
    def patch(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = EvidenceDetails.read(request)
        evidence = one(Evidence.objects.all(), "evidence", id)
        attaching.amend(evidence=evidence, by=self.person, at=timezone.now(), **body)
        return self.present(EvidenceShape, one(Evidence.objects.select_related(*PARTS), "evidence", id))

    @operation("evidence_delete", "Take evidence off its claim", tag=TAG, answers={204: None}, refuses=(404,))
    def delete(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        evidence = one(Evidence.objects.all(), "evidence", id)
        attaching.remove(evidence=evidence, by=self.person, at=timezone.now())
        return Response(status=204)
