"""Links between claims: what they have to do with each other."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from claims.models.claim import Claim


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ClaimLink(models.Model):
    """Two claims that cannot both stand, say the same, or of which the first follows from the other.

    Contradiction and sameness hold both ways: such a link is stored once, the older claim first.
    """

    class Kind(models.TextChoices):
        CONTRADICTS = "contradicts", "contradicts"
        SAME = "same", "says the same as"
        FOLLOWS = "follows", "follows from"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links_to_it")
    kind = models.CharField(max_length=11, choices=Kind)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["linked_at", "pk"]
        verbose_name = "link between claims"
        verbose_name_plural = "links between claims"
        constraints = [
            models.UniqueConstraint(
                Least("claim", "other"), Greatest("claim", "other"), name="claim_link_once_per_pair"
            ),
            models.CheckConstraint(condition=~Q(claim=F("other")), name="claim_link_of_two"),
            models.CheckConstraint(
                condition=Q(kind="follows") | Q(claim__lt=F("other")), name="claim_link_both_ways_once"
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.claim}” {self.get_kind_display()} “{self.other}”"
