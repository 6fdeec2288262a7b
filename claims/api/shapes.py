"""What the answers look like. Each shape reads loaded rows; none of them asks the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import Instant, Link
from claims.api.moved import KinShape
from claims.api.statuses import Status, StatusShape
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    Recheck,
    User,
)
from sources.models import Publisher
from sources.work import Work

ARTICLE_STATES = ("fetching", "extracting", "ready", "failed", "duplicate")
# What is missing, by the names that PATCH takes.
DETAIL = {"title": "title", "publication day": "published_on", "publisher": "publisher"}


class PersonShape(serializers.Serializer[User]):
    id = serializers.IntegerField(source="pk")
    username = serializers.CharField()
    name = serializers.CharField(source="__str__")


class PublisherShape(serializers.Serializer[Publisher]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    site = serializers.CharField(allow_null=True)


class ClaimantShape(serializers.Serializer[Claimant]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    kind = serializers.ChoiceField(Claimant.Kind.choices, allow_blank=True)
    wikidata_id = serializers.CharField(allow_null=True)


class FailureShape(serializers.Serializer[Work]):
    code = serializers.CharField(source="failure_code")
    message = serializers.CharField(source="failure")


class ProgressShape(serializers.Serializer[Article]):
    done = serializers.IntegerField(source="progress_done")
    total = serializers.IntegerField(source="progress_total", help_text="0 until it is known.")


@extend_schema_field(FailureShape(allow_null=True))
class Failure(serializers.Field[Any, Any, Any, Any]):
    """Why the last try failed, null where it did not."""

    def __init__(self) -> None:
        super().__init__(read_only=True, source="*")

    def to_representation(self, work: Work) -> Mapping[str, Any] | None:
        return FailureShape(work).data if work.failure_code else None


class ArticleSummary(serializers.Serializer[Article]):
    """An article without its text."""

    id = serializers.IntegerField(source="pk")
    api_url = Link("api_article")
    claims_url = Link("api_article_claims")
    url = serializers.URLField(allow_null=True, help_text="Its own address, canonical.")
    title = serializers.CharField(allow_blank=True)
    publisher = PublisherShape(allow_null=True)
    authors = serializers.ListField(child=serializers.CharField())
    published_on = serializers.DateField(allow_null=True)
    language = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(ARTICLE_STATES, source="standing")
    failure = Failure()
    progress = ProgressShape(source="*")
    duplicate_of = serializers.IntegerField(
        source="duplicate_of_id", allow_null=True, help_text="The article that has the same text."
    )
    missing_details = serializers.SerializerMethodField(
        help_text="Details that could not be read; PATCH takes them."
    )
    added_at = Instant()

    def get_missing_details(self, article: Article) -> list[str]:
        return [DETAIL.get(name, name) for name in article.missing_details]


class SkippedShape(serializers.Serializer[Any]):
    """A sentence that makes no claim to check, with the reason; offsets in characters."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    sentence = serializers.CharField()
    reason = serializers.CharField()


class ArticleShape(ArticleSummary):
    text = serializers.CharField(allow_blank=True, help_text="Its own words; offsets count its characters.")
    skipped = serializers.SerializerMethodField()
    extractor = serializers.CharField(allow_blank=True)

    @extend_schema_field(SkippedShape(many=True))
    def get_skipped(self, article: Article) -> list[dict[str, Any]]:
        return [
            {
                "start": part["start"],
                "end": part["end"],
                "sentence": article.text[part["start"] : part["end"]],
                "reason": part["reason"],
            }
            for part in article.skipped
        ]


