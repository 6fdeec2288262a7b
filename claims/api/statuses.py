"""Where a claim stands: on which day, and by what we had said when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone
from rest_framework import serializers

from claims import rechecks
from claims.api.fields import Day, Instant, Link, Moment, Query, RatingField, ReasonField
from claims.models import Claim, Rating, Verdict
from claims.models.claim import ClaimQuerySet
from claims.models.verdict import Change

FRESHNESS = ("unchecked", "fresh", "due", "overdue", "stale")


class StatusQuery(Query):
    as_of = Day(
        required=False, help_text="The day in question, such as 2019-06-28; the newsroom's today if left out."
    )
    known_at = Moment(
        required=False,
        end_of_day=True,
        help_text="By what had been decided at this moment (a bare day: at its end where the newsroom is); "
        "now if left out.",
    )


@dataclass(frozen=True)
class Clocks:
    """The two times a status is asked for; `asked` is `known_at` where the caller gave it."""

    as_of: date
    known_at: datetime
    asked: datetime | None
    at: datetime

    @classmethod
    def of(cls, query: dict[str, Any]) -> Clocks:
        at, asked = timezone.now(), query.get("known_at")
        return cls(query.get("as_of") or timezone.localdate(at), asked or at, asked, at)


@dataclass(frozen=True)
class Status:
    claim: Claim
    verdict: Verdict | None
    as_of: date
    known_at: datetime | None
    freshness: str
    next_check_at: datetime | None
    changed_after_verdict: bool

    @property
    def pk(self) -> int:
        return self.claim.pk


def with_clocks(claims: ClaimQuerySet, clocks: Clocks) -> ClaimQuerySet:
    """Annotate what `statuses` reads, and the ids of what was merged into a claim or came of its split."""
    asked = claims.with_status(as_of=clocks.as_of, known_at=clocks.known_at).with_freshness(at=clocks.at)
    others = Claim.objects.order_by("pk").values("pk")
    return asked.annotate(
        merged_ids=ArraySubquery(others.filter(merged_into=OuterRef("pk"))),
        part_ids=ArraySubquery(others.filter(split_from=OuterRef("pk"))),
    )


def statuses(claims: Iterable[Claim], clocks: Clocks) -> dict[int, Status]:
    """The status of each claim (annotated by `with_clocks`), by id, with one query for all verdicts."""
    claims = list(claims)
    ids = [verdict for claim in claims if (verdict := getattr(claim, "verdict_id", None))]
    verdicts = Verdict.objects.in_bulk(ids) if ids else {}
    changed = rechecks.changed_after_verdict(verdict.claim_id for verdict in verdicts.values())
    return {
        claim.pk: Status(
            claim=claim,
            verdict=verdicts.get(getattr(claim, "verdict_id", None) or 0),
            as_of=clocks.as_of,
            known_at=clocks.asked,
            freshness=getattr(claim, "freshness", "unchecked"),
            next_check_at=getattr(claim, "due_at", None),
            changed_after_verdict=claim.pk in changed,
        )
        for claim in claims
    }


def rating_number(verdict: Verdict | None) -> int | None:
    return Rating(verdict.rating).number if verdict and verdict.rating else None


def rating_label(verdict: Verdict | None) -> str | None:
    """The newsroom's own word, else the rating's; "Withdrawn" where none is left."""
    return (verdict.label or str(verdict.get_rating_display())) if verdict else None


class StatusShape(serializers.Serializer[Status]):
    """The verdict in force on a day, by what was known at a moment; null members where there was none."""

    claim = serializers.IntegerField(source="claim.pk")
    claim_url = Link("api_claim")
    as_of = serializers.DateField()
    known_at = Instant(allow_null=True, help_text="Null: as known now.")
    rating = RatingField(source="verdict.rating", default=None, help_text="Null too where it was withdrawn.")
    rating_number = serializers.SerializerMethodField(
        help_text="5 (true) to 1 (false); null off the truth axis and where there is no verdict."
    )
    label = serializers.SerializerMethodField(help_text="The rating in the newsroom's words.")  # type: ignore[assignment]
    reason = ReasonField(source="verdict.reason", default=None, help_text="Null too where it is redacted.")
    redacted = serializers.BooleanField(source="verdict.redacted", default=False)
    change = serializers.ChoiceField(
        Change.choices,
        source="verdict.change",
        allow_null=True,
        help_text="`withdrawal`: what was published of this day is taken back; there is no rating.",
    )
    applies_from = serializers.DateField(source="verdict.applies_from", allow_null=True)
    applies_until = serializers.DateField(
        source="verdict.applies_until", allow_null=True, help_text="The first day it no longer holds."
    )
    decided_at = Instant(source="verdict.decided_at", allow_null=True)
    verdict_number = serializers.IntegerField(source="verdict.number", allow_null=True)
    hash = serializers.CharField(source="verdict.hash", allow_null=True)
    freshness = serializers.ChoiceField(FRESHNESS, help_text="As of now.")
    last_verified_at = Instant(source="claim.last_verified_at", allow_null=True)
    next_check_at = Instant(allow_null=True, help_text="When the open re-check is due.")
    changed_after_verdict = serializers.BooleanField(
        help_text="The claim's words were changed since its verdict; it is to be looked at again."
    )

    def get_rating_number(self, status: Status) -> int | None:
        return rating_number(status.verdict)

    def get_label(self, status: Status) -> str | None:
        return rating_label(status.verdict)
