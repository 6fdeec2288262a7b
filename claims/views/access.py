"""The door to every page: who may pass, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from claims import undo
from claims.errors import Refused
from claims.models import User

Rest = ParamSpec("Rest")
# In the session: the step that the next page offers to undo.
OFFERED = "undo"
# Members of a form that no person wrote.
UNTYPED = frozenset({"csrfmiddlewaretoken", "next"})


class DeskRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User
    htmx: HtmxDetails


View = Callable[Concatenate[DeskRequest, Rest], HttpResponseBase]


def signed_in(
    *methods: str,
) -> Callable[[View[Rest]], Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]]:
    """Let only people who are signed in pass, with these methods; tell refusals of the domain in words."""

    def guard(view: View[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            desk_request = cast(DeskRequest, request)
            if not request.user.is_authenticated:
                return _ask_to_sign_in(desk_request)
            if not desk_request.user.has_perm("claims.view_claim"):
                raise PermissionDenied
            at = timezone.now()
            try:
                answer = view(desk_request, *args, **kwargs)
            except Refused as refused:
                answer = refuse(desk_request, refused)
            if request.method == "POST" and answer.status_code < 400:
                _offer_undo(desk_request, answer, at)
            if desk_request.htmx.boosted:
                # A part of the page changes; its address is no page to come back to.
                answer["HX-Push-Url"] = "false"
            return answer

        return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponseBase], guarded)

    return guard


def refuse(request: DeskRequest, refused: Refused) -> HttpResponse:
    """Say no: beside the page for htmx, on the page it came from for a form, else as a page of its own."""
    if request.htmx:
        return notice(request, refused.message, status=refused.status)
    if "merged_into" in refused.data:
        # The page it came from leads elsewhere by now: what was typed is shown here.
        typed = [words for name, words in request.POST.items() if name not in UNTYPED and len(words) > 20]
        context = {"message": refused.message, "merged_into": refused.data["merged_into"], "typed": typed}
        return render(request, "refused.html", context, status=refused.status)
    if request.method == "POST":
        messages.error(request, refused.message)
        return redirect(came_from(request))
    return render(request, "refused.html", {"message": refused.message}, status=refused.status)


def notice(request: HttpRequest, message: str, *, status: int, level: str = "error") -> HttpResponse:
    """A notice that htmx puts above the page, leaving what was typed in place."""
    answer = render(request, "parts/_notice.html", {"message": message, "level": level}, status=status)
    answer["HX-Retarget"] = "#notices"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def came_from(request: HttpRequest, otherwise: str = "desk") -> str:
    """The page of ours that a form was sent from."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return otherwise


def number_in(text: str) -> int | None:
    """A number in an address, such as an id; None where there is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def go(request: DeskRequest, address: str) -> HttpResponse:
    """Send the whole browser there, from a form or from htmx."""
    if request.htmx:
        answer = HttpResponse(status=204)
        if urlsplit(address).path == urlsplit(request.htmx.current_url or "").path:
            answer["HX-Refresh"] = "true"  # To go to a # of the same page would load nothing.
        else:
            answer["HX-Redirect"] = address
        return answer
    return redirect(address)


def _offer_undo(request: DeskRequest, answer: HttpResponseBase, at: datetime) -> None:
    """Where something was changed, a button that takes it back: here for htmx, else on the next page."""
    step = undo.record(by=request.user, at=at, session=request.session.session_key)
    if step is None:
        return
    if request.htmx and answer.status_code == 200 and isinstance(answer, HttpResponse):
        answer.content += render_to_string("parts/_undo.html", {"step": step, "oob": True}, request).encode()
    else:
        request.session[OFFERED] = step.pk


def _ask_to_sign_in(request: DeskRequest) -> HttpResponse:
    if request.htmx:
        words = (
            "You have been signed out. Sign in in another tab, then do this again: your text is still here."
        )
        return notice(request, words, status=401)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request, "/")
    return redirect_to_login(back)
