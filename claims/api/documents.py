"""Documents about the API and for other systems: the schema, its page, ClaimReview, and what is not there."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from claims import rechecks
from claims.api.endpoint import Endpoint, standing_claim
from claims.api.fields import NoQuery
from claims.api.moved import MovedShape
from claims.api.schema import operation
from claims.api.wire import ByAcceptHeader, JsonAnswer, JsonLdAnswer
from claims.models import Claim
from claims.publication.claimreview import Desk, claim_review
from claims.verdicts import status_of


class Schema(SpectacularJSONAPIView):
    """The OpenAPI description, for everybody."""

    content_negotiation_class = ByAcceptHeader
    authentication_classes: list[type] = []
    permission_classes = [AllowAny]


class Docs(SpectacularSwaggerSplitView):
    """The same as a page to try things on; no inline script or style, so the CSP stays as strict as it is."""

    url_name = "api_schema"
    template_name = "api/docs.html"
    content_negotiation_class = ByAcceptHeader
    authentication_classes: list[type] = []
    permission_classes = [AllowAny]


class ClaimReview(Endpoint):
    renderer_classes = [JsonAnswer, JsonLdAnswer]

    @operation(
        "claims_claimreview",
        "Read a claim as schema.org ClaimReview",
        tag="Claims",
        answers={200: OpenApiTypes.OBJECT, 308: MovedShape},
        refuses=(404,),
        media_types=("application/json", "application/ld+json"),
        description="JSON-LD of the verdict in force today. Ratings off the truth axis carry no number. "
        "404 where nothing is published, it was withdrawn, or the claim was changed since.",
    )
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        claim = standing_claim(Claim.objects.select_related("claimant"), id)
        now = timezone.now()
        verdict = status_of(claim=claim, as_of=timezone.localdate(now), known_at=now)
        if verdict is None or not verdict.rating or claim.state == Claim.State.RETIRED:
            raise Http404(f"Nothing is published about claim {id}.")
        if rechecks.changed_after_verdict([id]):
            raise Http404(f"Claim {id} was changed after its verdict and is being looked at again.")
        desk = Desk(name=settings.SITE_NAME, url=settings.SITE_URL + "/")
        page = settings.SITE_URL + reverse("claim", args=[id])
        return Response(claim_review(claim=claim, verdict=verdict, desk=desk, url=page))


class NothingHere(Endpoint):
    """Whatever else is asked for under /api/."""

    authentication_classes: list[type] = []
    permission_classes = [AllowAny]
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    schema = None  # type: ignore[assignment]  # not described

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        raise Http404("There is nothing at this address; /api/v1/docs says what there is.")
