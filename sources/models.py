"""Citable sources, who publishes them, and what they said when they were fetched."""

from __future__ import annotations

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
        ]

    def __str__(self) -> str:
        return self.title or self.url

    def latest_snapshot(self) -> Snapshot | None:
        return self.snapshots.order_by("-fetched_at", "-pk").first()


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