class ClaimShape(KinShape):
    """A claim and where it stands. Needs `statuses` (by id) in the context."""

    id = serializers.IntegerField(source="pk")
    api_url = Link("api_claim")
    status_url = Link("api_claim_status")
    appearances_url = Link("api_claim_appearances")
    evidence_url = Link("api_claim_evidence")
    verdicts_url = Link("api_claim_verdicts")
    text = serializers.CharField()
    kind = serializers.ChoiceField(Claim.Kind.choices)
    when = serializers.CharField(
        allow_blank=True, help_text="The time it is about: 2019-06, 2019-07/2019-09."
    )
    claimant = ClaimantShape(allow_null=True)
    topic = serializers.CharField(source="topic.name", default=None, allow_null=True)
    volatility = serializers.ChoiceField(Claim.Volatility.choices, help_text="How fast it changes.")
    state = serializers.ChoiceField(Claim.State.choices, help_text="The work on it; never its rating.")
    unresolved = serializers.BooleanField(help_text="A reference in it could not be resolved.")
    retired_why = serializers.CharField(allow_blank=True)
    assignee = PersonShape(allow_null=True)
    created_at = Instant()
    revision = serializers.IntegerField(help_text="Give it back with PATCH.")
    status = serializers.SerializerMethodField()

    @extend_schema_field(StatusShape)
    def get_status(self, claim: Claim) -> Mapping[str, Any]:
        status: Status = self.context["statuses"][claim.pk]
        return StatusShape(status, context=self.context).data


class EditShape(serializers.Serializer[Any]):
    """Words that were rewritten, and the place in the article that says what they stand for."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    original = serializers.CharField(allow_blank=True)
    replacement = serializers.CharField(allow_blank=True)
    source_start = serializers.IntegerField(allow_null=True, default=None)
    source_end = serializers.IntegerField(allow_null=True, default=None)


class PlaceShape(serializers.Serializer[Appearance]):
    id = serializers.IntegerField(source="pk")
    start = serializers.IntegerField(help_text="Offset of the sentence in the article's text, in characters.")
    end = serializers.IntegerField()
    sentence = serializers.CharField(help_text="Word for word.")
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    wording = serializers.CharField(help_text="The claim as it was extracted here.")
    edits = EditShape(many=True)
    score = serializers.FloatField(help_text="Check-worthiness, 0 to 1.")
    reasons = serializers.ListField(child=serializers.CharField())
    extractor = serializers.CharField(allow_blank=True, help_text="Empty where a person added it.")
    standing = serializers.ChoiceField(
        Appearance.Standing.choices, help_text="vanished: the sentence is no longer in the article."
    )
    standing_since = Instant(allow_null=True, help_text="Since an edit of the article; null: never edited.")
    version = serializers.SerializerMethodField(
        help_text="Vanished: the number of the article's version that had it; offsets are of its text."
    )

    def get_version(self, appearance: Appearance) -> int | None:
        return appearance.version.number if appearance.version else None


class ArticleClaimShape(PlaceShape):
    """A claim at its place in the article."""

    claim = ClaimShape()


class AppearanceShape(PlaceShape):
    """An article's sentence that makes the claim."""

    article = ArticleSummary()


class RecheckShape(serializers.Serializer[Recheck]):
    id = serializers.IntegerField(source="pk")
    api_url = Link("api_recheck")
    claim = serializers.IntegerField(source="claim_id")
    claim_text = serializers.CharField(source="claim.text")
    due_at = Instant()
    rule = serializers.CharField(help_text="The policy's rule that set the time.")
    why = serializers.CharField(help_text="The rule in words.")
    quiet_until = Instant(allow_null=True, help_text="Snoozed or acknowledged: it reminds nobody until then.")
    assignee = PersonShape(allow_null=True)
    outcome = serializers.ChoiceField(
        Recheck.Outcome.choices, allow_blank=True, help_text="Empty while open."
    )
    note = serializers.CharField(allow_blank=True)
    created_at = Instant()
    closed_at = Instant(allow_null=True)
    closed_by = PersonShape(allow_null=True)


class RecordedShape(serializers.Serializer[Any]):
    """The closed re-check and the one that follows it, null where none does."""

    recheck = RecheckShape()
    next = RecheckShape(allow_null=True)
