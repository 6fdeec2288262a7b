"""Claims that were merged: whoever asks for one is sent to the claim that stands for it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.models import Claim


class Moved(Exception):  # noqa: N818 - an answer, not an error
    """What was asked for is at another claim; `claim` is its id."""

    def __init__(self, claim: int) -> None:
        super().__init__(claim)
        self.claim = claim


class MovedShape(serializers.Serializer[Any]):
    """The claim was merged into another one: the same question is answered at Location."""

    detail = serializers.CharField()
    code = serializers.ChoiceField(["merged"])
    claim = serializers.IntegerField(help_text="The claim that stands for it.")
    claim_url = serializers.URLField()


class KinShape(serializers.Serializer[Claim]):
    """What a claim was merged into or from, and split from or into, by id; `with_clocks` loads them."""

    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The claim that stands for it."
    )
    merged_from = serializers.ListField(
        source="merged_ids", child=serializers.IntegerField(), help_text="The claims that it stands for."
    )
    split_from = serializers.IntegerField(source="split_from_id", allow_null=True)
    split_into = serializers.ListField(
        source="part_ids", child=serializers.IntegerField(), help_text="The claims that took its place."
    )


def moved(to: Moved, request: Request) -> Response:
    """308, so that nobody who followed it once need ask here again, unless the merge is undone."""
    match = request.resolver_match
    assert match is not None
    query = request.META.get("QUERY_STRING", "")
    location = reverse(match.view_name, args=[to.claim], request=request) + (f"?{query}" if query else "")
    body = {
        "detail": f"This claim was merged into claim {to.claim}.",
        "code": "merged",
        "claim": to.claim,
        "claim_url": reverse("api_claim", args=[to.claim], request=request),
    }
    return Response(body, status=308, headers={"Location": location})
