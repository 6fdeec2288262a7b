"""What proposals and verdicts look like, with what hangs on them. None of the shapes asks the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import Instant, Link, RatingField, ReasonField
from claims.api.shapes import PersonShape
from claims.api.statuses import rating_label, rating_number
from claims.models import (
    Approval,
    Correction,
    Evidence,
    Proposal,
    Rating,
    Redaction,
    SecondRating,
    Verdict,
)
from claims.models.verdict import Change


def _or_none(shape: type[serializers.Serializer[Any]], row: Any, name: str) -> Mapping[str, Any] | None:
    """What hangs on a row under this name, null where nothing does."""
    found = getattr(row, name, None)
    return shape(found).data if found else None


class JudgementShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    claim = serializers.IntegerField(source="claim_id")
    rating = RatingField(help_text="Null: a withdrawal.")
    rating_number = serializers.SerializerMethodField(help_text="5 to 1; null off the truth axis.")
    label = serializers.SerializerMethodField(help_text="The rating in the newsroom's words.")  # type: ignore[assignment]
    reason = ReasonField(help_text="Null: redacted.")
    change = serializers.ChoiceField(Change.choices)
    applies_from = serializers.DateField()
    applies_until = serializers.DateField(allow_null=True)

    def get_rating_number(self, verdict: Verdict) -> int | None:
        return rating_number(verdict)

    def get_label(self, verdict: Verdict) -> str:
        return rating_label(verdict) or ""


class SecondRatingShape(serializers.Serializer[SecondRating]):
    """What a second person rated before seeing the first rating."""

    rating = serializers.ChoiceField(Rating.choices)
    reason = serializers.CharField()
    by = PersonShape()
    at = Instant()
    first = serializers.ChoiceField(Rating.choices, help_text="What it was not to be influenced by.")


class ApprovalShape(serializers.Serializer[Approval]):
    """The sources that the rating had at its approval, and what was seen against it."""

    needed = serializers.IntegerField(help_text="Independent sources that the rating needed.")
    independent = serializers.IntegerField(help_text="Independent sources that there were.")
    override = serializers.CharField(allow_blank=True, help_text="An editor's reason why fewer were enough.")
    unaddressed = serializers.ListField(
        child=serializers.IntegerField(), help_text="Evidence against it that the reason does not deal with."
    )


class CorrectionShape(serializers.Serializer[Correction]):
    """A public note of what we had said by our error."""

    text = serializers.CharField()
    published_at = Instant()
    corrects = serializers.IntegerField(source="corrects.number", help_text="The verdict's number.")


class ProposalShape(JudgementShape):
    """A verdict that waits for a second person, or what became of it.

    While it is sealed, all but its submitter see null in place of its rating and words.
    """

    KEPT_BACK = ("rating", "rating_number", "label", "reason", "change", "correction", "addressed")

    api_url = Link("api_proposal")
    gate_url = Link("api_proposal_gate")
    change = serializers.ChoiceField(Change.choices, allow_null=True)
    correction = serializers.CharField(allow_blank=True, allow_null=True, help_text="Of our error.")
    addressed = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="Evidence that the reason deals with."
    )
    sealed = serializers.BooleanField(help_text="Until somebody has rated the claim blind.")
    second_rating = serializers.SerializerMethodField()
    follows = serializers.IntegerField(help_text="The number of the verdict it follows, 0 for none.")
    state = serializers.ChoiceField(Proposal.State.choices)
    submitted_by = PersonShape()
    submitted_at = Instant()
    reviewed_by = PersonShape(allow_null=True)
    reviewed_at = Instant(allow_null=True)
    review_note = serializers.CharField(allow_blank=True)

    @extend_schema_field(serializers.CharField(allow_null=True, help_text="In the newsroom's words."))
    def get_label(self, proposal: Any) -> str:
        return super().get_label(proposal)

    @extend_schema_field(SecondRatingShape(allow_null=True))
    def get_second_rating(self, proposal: Proposal) -> Mapping[str, Any] | None:
        return _or_none(SecondRatingShape, proposal, "second")

    def to_representation(self, proposal: Proposal) -> Any:
        told = super().to_representation(proposal)
        if proposal.hidden_from(self.context["request"].user.pk):
            told |= dict.fromkeys(self.KEPT_BACK)
        return told


class BasisShape(serializers.Serializer[Any]):
    """Evidence that a verdict stood on, as it was then."""

    evidence = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    quote = serializers.CharField(allow_blank=True, default="")
    snapshot = serializers.CharField(allow_null=True, help_text="The snapshot's content hash.")


class RedactionShape(serializers.Serializer[Redaction]):
    """Why the words of a verdict are gone; the rest of it stays."""

    number = serializers.IntegerField(help_text="1, 2, 3 … of this claim.")
    why = serializers.CharField()
    by = PersonShape()
    at = Instant()
    previous_hash = serializers.CharField(allow_blank=True)
    hash = serializers.CharField()


class VerdictShape(JudgementShape):
    """A published verdict. Never changed; each carries the hash of the one before."""

    number = serializers.IntegerField(help_text="1, 2, 3 … of this claim.")
    proposal = serializers.IntegerField(source="proposal_id")
    decided_at = Instant()
    decided_by = PersonShape()
    approved_by = PersonShape()
    basis = BasisShape(many=True)
    redaction = serializers.SerializerMethodField()
    approval = serializers.SerializerMethodField()
    second_rating = serializers.SerializerMethodField()
    correction = serializers.SerializerMethodField()
    salt = serializers.CharField(allow_blank=True)
    words_hash = serializers.CharField(help_text="SHA-256 over reason, label, basis and salt.")
    previous_hash = serializers.CharField(allow_blank=True)
    hash = serializers.CharField(help_text="SHA-256 over the rest, see docs/ledger.md.")

    @extend_schema_field(RedactionShape(allow_null=True))
    def get_redaction(self, verdict: Verdict) -> Mapping[str, Any] | None:
        return RedactionShape(verdict.redaction).data if verdict.redacted else None

    @extend_schema_field(ApprovalShape(allow_null=True))
    def get_approval(self, verdict: Verdict) -> Mapping[str, Any] | None:
        return _or_none(ApprovalShape, verdict.proposal, "approval")

    @extend_schema_field(SecondRatingShape(allow_null=True))
    def get_second_rating(self, verdict: Verdict) -> Mapping[str, Any] | None:
        return _or_none(SecondRatingShape, verdict.proposal, "second")

    @extend_schema_field(CorrectionShape(allow_null=True))
    def get_correction(self, verdict: Verdict) -> Mapping[str, Any] | None:
        return _or_none(CorrectionShape, verdict, "correction")
