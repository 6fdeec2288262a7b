"""Citable sources, who publishes them, and what they said when they were fetched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from sources.work import Work, WorkQuerySet


@pghistory.track()
class Publisher(models.Model):
    name = models.CharField(max_length=200)
    site = models.CharField(max_length=255, unique=True, null=True, blank=True, help_text="Host without www.")

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="publisher_has_name")]
        # Whose article this is, for each one added.
        indexes = [models.Index(Upper("name"), name="publisher_by_name")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    exclude=[
        "work_state", "not_before", "lease_until", "attempts", "failure_code", "failure", "confirmed_at",
        "liveness", "liveness_since", "liveness_why", "moved_to", "checked_at", "next_check_at", "check_wait",
    ]
)  # fmt: skip
class Source(Work):
    """A citable document, dataset, statement or interview; one per canonical URL."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "primary"
        SECONDARY = "secondary", "secondary"
        OFFICIAL = "official", "official record"
        DATASET = "dataset", "dataset"
        MEDIA = "media", "media"
        SOCIAL = "social", "social"

    class Liveness(models.TextChoices):
        """What a check finds. Trouble on the way there is no finding."""

        UNCHANGED = "unchanged", "unchanged"
        CHANGED = "changed", "changed"
        MOVED = "moved", "moved"
        GONE = "gone", "gone"
        BLOCKED = "blocked", "cannot be read"

    url = models.URLField(max_length=2000, unique=True, help_text="Canonical address.")
    title = models.CharField(max_length=500, blank=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SECONDARY)
    published_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(
        null=True, editable=False, help_text="When it last answered with what its newest snapshot holds."
    )

    liveness = models.CharField(
        max_length=10, choices=Liveness, blank=True, editable=False, help_text="What the last check found."
    )
    liveness_since = models.DateTimeField(null=True, editable=False)
    liveness_why = models.TextField(blank=True, editable=False, help_text="In words for a reader.")
    moved_to = models.URLField(
        max_length=2000, blank=True, editable=False, help_text="Where the site says it is now, for good."
    )
    checked_at = models.DateTimeField(null=True, editable=False)
    next_check_at = models.DateTimeField(
        null=True, editable=False, help_text="None until it has been fetched."
    )
    check_wait = models.DurationField(null=True, editable=False, help_text="Between its last checks.")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        indexes = [
            # The sweep: what is still to be fetched.
            models.Index(
                fields=["not_before"],
                name="source_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
            # The sweep: what is to be checked.
            models.Index(
                fields=["next_check_at"],
                name="source_to_check",
                condition=Q(next_check_at__isnull=False),
            ),
            # The list by what was found.
            models.Index(
                fields=["liveness", "-added_at", "-id"], name="source_by_liveness", condition=~Q(liveness="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(liveness="") | Q(liveness_since__isnull=False), name="source_liveness_has_since"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    def found(self, liveness: Source.Liveness, *, why: str = "", at: datetime) -> None:
        """Set the fields of a finding; the caller saves them: LIVENESS_FIELDS."""
        if self.liveness != liveness or liveness == self.Liveness.CHANGED:
            self.liveness, self.liveness_since = liveness, at
        self.liveness_why, self.checked_at = why, at

    def latest_snapshot(self) -> Snapshot | None:
        return self.snapshots.order_by("-fetched_at", "-pk").first()


LIVENESS_FIELDS = ("liveness", "liveness_since", "liveness_why", "moved_to", "checked_at")


class Host(models.Model):
    """A site that pages are asked of: when it may be asked again, and what its robots.txt says."""

    name = models.CharField(max_length=261, unique=True, help_text="Host, and port where it is another.")
    next_at = models.DateTimeField(help_text="Asked for nothing before it.")
    promised_at = models.DateTimeField(help_text="The last turn promised to one that waits.")
    left_alone_until = models.DateTimeField(null=True, help_text="The site asked for it (Retry-After).")
    robots = models.TextField(blank=True, help_text="robots.txt; empty where the site has none.")
    robots_read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "site"

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """What an address answered when it was fetched. Never edited. The body is a file: see `bodies`."""

    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="snapshots"
    )
    url = models.URLField(max_length=2000, help_text="The address that answered, after redirects.")
    fetched_at = models.DateTimeField()
    http_status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=200, blank=True)
    headers = models.JSONField(default=dict, blank=True, help_text="As answered, by name; no cookies.")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the body, in hex.")
    text = models.TextField(blank=True, help_text="The page's own text, furniture removed.")
    text_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of that text, white space folded, in hex."
    )

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        indexes = [models.Index(fields=["content_hash"], name="snapshot_by_hash")]
        constraints = [
            # It is the name of a file.
            models.CheckConstraint(
                condition=Q(content_hash__regex="^[0-9a-f]{64}$"), name="snapshot_hash_is_sha256"
            )
        ]
        permissions = [("export_snapshot", "Can export snapshots as WARC")]

    def __str__(self) -> str:
        return f"{self.url} at {self.fetched_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValidationError("A snapshot is never edited: fetch the address again.")
        super().save(*args, **kwargs)


class Check(Work):
    """One look at a source that was fetched before: does it still say what it said?

    Done: `outcome` says what was found. Failed: nothing was found out, `failure` says why.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="checks")
    asked_at = models.DateTimeField()
    scheduled = models.BooleanField(help_text="False where somebody asked for it and waits.")
    missing_at = models.DateTimeField(
        null=True, help_text="When the site first said that there is no such page; one look is not enough."
    )
    checked_at = models.DateTimeField(null=True, help_text="When it ended.")
    outcome = models.CharField(max_length=10, choices=Source.Liveness, blank=True)
    why = models.TextField(blank=True, help_text="In words for a reader.")
    snapshot = models.ForeignKey(
        Snapshot, null=True, on_delete=models.PROTECT, related_name="checks",
        help_text="What it says now, where its text is another.",
    )  # fmt: skip

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(work_state__in=["queued", "running"]),
                name="check_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(work_state="done") & ~Q(outcome="")) | (~Q(work_state="done") & Q(outcome="")),
                name="check_done_has_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="check_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
            # A source's checks, newest first.
            models.Index(fields=["source", "-asked_at", "-id"], name="check_by_source"),
        ]

    def __str__(self) -> str:
        return f"Check of {self.source_id}, {self.asked_at:%Y-%m-%d %H:%M}"


class SourceChange(Work):
    """Something that befell a source, for those who cite it to follow up."""

    class Kind(models.TextChoices):
        TEXT = "text", "its text is known, or is another"
        GONE = "gone", "it is gone"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=4, choices=Kind)
    snapshot = models.ForeignKey(
        Snapshot, null=True, on_delete=models.PROTECT, related_name="+", help_text="What it says now."
    )
    at = models.DateTimeField()

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="gone", snapshot=None) | Q(kind="text", snapshot__isnull=False),
                name="source_change_of_text_has_snapshot",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="source_change_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
