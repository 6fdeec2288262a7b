"""What the answers about sources and evidence look like."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import Instant, Link
from claims.api.shapes import Failure, PersonShape, PublisherShape
from claims.models import Evidence, QuoteLook
from sources.differences import Kind, Piece
from sources.models import Check, Snapshot, Source

SOURCE_STATES = ("fetching", "fetched", "failed")
CHECK_STATES = ("waiting", "done", "failed")


@extend_schema_field(serializers.ChoiceField(Source.Liveness.choices, allow_null=True))
class LivenessField(serializers.ReadOnlyField):
    """What a check found, null where none has found anything."""

    def to_representation(self, value: str) -> str | None:
        return value or None


class SnapshotShape(serializers.Serializer[Snapshot]):
    id = serializers.IntegerField(source="pk")
    url = serializers.URLField(help_text="The address that answered, after redirects.")
    fetched_at = Instant()
    http_status = serializers.IntegerField()
    content_type = serializers.CharField(allow_blank=True)
    content_hash = serializers.CharField(help_text="SHA-256 of the body, in hex.")
    text_hash = serializers.CharField(
        allow_blank=True, help_text="SHA-256 of the text without furniture, white space folded, in hex."
    )


class SourceSummary(serializers.Serializer[Source]):
    """A citable source, without its snapshots."""

    id = serializers.IntegerField(source="pk")
    api_url = Link("api_source")
    url = serializers.URLField(help_text="Canonical address.")
    title = serializers.CharField(allow_blank=True)
    publisher = PublisherShape(allow_null=True)
    kind = serializers.ChoiceField(Source.Kind.choices)
    published_on = serializers.DateField(allow_null=True)
    added_at = Instant()
    state = serializers.SerializerMethodField()
    failure = Failure()
    liveness = LivenessField(help_text="What the last check found; null before the first.")
    liveness_since = Instant(allow_null=True)
    liveness_why = serializers.CharField(allow_blank=True, help_text="In words.")
    moved_to = serializers.CharField(allow_blank=True, help_text="Where the site says it is now, for good.")
    checked_at = Instant(allow_null=True)
    next_check_at = Instant(allow_null=True, help_text="Null until it has been fetched.")

    @extend_schema_field(serializers.ChoiceField(SOURCE_STATES))
    def get_state(self, source: Source) -> str:
        if source.work_state == Source.State.FAILED:
            return "failed"
        return "fetched" if source.work_state == Source.State.DONE else "fetching"


class SourceShape(SourceSummary):
    confirmed_at = Instant(
        allow_null=True, help_text="When it last answered with what its newest snapshot holds."
    )
    snapshots = SnapshotShape(many=True, help_text="What it said when fetched, newest first.")


class CheckShape(serializers.Serializer[Check]):
    """One look at a source: whether it still says what it said."""

    id = serializers.IntegerField(source="pk")
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    scheduled = serializers.BooleanField(help_text="False where somebody asked for it.")
    asked_at = Instant()
    state = serializers.SerializerMethodField()
    outcome = LivenessField(help_text="Null where nothing was found out, or not yet.")
    why = serializers.CharField(allow_blank=True, help_text="In words.")
    failure = Failure()
    checked_at = Instant(allow_null=True, help_text="When it ended.")
    snapshot = serializers.IntegerField(
        source="snapshot_id", allow_null=True, help_text="What it said then, where its text was another."
    )

    @extend_schema_field(serializers.ChoiceField(CHECK_STATES))
    def get_state(self, check: Check) -> str:
        if check.work_state in (Check.State.DONE, Check.State.FAILED):
            return str(check.work_state)
        return "waiting"


class QuoteLookShape(serializers.Serializer[QuoteLook]):
    """What became of a quote when its source's text had changed."""

    found = serializers.ChoiceField(QuoteLook.Found.choices)
    since = Instant(help_text="Since when this has been found.")
    at = Instant()
    snapshot = serializers.IntegerField(source="snapshot_id", help_text="What the source said then.")
    start = serializers.IntegerField(
        allow_null=True, help_text="Offset in the snapshot's text, in characters."
    )
    end = serializers.IntegerField(allow_null=True)
    words = serializers.CharField(
        allow_blank=True, help_text="What stands there; of a quote that is gone, what is most like it."
    )
    likeness = serializers.FloatField(help_text="Of these words to the quote, 0 to 1.")
    came_back = serializers.BooleanField(help_text="It was gone before.")


class EvidenceShape(serializers.Serializer[Evidence]):
    id = serializers.IntegerField(source="pk")
    api_url = Link("api_evidence")
    claim = serializers.IntegerField(source="claim_id")
    source = SourceSummary()  # type: ignore[assignment]
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    quote = serializers.CharField(allow_blank=True)
    quote_start = serializers.IntegerField(
        allow_null=True, help_text="Its offset in the snapshot's text, where it was found there."
    )
    snapshot = serializers.IntegerField(source="snapshot_id", allow_null=True)
    latest_look = QuoteLookShape(
        allow_null=True, help_text="What became of the quote; null while the source says what it said."
    )
    locator = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    is_primary = serializers.BooleanField()
    independence_group = serializers.CharField(allow_blank=True)
    added_by = PersonShape()
    added_at = Instant()


class PieceShape(serializers.Serializer[Piece]):
    kind = serializers.ChoiceField([(kind.value, kind.value) for kind in Kind])
    text = serializers.CharField(trim_whitespace=False, help_text="Of folded text: how much was left out.")


class DifferenceShape(serializers.Serializer[Any]):
    """What was taken out of a text and what was put in, word by word; unchanged runs are folded."""

    before = SnapshotShape()
    after = SnapshotShape()
    pieces = PieceShape(many=True)
    complete = serializers.BooleanField(help_text="false: the pieces stop before the texts do.")
