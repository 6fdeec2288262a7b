"""Topics: what a claim is about, and the desk that answers for it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q


@pghistory.track()
class Topic(models.Model):
    """A field of reporting, such as health; its desk is asked where nobody answers for a claim."""

    name = models.CharField(max_length=80, unique=True)
    desk = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="topics", help_text="Who answers for its claims."
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="topic_has_name")]

    def __str__(self) -> str:
        return self.name
