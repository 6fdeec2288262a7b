"""What all of the API's views share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from claims import standing, undo
from claims.api.moved import Moved
from claims.api.problems import LengthRequired
from claims.api.schema import Described
from claims.api.wire import ByAcceptHeader, JsonAnswer, JsonBody
from claims.models import ApiKey, Claim, User

Row = TypeVar("Row", bound=Model)


class Endpoint(APIView):
    http_method_names = ["get", "head", "post", "patch", "delete"]
    parser_classes = [JsonBody]
    renderer_classes = [JsonAnswer]
    content_negotiation_class = ByAcceptHeader
    schema = Described()
    # The scope a method needs, where it is not read or write.
    scopes: ClassVar[dict[str, str]] = {}

    @property
    def person(self) -> User:
        """Who asks; the permission has seen to it that it is somebody."""
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def sitting(self) -> dict[str, Any]:
        """What undoable steps belong to: the caller's key, or the session of who is logged in."""
        if isinstance(self.request.auth, ApiKey):
            return {"api_key": self.request.auth}
        return {"session": self.request.session.session_key}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.begun_at = timezone.now()
        super().initial(request, *args, **kwargs)
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            raise LengthRequired

    def present(self, shape: type[BaseSerializer[Any]], what: Any, status: int = 200) -> Response:
        return Response(shape(what, context={"request": self.request}).data, status=status)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if request.method not in SAFE_METHODS and response.status_code < 400:
            undo.record(by=self.person, at=self.begun_at, **self.sitting)
        final = super().finalize_response(request, response, *args, **kwargs)
        final.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(final, ["Authorization"])
        if isinstance(final, Response) and final.status_code == 200 and request.method in {"GET", "HEAD"}:
            final.add_post_render_callback(lambda rendered: _not_modified(request, rendered))
        return final


def _not_modified(request: Request, response: Response) -> HttpResponseBase | None:
    """A 304 in place of the answer where the caller has it already."""
    set_response_etag(response)
    return get_conditional_response(request._request, etag=response.headers["ETag"], response=response)


def one(rows: QuerySet[Row], what: str, id: int) -> Row:
    """The row with this id, or a 404 that says what there is none of."""
    row = rows.filter(pk=id).first()
    if row is None:
        raise Http404(f"There is no {what} {id}.")
    return row


def standing_claim(rows: QuerySet[Claim], id: int, *, known_at: datetime = standing.EVER) -> Claim:
    """The claim with this id; where another one stood for it at `known_at`, the caller is sent there."""
    claim = one(rows, "claim", id)
    end = standing.end_of(claim, known_at=known_at)
    if end != id:
        raise Moved(end)
    return claim
