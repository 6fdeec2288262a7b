"""When claims are looked at again: the policy, the load to come, and what a reviewer says of one claim."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import policy, rechecks
from claims.api.claims import answer_claim
from claims.api.endpoint import Endpoint, one
from claims.api.fields import Body, Instant, Moment, NoQuery
from claims.api.rechecks import TAG, recheck_rows
from claims.api.schema import operation
from claims.api.shapes import ClaimShape, PersonShape, RecordedShape
from claims.forecast import Forecast, Load, forecast
from claims.models import Claim, Policy, PolicyRule


class RuleShape(serializers.Serializer[PolicyRule]):
    """The first rule that fits decides. Empty conditions mean any."""

    name = serializers.CharField()
    applies_to = serializers.SerializerMethodField(help_text="The conditions in words.")
    kinds = serializers.ListField(child=serializers.CharField())
    ratings = serializers.ListField(child=serializers.CharField())
    topic = serializers.CharField(source="topic.name", allow_null=True, default=None)
    volatility = serializers.CharField(allow_blank=True)
    dates = serializers.CharField(allow_blank=True, help_text="begins, ends, passed, none.")
    within = serializers.IntegerField(allow_null=True, help_text="Days in which the date comes.")
    wait = serializers.CharField(help_text="days, date (on that date) or never.")
    days = serializers.IntegerField(allow_null=True)
    why = serializers.CharField()

    def get_applies_to(self, rule: PolicyRule) -> str:
        return policy.applies_to(rule)


class PolicyShape(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    adopted_at = Instant()
    adopted_by = PersonShape(allow_null=True)
    reason = serializers.CharField()
    rules = RuleShape(many=True)
    overdue_after = serializers.IntegerField(help_text="Days from the due time.")
    stale_after = serializers.IntegerField(help_text="Days from the due time.")
    snooze_days = serializers.IntegerField(help_text="The most at a time.")
    snooze_times = serializers.IntegerField(help_text="The most for one re-check.")
    acknowledge_days = serializers.IntegerField(help_text="The most at a time.")


class RecheckPolicy(Endpoint):
    @operation("rechecks_policy", "Read the policy in force", tag=TAG, answers={200: PolicyShape})
    def get(self, request: Request) -> Response:
        NoQuery.read(request)
        rules = policy.in_force()
        version = Policy.objects.select_related("adopted_by").get(pk=rules[0].policy_id)
        names = ("number", "adopted_at", "adopted_by", "reason", *policy.TERMS)
        told = {name: getattr(version, name) for name in names}
        return self.present(PolicyShape, told | {"rules": rules})


class LoadShape(serializers.Serializer[Load]):
    person = PersonShape(allow_null=True, help_text="null: nobody is assigned.")
    due = serializers.IntegerField(help_text="Due by now.")
    by_week = serializers.ListField(child=serializers.IntegerField(), help_text="One number for each week.")
    total = serializers.IntegerField()


class ForecastShape(serializers.Serializer[Forecast]):
    weeks = serializers.ListField(child=serializers.DateField(), help_text="Mondays, this week's first.")
    loads = LoadShape(many=True, help_text="By person, the heaviest first.")
    everybody = LoadShape(source="all")
    later = serializers.IntegerField(help_text="Open re-checks due after these weeks.")


class RecheckForecast(Endpoint):
    @operation(
        "rechecks_forecast",
        "Read the load of the next 13 weeks",
        tag=TAG,
        answers={200: ForecastShape},
        description="Open re-checks by the week in which they fall due and by assignee.",
    )
    def get(self, request: Request) -> Response:
        NoQuery.read(request)
        return self.present(ForecastShape, forecast(at=timezone.now()))


class Confirmation(Body):
    seen = Moment(help_text="When you read how the claim stands; 409 where something happened since.")


class ClaimStillSo(Endpoint):
    @operation(
        "claims_still_so",
        "Record that a published claim is still so, due or not",
        tag=TAG,
        body=Confirmation,
        answers={200: RecordedShape},
        refuses=(404, 409),
        description="Counts as verified. Answers with the look and the re-check that follows.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = Confirmation.read(request)
        claim, at = one(Claim.objects.all(), "claim", id), timezone.now()
        following = rechecks.confirm(claim=claim, by=self.person, at=at, **body)
        look = recheck_rows().filter(claim=id, closed_at=at).first()
        return self.present(RecordedShape, {"recheck": look, "next": following})


class Pace(Body):
    volatility = serializers.ChoiceField(Claim.Volatility.choices)


class ClaimVolatility(Endpoint):
    @operation(
        "claims_set_volatility",
        "Say how fast a claim changes",
        tag=TAG,
        body=Pace,
        answers={200: ClaimShape},
        refuses=(404,),
        description="Where the policy has set its next look, it sets it anew.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = Pace.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        rechecks.set_volatility(claim=claim, by=self.person, at=timezone.now(), **body)
        return answer_claim(request, id)
