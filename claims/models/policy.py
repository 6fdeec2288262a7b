"""The re-check policy: when a claim is looked at again, as rules that an editor keeps."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.topic import Topic
from claims.models.verdict import Rating

# Written once: a version is neither changed nor removed.
APPEND_ONLY = [
    pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update, condition=pgtrigger.AnyChange()),
    pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
]


class Policy(models.Model):
    """One version of the policy. The newest is in force; those before it stay as they were."""

    number = models.PositiveIntegerField(unique=True, help_text="1, 2, 3 …")
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="None for the first, which came with the program.",
    )  # fmt: skip
    reason = models.CharField(max_length=300, help_text="Why it was changed.")
    moved = models.PositiveIntegerField(
        null=True, help_text="How many open re-checks it moved; none where it was for later ones only."
    )
    overdue_after = models.PositiveSmallIntegerField(
        default=3,
        help_text="Days after the due time from which the desk is reminded too.",
    )
    stale_after = models.PositiveSmallIntegerField(
        default=30, help_text="Days after the due time from which the administrators are, too."
    )
    snooze_days = models.PositiveSmallIntegerField(
        default=14, help_text="The most days for which a due re-check is snoozed at a time."
    )
    snooze_times = models.PositiveSmallIntegerField(
        default=3, help_text="How often one re-check can be snoozed."
    )
    acknowledge_days = models.PositiveSmallIntegerField(
        default=7, help_text="The most days for which “I am working on it” keeps reminders quiet."
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = "re-check policy"
        verbose_name_plural = "re-check policies"
        permissions = [("change_recheck_policy", "Can change the re-check policy")]
        triggers = APPEND_ONLY
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="policy_has_reason"),
            models.CheckConstraint(condition=Q(number__gte=1), name="policy_number_from_1"),
            models.CheckConstraint(
                condition=Q(overdue_after__gte=1, stale_after__gt=models.F("overdue_after")),
                name="policy_overdue_then_stale",
            ),
            models.CheckConstraint(
                condition=Q(snooze_days__gte=1, acknowledge_days__gte=1), name="policy_pauses_of_days"
            ),
        ]

    def __str__(self) -> str:
        return f"Policy no. {self.number}"


class PolicyRule(models.Model):
    """One rule: for which claims, how long until the next look, and why. The first that fits decides."""

    class Dates(models.TextChoices):
        ANY = "", "any or none"
        BEGINS = "begins", "a date that is to come"
        ENDS = "ends", "an end that is to come"
        PASSED = "passed", "only dates that have come"
        NONE = "none", "no date"

    class Wait(models.TextChoices):
        DAYS = "days", "after days"
        DATE = "date", "on the date"
        NEVER = "never", "never"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    name = models.SlugField(max_length=40, help_text="A short name, which re-checks carry.")
    kinds = ArrayField(models.CharField(max_length=12, choices=Claim.Kind), default=list, blank=True)
    ratings = ArrayField(models.CharField(max_length=20, choices=Rating), default=list, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    volatility = models.CharField(max_length=6, choices=Claim.Volatility, blank=True)
    dates = models.CharField(max_length=6, choices=Dates, blank=True)
    within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The date comes within so many days of the verdict."
    )
    wait = models.CharField(max_length=5, choices=Wait)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["policy_id", "position"]
        verbose_name = "rule of a re-check policy"
        verbose_name_plural = "rules of re-check policies"
        triggers = APPEND_ONLY
        constraints = [
            models.UniqueConstraint(fields=["policy", "position"], name="rule_position_once"),
            models.UniqueConstraint(fields=["policy", "name"], name="rule_name_once"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(name=""), name="rule_has_words"),
            models.CheckConstraint(
                condition=Q(wait="days", days__gte=1, days__lte=3650)
                | (~Q(wait="days") & Q(days__isnull=True)),
                name="rule_days_where_it_waits_days",
            ),
            # "On the date" needs a date that is known to come.
            models.CheckConstraint(
                condition=~Q(wait="date") | Q(dates__in=["begins", "ends"]), name="rule_waits_for_a_date"
            ),
            models.CheckConstraint(
                condition=Q(within=None) | Q(within__gte=1, dates__in=["begins", "ends"]),
                name="rule_within_of_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name
