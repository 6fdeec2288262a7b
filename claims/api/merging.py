"""Merging claims that say the same, and splitting those that say several things."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import merging, splitting
from claims.api.claims import CLAIM_PARTS, TAG, answer_claim
from claims.api.endpoint import Endpoint, one
from claims.api.fields import Body, Identifier, NoQuery, Text
from claims.api.schema import operation
from claims.api.shapes import ClaimShape
from claims.api.statuses import Clocks, statuses, with_clocks
from claims.models import Claim
from claims.splitting import Part
from claims.triage import LONGEST_CLAIM


class NewMerge(Body):
    into = Identifier(help_text="The claim that stands from now on.")
    reason = Text(max_length=500)


class ClaimMerge(Endpoint):
    @operation(
        "claims_merge",
        "Merge a claim into another",
        tag=TAG,
        body=NewMerge,
        answers={200: ClaimShape},
        refuses=(404, 409),
        description="For reviewers. Answers with the claim that stands. The merged one keeps its text, "
        "verdicts and history; its evidence, appearances and links go over; whoever asks for it is sent on "
        "(308), and whoever writes to it gets 409 with `merged_into`. Asked for a moment before the merge "
        "(`known_at`), it answers as it did then.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewMerge.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        into = Claim.objects.filter(pk=body["into"]).first()
        if into is None:
            raise serializers.ValidationError({"into": [f"There is no claim {body['into']}."]})
        at = timezone.now()
        merging.merge(claims=[claim], into=into, reason=body["reason"], by=self.person, at=at)
        return answer_claim(request, into.pk)


class NewPart(Body):
    text = Text(max_length=LONGEST_CLAIM)
    kind = serializers.ChoiceField(Claim.Kind.choices, required=False, help_text="As the whole claim's.")
    appearances = serializers.ListField(
        child=Identifier(), required=False, help_text="Ids of those of its appearances that make this claim."
    )
    evidence = serializers.ListField(
        child=Identifier(), required=False, help_text="Ids of the evidence that speaks of it."
    )


class NewSplit(Body):
    reason = Text(max_length=500)
    parts = serializers.ListField(child=NewPart(), min_length=splitting.FEWEST, max_length=splitting.MOST)


class SplitShape(serializers.Serializer[Any]):
    """The parts in their order."""

    parts = ClaimShape(many=True)


class ClaimSplit(Endpoint):
    @operation(
        "claims_split",
        "Split a claim into parts",
        tag=TAG,
        body=NewSplit,
        answers={201: SplitShape},
        refuses=(404, 409),
        description="For reviewers. The parts are new claims with copies of what was chosen for them; the "
        "claim is retired, keeps all it had and names them in `split_into`.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewSplit.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        parts = [_part(given) for given in body["parts"]]
        at = timezone.now()
        made = splitting.split(claim=claim, parts=parts, reason=body["reason"], by=self.person, at=at)
        clocks = Clocks.of({})
        rows = list(
            with_clocks(Claim.objects.filter(pk__in=[part.pk for part in made]), clocks)
            .select_related(*CLAIM_PARTS)
            .order_by("pk")
        )
        context = {"request": request, "statuses": statuses(rows, clocks)}
        return Response(SplitShape({"parts": rows}, context=context).data, status=201)


def _part(given: dict[str, Any]) -> Part:
    return Part(
        text=given["text"],
        kind=given.get("kind", ""),
        appearances=frozenset(given.get("appearances", ())),
        evidence=frozenset(given.get("evidence", ())),
    )
