"""How each person wants to hear of re-checks: when, how often, and where."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.recheck import Reminder


@pghistory.track(exclude=["calendar_hash"])
class NotificationSettings(models.Model):
    """One person's hours and rhythm. Who has none is told at once, at any hour."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", "at once"
        DAILY = "daily", "one mail a day"
        WEEKLY = "weekly", "one mail a week"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_settings"
    )
    time_zone = models.CharField(max_length=64, blank=True, help_text="Empty: the newsroom's.")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(default=8, help_text="0 to 23, in that time zone.")
    digest_weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    desk = models.BooleanField(default=False, help_text="Also hears of everybody's overdue re-checks.")
    calendar_hash = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the feed's token, in hex."
    )
    calendar_made_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["person"]
        verbose_name = "notification settings"
        verbose_name_plural = "notification settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="quiet_hours_from_and_until",
            ),
            models.UniqueConstraint(
                fields=["calendar_hash"], condition=~Q(calendar_hash=""), name="calendar_of_one_person"
            ),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_of_a_day"),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="digest_day_of_a_week"),
        ]
        indexes = [
            # Who hears for the desk.
            models.Index(fields=["person"], name="settings_desk", condition=Q(desk=True)),
        ]

    def __str__(self) -> str:
        return f"Notification settings of {self.person}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)

    @property
    def in_digests(self) -> bool:
        """Whether mails are gathered into one a day or a week."""
        return self.rhythm != self.Rhythm.AT_ONCE

    def local(self, moment: datetime) -> datetime:
        return timezone.localtime(moment, self.zone)


@pghistory.track(fields=["person", "name", "is_on", "switched_off_at"], model_name="PersonChannelEvent")
class PersonChannel(models.Model):
    """What one person set for one channel, and how it fares. Without one e-mail is on, the others are off."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField(max_length=10, choices=Reminder.Channel)
    is_on = models.BooleanField(default=False)
    address = models.CharField(max_length=2000, blank=True, help_text="Where a webhook is sent to.")
    secret = models.CharField(max_length=80, blank=True, editable=False, help_text="What it is signed with.")
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="Tries in a row that failed.")
    failure = models.TextField(blank=True, editable=False, help_text="Why the last one failed.")
    failed_at = models.DateTimeField(null=True, editable=False)
    switched_off_at = models.DateTimeField(
        null=True, editable=False, help_text="When it had failed so often that it was given up."
    )

    class Meta:
        ordering = ["person", "name"]
        verbose_name = "person's channel"
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="person_channel_once"),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(name="email") | ~Q(address=""), name="person_channel_has_address"
            ),
            # Nobody can turn the inbox off.
            models.CheckConstraint(condition=~Q(name="inbox"), name="person_channel_not_the_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} of {self.person}"
