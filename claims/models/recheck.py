"""Re-checks, and the reminders that go out about them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value

from claims.models.claim import Claim, freshness_of_due
from sources.work import Work, WorkQuerySet


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def due(self, *, at: datetime) -> Self:
        return self.open().filter(due_at__lte=at)

    def with_freshness(self, *, at: datetime) -> Self:
        """Annotate `freshness`: fresh, due, overdue or stale, open or not."""
        return self.annotate(
            freshness=Case(*freshness_of_due(at), default=Value("stale"), output_field=models.CharField())
        )


# How far its reminders have come is theirs to tell, and no change of the re-check.
@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["reminded_stage"]
)
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
    reminded_stage = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Whose reminders are made: 0 nobody's, else a Reminder.Stage."
    )
    round = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often its reminders were paused; each time they begin anew."
    )
    quiet_until = models.DateTimeField(
        null=True, editable=False, help_text="Until then it reminds nobody: snoozed or acknowledged."
    )
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
            # One range for each stage that reminders have come to.
            models.Index(
                fields=["reminded_stage", "due_at"],
                name="recheck_to_remind",
                condition=Q(closed_at=None, reminded_stage__lt=3),
            ),
        ]

    def __str__(self) -> str:
        return f"Re-check of “{self.claim}”, due {self.due_at:%Y-%m-%d}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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


@pghistory.track()
class RecheckPause(models.Model):
    """Somebody's word on a due re-check that keeps its reminders, and with them the escalation, quiet."""

    class Kind(models.TextChoices):
        SNOOZE = "snooze", "snoozed"
        ACKNOWLEDGE = "acknowledge", "acknowledged"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="recheck_pauses")
    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="pauses")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3 … of this re-check.")
    kind = models.CharField(max_length=12, choices=Kind)
    until = models.DateTimeField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["recheck_id", "number"]
        verbose_name = "pause of reminders"
        verbose_name_plural = "pauses of reminders"
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "number"], name="pause_number_once"),
            models.CheckConstraint(condition=~Q(why=""), name="pause_has_words"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="pause_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.why}"


class Digest(Work):
    """One mail that holds all reminders of a person that waited for it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="digest_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Digest for {self.person}, {self.created_at:%Y-%m-%d}"


class Reminder(Work):
    """One notification about one re-check to one person on one channel; made once, sent once.

    `text`, `why` and `due_at` are those of that moment. What is done and has no `sent_at` was not needed
    any more when its time came.
    """

    class Channel(models.TextChoices):
        INBOX = "inbox", "inbox"
        EMAIL = "email", "e-mail"
        WEBHOOK = "webhook", "webhook"
        SLACK = "slack", "Slack"

    class Stage(models.IntegerChoices):
        DUE = 1, "due"
        OVERDUE = 2, "overdue"
        STALE = 3, "stale"

    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    channel = models.CharField(max_length=10, choices=Channel)
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.DUE)
    round = models.PositiveSmallIntegerField(default=0, help_text="As the re-check's was.")
    text = models.TextField(help_text="The claim.")
    why = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(
        Digest, null=True, editable=False, on_delete=models.PROTECT, related_name="reminders"
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recheck", "round", "stage", "person", "channel"], name="reminder_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="reminder_waiting",
                condition=Q(work_state__in=["queued", "running"], digest=None),
            ),
            models.Index(fields=["person", "-created_at"], name="reminder_inbox"),
            # What a person's digest would gather.
            models.Index(
                fields=["person", "not_before"],
                name="reminder_to_gather",
                condition=Q(channel="email", work_state="queued", digest=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Re-check {self.get_stage_display()}: {self.text}"
