"""Evidence: what a source says about a claim."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from sources.models import Snapshot, Source
from sources.reanchoring import Found


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["latest_look"]
)
class Evidence(models.Model):
    """A passage of a source, for or against a claim."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "supports"
        REFUTES = "refutes", "refutes"
        CONTEXT = "context", "context"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, editable=False, on_delete=models.PROTECT)
    stance = models.CharField(max_length=10, choices=Stance)
    quote = models.TextField(blank=True, help_text="The passage, word for word.")
    quote_start = models.PositiveIntegerField(
        null=True, editable=False, help_text="Its offset in the snapshot's text, where it was found."
    )
    locator = models.CharField(max_length=200, blank=True, help_text="Page, table, minute.")
    note = models.TextField(blank=True)
    is_primary = models.BooleanField("primary source", default=False)
    independence_group = models.CharField(
        max_length=80, blank=True, help_text="Sources that rest on the same origin share a group."
    )
    latest_look = models.ForeignKey(
        "QuoteLook", null=True, editable=False, on_delete=models.SET_NULL, related_name="+",
        help_text="What became of the quote; none while the source says what it said.",
    )  # fmt: skip
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT)
    added_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["claim", "source", "quote"], name="evidence_once"),
            models.CheckConstraint(
                condition=Q(quote_start=None) | Q(snapshot__isnull=False), name="evidence_anchor_has_snapshot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"


class QuoteLook(models.Model):
    """What became of a quote when its source's text had changed."""

    class Found(models.TextChoices):
        THERE = Found.THERE.value, "still there"
        MOVED = Found.MOVED.value, "in another place"
        REWORDED = Found.REWORDED.value, "reworded"
        GONE = Found.GONE.value, "no longer there"

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="looks")
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="+", help_text="What the source said then."
    )
    found = models.CharField(max_length=8, choices=Found)
    start = models.PositiveIntegerField(null=True, help_text="Offset in the snapshot's text, in characters.")
    end = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True, help_text="What stands there; of one gone, what is most like it.")
    likeness = models.FloatField(help_text="Of these words to the quote, 0 to 1.")
    came_back = models.BooleanField(default=False, help_text="It was gone before.")
    at = models.DateTimeField()
    since = models.DateTimeField(help_text="Since when this has been found.")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "look for a quote"
        verbose_name_plural = "looks for quotes"
        constraints = [
            models.UniqueConstraint(fields=["evidence", "snapshot"], name="quote_look_once"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")), name="quote_look_has_length"
            ),
            models.CheckConstraint(
                condition=Q(found="gone") | Q(start__isnull=False), name="quote_look_found_somewhere"
            ),
        ]
        indexes = [
            # Claims whose quotes are gone.
            models.Index(fields=["evidence"], name="quote_look_gone", condition=Q(found="gone")),
        ]

    def __str__(self) -> str:
        return f"{self.get_found_display()}, {self.at:%Y-%m-%d}"
