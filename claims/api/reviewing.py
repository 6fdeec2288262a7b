"""What reviews need and leave behind: gates, blind second ratings, agreement, corrections, topics."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import blind, corrections, gates
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, Body, Identifier, Instant, NoQuery, Text
from claims.api.paging import NEWEST_ID, OLDEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import PersonShape
from claims.api.verdict_shapes import CorrectionShape, SecondRatingShape
from claims.api.verdicts import TAG
from claims.errors import Conflict
from claims.models import BlindSwitch, Claim, Proposal, Rating, RatingGate, Topic


class GateShape(serializers.Serializer[RatingGate]):
    rating = serializers.ChoiceField(Rating.choices)
    sources = serializers.IntegerField(help_text="Independent sources it needs; editors set it in the admin.")


class RatingGates(Endpoint):
    @operation(
        "rating_gates",
        "List how many independent sources each rating needs",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(GateShape)},
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request)
        found = page(RatingGate.objects.all(), (OLDEST_ID,), query=query, request=request)
        return found.answer(GateShape, request)


class StandingShape(serializers.Serializer[Any]):
    """What a proposed rating has behind it and against it, now."""

    rating = serializers.ChoiceField(Rating.choices)
    needed = serializers.IntegerField()
    origins = serializers.ListField(child=serializers.CharField(), help_text="Independent sources, by name.")
    met = serializers.BooleanField()
    words = serializers.CharField(allow_blank=True)
    unaddressed = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Ids of evidence against it that the reason does not deal with; approve with these `seen`.",
    )


class ProposalGate(Endpoint):
    @operation(
        "proposals_gate",
        "Read what a proposed rating needs and has",
        tag=TAG,
        answers={200: StandingShape},
        refuses=(404, 409),
        description="409 `sealed` until somebody has rated the claim blind, `no_rating` for a withdrawal.",
    )
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        proposal = one(Proposal.objects.select_related("claim"), "proposal", id)
        if proposal.hidden_from(self.person.pk):
            raise Conflict("sealed", "Nobody has rated this claim blind yet.")
        if not proposal.rating:
            raise Conflict("no_rating", "A withdrawal has no rating and needs no sources.")
        standing = gates.standing_of(proposal.claim, proposal.rating)
        told = {name: getattr(standing, name) for name in ("rating", "needed", "origins", "met", "words")}
        unaddressed = [item.pk for item in standing.unaddressed(proposal.addressed)]
        return self.present(StandingShape, told | {"unaddressed": unaddressed})


class NewSecondRating(Body):
    """Given without having seen the first rating."""

    rating = serializers.ChoiceField(Rating.choices)
    reason = Text(max_length=20_000)


class ProposalSecondRating(Endpoint):
    @operation(
        "proposals_rate_blind",
        "Rate the claim of a sealed proposal, which opens it",
        tag=TAG,
        body=NewSecondRating,
        answers={201: SecondRatingShape},
        refuses=(404, 409),
        description="Never by the person who submitted it. The pair of ratings is stored for good.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewSecondRating.read(request)
        proposal = one(Proposal.objects.all(), "proposal", id)
        rated = blind.rate(proposal=proposal, by=self.person, at=timezone.now(), **body)
        return self.present(SecondRatingShape, rated, 201)


class AgreementShape(serializers.Serializer[blind.Agreement]):
    topic = serializers.CharField(allow_blank=True, help_text="Empty: claims without a topic, or all.")
    pairs = serializers.IntegerField(help_text="n: how many claims were rated by two.")
    agreed = serializers.IntegerField(help_text="How many pairs have the same rating.")
    kappa = serializers.FloatField(
        allow_null=True, help_text="Cohen's kappa, unweighted; null where it is not defined."
    )


class AgreementsShape(serializers.Serializer[Any]):
    everything = AgreementShape()
    by_topic = AgreementShape(many=True)


class Agreements(Endpoint):
    @operation(
        "agreement",
        "Read how first and blind second ratings agree, by topic",
        tag=TAG,
        answers={200: AgreementsShape},
    )
    def get(self, request: Request) -> Response:
        NoQuery.read(request)
        everything, by_topic = blind.agreement()
        return self.present(AgreementsShape, {"everything": everything, "by_topic": by_topic})


class SwitchShape(serializers.Serializer[BlindSwitch]):
    """Where a blind second rating is asked for; neither topic nor claim: everywhere."""

    id = serializers.IntegerField(source="pk")
    topic = serializers.CharField(source="topic.name", default=None, allow_null=True)
    claim = serializers.IntegerField(source="claim_id", allow_null=True)
    set_by = PersonShape()
    set_at = Instant()


class NewSwitch(Body):
    """A topic's name or a claim's id; neither: all claims."""

    topic = Text(required=False, max_length=80)
    claim = Identifier(required=False)


class BlindSwitches(Endpoint):
    @operation(
        "blind_ratings_list",
        "List where a blind second rating is asked for",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(SwitchShape)},
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request)
        rows = BlindSwitch.objects.select_related("topic", "set_by")
        return page(rows, (OLDEST_ID,), query=query, request=request).answer(SwitchShape, request)

    @operation(
        "blind_ratings_ask",
        "Ask for a blind second rating, as an editor",
        tag=TAG,
        body=NewSwitch,
        answers={201: SwitchShape},
        refuses=(404, 409),
    )
    def post(self, request: Request) -> Response:
        NoQuery.read(request)
        body = NewSwitch.read(request)
        if len(body) > 1:
            raise serializers.ValidationError({"claim": ["Give a topic or a claim, not both."]})
        topic = topic_named(body["topic"]) if "topic" in body else None
        claim = one(Claim.objects.all(), "claim", body["claim"]) if "claim" in body else None
        switch = blind.switch_on(topic=topic, claim=claim, by=self.person, at=timezone.now())
        return self.present(SwitchShape, switch, 201)


class BlindSwitchDetail(Endpoint):
    @operation(
        "blind_ratings_end",
        "Ask for a blind second rating no longer",
        tag=TAG,
        answers={204: None},
        refuses=(404,),
    )
    def delete(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        blind.switch_off(switch=one(BlindSwitch.objects.all(), "blind rating", id), by=self.person)
        return Response(status=204)


def topic_named(name: str) -> Topic:
    topic = Topic.objects.filter(name__iexact=name).first()
    if topic is None:
        raise serializers.ValidationError({"topic": [f"There is no topic “{name}”."]})
    return topic


class PublishedCorrectionShape(CorrectionShape):
    """A correction with the claim it is about and both ratings."""

    claim = serializers.IntegerField(source="verdict.claim_id")
    claim_text = serializers.CharField(source="verdict.claim.text")
    verdict = serializers.IntegerField(source="verdict.number", help_text="The verdict that corrects.")
    before = serializers.CharField(source="corrects.rating", help_text="Empty: it was withdrawn.")
    now = serializers.CharField(source="verdict.rating")


class CorrectionQuery(PageQuery):
    claim = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class Corrections(Endpoint):
    @operation(
        "corrections_list",
        "List published corrections, newest first",
        tag=TAG,
        query=CorrectionQuery,
        answers={200: page_shape(PublishedCorrectionShape)},
        description="The same as on the public page /corrections/.",
    )
    def get(self, request: Request) -> Response:
        query = CorrectionQuery.read(request)
        rows = corrections.published()
        if claim := query.get("claim"):
            rows = rows.filter(verdict__claim=claim)
        keys = (Key("published_at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(PublishedCorrectionShape, request)


class TopicShape(serializers.Serializer[Topic]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class Topics(Endpoint):
    @operation(
        "topics_list", "List the topics", tag="Claims", query=PageQuery, answers={200: page_shape(TopicShape)}
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request)
        return page(Topic.objects.all(), (OLDEST_ID,), query=query, request=request).answer(
            TopicShape, request
        )
