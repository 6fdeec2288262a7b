"""Claims: finding them, reading them, and the work on them before a verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import triage
from claims.api.endpoint import Endpoint, one, standing_claim
from claims.api.fields import LARGEST_ID, AnyOf, Body, Moment, NoQuery, Number, Text
from claims.api.moved import MovedShape
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import ClaimShape
from claims.api.statuses import FRESHNESS, Clocks, StatusQuery, StatusShape, statuses, with_clocks
from claims.losses import LOSSES, lost
from claims.models import Appearance, Claim, Rating, User
from claims.models.claim import WHEN, ClaimQuerySet

TAG = "Claims"
CLAIM_PARTS = ("claimant", "assignee", "topic")
# Ranks are fractions; a cursor needs a number that comes back as it was.
RELEVANCE = Cast(F("rank") * 1_000_000, IntegerField())


class ClaimQuery(PageQuery, StatusQuery):
    q = serializers.CharField(
        required=False,
        max_length=300,
        help_text='Words, "phrases", -without, or; the best match comes first.',
    )
    state = AnyOf(choices=Claim.State.choices)
    rating = AnyOf(
        choices=[*Rating.values, "none"], help_text="As of `as_of`, known at `known_at`; none: no verdict."
    )
    freshness = AnyOf(choices=FRESHNESS)
    kind = AnyOf(choices=Claim.Kind.choices)
    claimant = serializers.CharField(required=False, max_length=200, help_text="Name, alias or id.")
    topic = serializers.CharField(required=False, max_length=80, help_text="A topic's name, or `none`.")
    article = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    assignee = serializers.CharField(required=False, max_length=150, help_text="A username, `me` or `none`.")
    when = serializers.CharField(
        required=False, max_length=21, validators=[WHEN], help_text="2019 also finds 2019-06-28."
    )
    lost = AnyOf(choices=LOSSES, help_text="What it stood on, or came from, and is no longer there.")
    created_after = Moment(required=False)
    created_before = Moment(required=False)


def about_claimant(name_or_id: str) -> Q:
    name = Q(claimant__name__iexact=name_or_id) | Q(claimant__aliases__contains=[name_or_id])
    number = int(name_or_id) if name_or_id.isascii() and name_or_id.isdecimal() else 0
    return name | Q(claimant=number) if 0 < number <= LARGEST_ID else name


def assigned_to(username: str, me: User) -> Q:
    if username == "none":
        return Q(assignee=None)
    return Q(assignee=me) if username == "me" else Q(assignee__username=username)


def by_rating(ratings: list[str]) -> Q:
    found = Q(rating__in=[rating for rating in ratings if rating != "none"])
    return found | Q(rating=None) if "none" in ratings else found


# Each parameter's condition; those that depend on who asks are in `narrow`.
FILTERS: dict[str, Callable[[Any], Q]] = {
    "state": lambda states: Q(state__in=states),
    "rating": by_rating,
    "freshness": lambda states: Q(freshness__in=states),
    "kind": lambda kinds: Q(kind__in=kinds),
    "claimant": about_claimant,
    "topic": lambda name: Q(topic=None) if name == "none" else Q(topic__name__iexact=name),
    "article": lambda id: Q(Exists(Appearance.objects.filter(claim=OuterRef("pk"), article=id))),
    "when": lambda when: Q(when__startswith=when),
    "lost": lambda what: lost(*what),
    "created_after": lambda moment: Q(created_at__gte=moment),
    "created_before": lambda moment: Q(created_at__lt=moment),
}


def narrow(rows: ClaimQuerySet, query: dict[str, Any], me: User) -> ClaimQuerySet:
    for name, condition in FILTERS.items():
        if query.get(name):
            rows = rows.filter(condition(query[name]))
    if query.get("assignee"):
        rows = rows.filter(assigned_to(query["assignee"], me))
    return rows


def answer_claim(
    request: Request, id: int, *, query: dict[str, Any] | None = None, status: int = 200
) -> Response:
    clocks = Clocks.of(query or {})
    rows = with_clocks(Claim.objects.select_related(*CLAIM_PARTS), clocks)
    claim = standing_claim(rows, id, known_at=clocks.known_at)
    context = {"request": request, "statuses": statuses([claim], clocks)}
    return Response(ClaimShape(claim, context=context).data, status=status)


class Claims(Endpoint):
    @operation(
        "claims_list",
        "Find claims",
        tag=TAG,
        query=ClaimQuery,
        answers={200: page_shape(ClaimShape)},
        description="Newest first; where `q` is given, the best match first. Claims that had been merged "
        "into others by `known_at` are left out.",
    )
    def get(self, request: Request) -> Response:
        query = ClaimQuery.read(request)
        clocks = Clocks.of(query)
        standing = Claim.objects.standing(at=clocks.known_at).select_related(*CLAIM_PARTS)
        rows = narrow(with_clocks(standing, clocks), query, self.person)
        keys = (Key("created_at", datetime, descending=True), NEWEST_ID)
        if words := query.get("q"):
            rows = rows.search(words).annotate(relevance=RELEVANCE)
            keys = (Key("relevance", int, descending=True), NEWEST_ID)
        found = page(rows, keys, query=query, request=request)
        return found.answer(ClaimShape, request, statuses=statuses(found.rows, clocks))


class ClaimEdit(Body):
    """What is left out stays. `revision` is the one that was read."""

    revision = Number(min_value=1, max_value=2**31 - 1)
    text = Text(required=False, max_length=2000)
    kind = serializers.ChoiceField(Claim.Kind.choices, required=False)
    claimant = Text(
        required=False, allow_blank=True, max_length=200, help_text="Empty: nobody in particular."
    )
    when = Text(required=False, allow_blank=True, max_length=21, help_text="2019, 2019-06, 2019-07/2019-09.")
    topic = Text(required=False, allow_blank=True, max_length=80, help_text="Its name. Empty: no topic.")


class ClaimDetail(Endpoint):
    @operation(
        "claims_read",
        "Read a claim",
        tag=TAG,
        query=StatusQuery,
        answers={200: ClaimShape, 308: MovedShape},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        return answer_claim(request, id, query=StatusQuery.read(request))

    @operation(
        "claims_update",
        "Edit a claim",
        tag=TAG,
        body=ClaimEdit,
        answers={200: ClaimShape},
        refuses=(404, 409),
        description="409 `claim_changed`, with the claim as it is now, where somebody edited it meanwhile. "
        "A verdict that waits for review is put back, a published claim is due to be looked at again, "
        "unless the topic alone changes.",
    )
    def patch(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = ClaimEdit.read(request)
        triage.edit(claim=one(Claim.objects.all(), "claim", id), by=self.person, at=timezone.now(), **body)
        return answer_claim(request, id)


class ClaimAccept(Endpoint):
    @operation(
        "claims_accept",
        "Take a draft up for checking",
        tag=TAG,
        answers={200: ClaimShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        triage.accept(claim=one(Claim.objects.all(), "claim", id), by=self.person, at=timezone.now())
        return answer_claim(request, id)


class Rejection(Body):
    why = Text(max_length=500)


class ClaimReject(Endpoint):
    @operation(
        "claims_reject",
        "Retire a draft, with the reason",
        tag=TAG,
        body=Rejection,
        answers={200: ClaimShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = Rejection.read(request)
        triage.reject(claim=one(Claim.objects.all(), "claim", id), by=self.person, at=timezone.now(), **body)
        return answer_claim(request, id)


class ClaimRestore(Endpoint):
    @operation(
        "claims_restore",
        "Take an acceptance or a rejection back",
        tag=TAG,
        answers={200: ClaimShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        triage.restore(claim=one(Claim.objects.all(), "claim", id), by=self.person, at=timezone.now())
        return answer_claim(request, id)


class Assignment(Body):
    assignee = Text(allow_null=True, max_length=150, help_text="A username; null: nobody.")


class ClaimAssign(Endpoint):
    @operation(
        "claims_assign",
        "Make somebody responsible for a claim",
        tag=TAG,
        body=Assignment,
        answers={200: ClaimShape},
        refuses=(404,),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        assignee = person_named(Assignment.read(request)["assignee"])
        claim = one(Claim.objects.all(), "claim", id)
        triage.assign(claims=[claim], assignee=assignee, by=self.person, at=timezone.now())
        return answer_claim(request, id)


def person_named(username: str | None) -> User | None:
    """The user, None for None. ValidationError where there is no such user."""
    if username is None:
        return None
    person = User.objects.filter(username=username).first()
    if person is None:
        raise serializers.ValidationError({"assignee": [f"There is no user “{username}”."]})
    return person


class ClaimStatus(Endpoint):
    @operation(
        "claims_status",
        "Ask where a claim stands",
        tag=TAG,
        query=StatusQuery,
        answers={200: StatusShape, 308: MovedShape},
        refuses=(404,),
        description="As of a day, as known at a moment: a later verdict never rewrites what was said before.",
    )
    def get(self, request: Request, id: int) -> Response:
        clocks = Clocks.of(StatusQuery.read(request))
        claim = standing_claim(with_clocks(Claim.objects.all(), clocks), id, known_at=clocks.known_at)
        return self.present(StatusShape, statuses([claim], clocks)[id])
