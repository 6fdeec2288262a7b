"""Evidence: what a source says about a claim."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from sources.models import Snapshot, Source


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
