"""Notices: what a person is told in the inbox beside reminders."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim


class Notice(models.Model):
    """Something that happened to a claim's review, told to one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notices")
    words = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="notice_has_words")]
        indexes = [models.Index(fields=["person", "-at"], name="notice_inbox")]

    def __str__(self) -> str:
        return self.words
