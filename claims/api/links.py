"""Links between claims."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import links
from claims.api.endpoint import Endpoint, one, standing_claim
from claims.api.fields import Body, Identifier, Instant, NoQuery
from claims.api.moved import MovedShape
from claims.api.paging import OLDEST_ID, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import PersonShape
from claims.models import Claim, ClaimLink

TAG = "Links"


class ClaimLinkShape(serializers.Serializer[ClaimLink]):
    """`claim` contradicts, says the same as, or follows from `other`; the first two hold both ways."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(ClaimLink.Kind.choices)
    claim = serializers.IntegerField(source="claim_id")
    claim_text = serializers.CharField(source="claim.text")
    other = serializers.IntegerField(source="other_id")
    other_text = serializers.CharField(source="other.text")
    linked_by = PersonShape()
    linked_at = Instant()


class NewLink(Body):
    kind = serializers.ChoiceField(ClaimLink.Kind.choices)
    other = Identifier(help_text="The other claim's id.")


def link_rows() -> Any:
    rows = ClaimLink.objects.select_related("claim", "other", "linked_by")
    return rows.defer("claim__search", "other__search")


class ClaimLinks(Endpoint):
    @operation(
        "claims_links",
        "List a claim's links, oldest first",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(ClaimLinkShape), 308: MovedShape},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = PageQuery.read(request)
        standing_claim(Claim.objects.only("merged_into"), id)
        rows = link_rows().filter(Q(claim=id) | Q(other=id))
        return page(rows, (OLDEST_ID,), query=query, request=request).answer(ClaimLinkShape, request)

    @operation(
        "claims_link",
        "Link a claim with another",
        tag=TAG,
        body=NewLink,
        answers={201: ClaimLinkShape},
        refuses=(404, 409),
        description="Where the verdicts of the two do not go together, both are looked at again.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewLink.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        other = Claim.objects.filter(pk=body["other"]).first()
        if other is None:
            raise serializers.ValidationError({"other": [f"There is no claim {body['other']}."]})
        made = links.link(claim=claim, other=other, kind=body["kind"], by=self.person, at=timezone.now())
        return self.present(ClaimLinkShape, one(link_rows(), "link", made.pk), 201)


class LinkDetail(Endpoint):
    @operation("links_delete", "Take a link away", tag=TAG, answers={204: None}, refuses=(404,))
    def delete(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        links.unlink(link=one(ClaimLink.objects.all(), "link", id), by=self.person)
        return Response(status=204)
