"""Steps at the desk that can be taken back."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.people import ApiKey


class UndoStep(models.Model):
    """One request that changed something, kept for a day and no longer than the session it was sent in.

    What the rows were before and after is in the events of the audit that carry its `context`.
    """

    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="+")
    api_key = models.ForeignKey(ApiKey, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    context = models.UUIDField(unique=True, help_text="The audit's context of the request.")
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.SET_NULL, related_name="+", help_text="What it was done to."
    )
    words = models.CharField(max_length=300, help_text="What was done, for the person who did it.")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session=None, api_key__isnull=False) | Q(session__isnull=False, api_key=None),
                name="undo_step_of_one_session",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="undo_step_has_words"),
        ]
        # What is past its time.
        indexes = [models.Index(fields=["at"], name="undo_step_by_age")]

    def __str__(self) -> str:
        return self.words
