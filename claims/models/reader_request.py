"""What readers ask: to look at a published claim again."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim


@pghistory.track(exclude=["asked_from"])
class ReaderRequest(models.Model):
    """A reader's request, which nobody but the desk sees. A reviewer accepts or declines it."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reader_requests")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_from = models.CharField(
        max_length=64, help_text="A keyed hash of the reader's address, to count by; the address is not kept."
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = "reader's request"
        permissions = [("decide_readerrequest", "Can accept or decline a reader's request")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="reader_request_has_words"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="reader_request_decided_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(decline_reason="")
                | ~Q(state="declined") & Q(decline_reason=""),
                name="reader_request_declined_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_from", "asked_at"], name="reader_request_by_address"),
            models.Index(fields=["asked_at"], name="reader_request_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.words
