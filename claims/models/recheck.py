"""Re-checks, and the reminders that go out about them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from sources.work import Work, WorkQuerySet


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def due(self, *, at: datetime) -> Self:
        return self.open().filter(due_at__lte=at)


@pghistory.track()
class Recheck(models.Model):
    """A scheduled look at a published claim; at most one is open per claim."""

    class Outcome(models.TextChoices):
        STILL_SO = "still_so", "still so"
        CHANGED = "changed", "changed"
        CANNOT_CONFIRM = "cannot_confirm", "cannot confirm"
        SUPERSEDED = "superseded", "superseded"
        RETIRED = "retired", "retired"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rechecks")
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=40, help_text="The policy's rule that set the time.")
    why = models.CharField(max_length=300, help_text="The rule in words.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="rechecks"
    )
    created_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, editable=False, help_text="When its reminders were made.")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="closed_rechecks"
    )

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = "re-check"
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(closed_at=None), name="recheck_one_open_per_claim"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="recheck_closed_with_outcome",
            ),
        ]
        indexes = [
            # What is due, and what of it still needs its reminders.
            models.Index(fields=["due_at"], name="recheck_open_by_due", condition=Q(closed_at=None)),
            models.Index(
                fields=["due_at"], name="recheck_to_remind", condition=Q(closed_at=None, reminded_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Re-check of “{self.claim}”, due {self.due_at:%Y-%m-%d}"


class RecheckCause(models.Model):
    """Something that happened which made a claim's re-check due before its time; each counts once."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="recheck_causes")
    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="causes")
    rule = models.CharField(max_length=40, help_text="What kind of cause, such as source_changed.")
    key = models.CharField(max_length=300, help_text="Which one, such as snapshot:12.")
    why = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True, help_text="A page of ours that shows it; its path.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "cause of a re-check"
        constraints = [
            models.UniqueConstraint(fields=["claim", "rule", "key"], name="recheck_cause_once"),
            models.CheckConstraint(condition=~Q(why=""), name="recheck_cause_has_words"),
        ]

    def __str__(self) -> str:
        return self.why


class Reminder(Work):
    """One notification about one re-check to one person on one channel; made once, sent once."""

    class Channel(models.TextChoices):
        INBOX = "inbox", "inbox"
        EMAIL = "email", "e-mail"

    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    channel = models.CharField(max_length=10, choices=Channel)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "person", "channel"], name="reminder_once"),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="reminder_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
            models.Index(fields=["person", "-created_at"], name="reminder_inbox"),
        ]

    def __str__(self) -> str:
        return self.subject
