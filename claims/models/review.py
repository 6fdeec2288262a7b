"""What a review stands on: the sources a rating needs, a second rating given blind, and what comes of it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from claims.models.topic import Topic
from claims.models.verdict import Proposal, Rating, Verdict, append_only

MOST_SOURCES = 10
# What stands where a redaction erased words.
ERASED = "Redacted."


def unless_redacted(column: str, verdicts: str) -> str:
    """Let an UPDATE through that erases this column and no other, where one of these verdicts is redacted.

    `verdicts` is a SQL condition on the verdict `v`.
    """
    return f"""
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}' AND NEW.{column} = '{ERASED}'
            AND EXISTS (
                SELECT 1 FROM claims_verdict v JOIN claims_redaction r ON r.verdict_id = v.id WHERE {verdicts}
            )
        THEN
            RETURN NEW;
        END IF;
    END IF;
    """  # noqa: S608 - both come from this file


# The verdict that was proposed, or that followed where the proposal was sent back.
OF_THE_PROPOSAL = (
    "(v.claim_id, v.number) = "
    "(SELECT p.claim_id, p.follows + 1 FROM claims_proposal p WHERE p.id = OLD.proposal_id)"
)


@pghistory.track()
class RatingGate(models.Model):
    """How many independent sources a rating needs. A rating without a row needs none."""

    rating = models.CharField(max_length=20, choices=Rating, unique=True)
    sources = models.PositiveSmallIntegerField(
        "independent sources",
        default=0,
        help_text="Sources that share an origin count once. 0: none is needed.",
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "gate of a rating"
        verbose_name_plural = "gates of ratings"
        constraints = [
            models.CheckConstraint(condition=Q(sources__lte=MOST_SOURCES), name="rating_gate_within_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rating_display()}: {self.sources}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class BlindSwitch(models.Model):
    """A blind second rating is asked for: of one claim, of a topic's claims, or (neither given) of all."""

    topic = models.OneToOneField(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="blind_switch"
    )
    claim = models.OneToOneField(
        Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="blind_switch"
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "blind second rating"
        verbose_name_plural = "blind second ratings"
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "claim"], nulls_distinct=False, name="blind_switch_once_for_all"
            ),
            models.CheckConstraint(condition=Q(topic=None) | Q(claim=None), name="blind_switch_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"claims about {self.topic}" if self.topic else str(self.claim or "all claims")


class SecondRating(models.Model):
    """What a second person rated before seeing the first rating; both, as they were."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="second")
    first = models.CharField("first rating", max_length=20, choices=Rating)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField("second rating", max_length=20, choices=Rating)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="second_ratings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only(unless_redacted("reason", OF_THE_PROPOSAL))
        constraints = [
            models.CheckConstraint(condition=~Q(first_by=F("by")), name="second_rating_four_eyes"),
            models.CheckConstraint(condition=~Q(reason=""), name="second_rating_has_reason"),
            models.CheckConstraint(
                condition=Q(first__in=Rating.values, rating__in=Rating.values), name="second_rating_is_rated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_first_display()}, and blind: {self.get_rating_display()}"


class Approval(models.Model):
    """What an approved rating stood on: its gate, why an editor overrode it, and what was seen against it."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="approval")
    needed = models.PositiveSmallIntegerField(help_text="Independent sources that the rating needed.")
    independent = models.PositiveSmallIntegerField(help_text="Independent sources that there were.")
    override = models.TextField(blank=True, help_text="Why fewer were enough.")
    unaddressed = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Evidence against the rating that its reason does not deal with, seen by the approver.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only(unless_redacted("override", OF_THE_PROPOSAL))
        constraints = [
            models.CheckConstraint(
                condition=Q(independent__gte=F("needed"), override="")
                | (Q(independent__lt=F("needed")) & ~Q(override="")),
                name="approval_gate_met_or_overridden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.independent} of {self.needed} independent sources"


class Correction(models.Model):
    """A public note: what we had said by our error, and what we say now."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="correction")
    corrects = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(help_text="For readers.")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        triggers = append_only(unless_redacted("text", "v.id = OLD.verdict_id"))
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_words"),
            models.CheckConstraint(condition=~Q(verdict=F("corrects")), name="correction_of_another_verdict"),
        ]
        indexes = [
            # The public list, newest first.
            models.Index(fields=["-published_at", "-id"], name="correction_by_time"),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.published_at:%Y-%m-%d}"
