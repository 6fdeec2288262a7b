"""One's own reminders, and what one is told, when and where; pausing a due re-check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import notifications, pauses
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, Body, Day, Flag, Instant, NoQuery, Number, Text
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.rechecks import TAG, recheck_rows
from claims.api.schema import operation
from claims.api.shapes import Failure, PersonShape, RecheckShape
from claims.channels import CHANNELS
from claims.models import NotificationSettings, PersonChannel, RecheckPause, Reminder

REMINDERS = "Reminders"
STAGES = [(stage.label, stage.label) for stage in Reminder.Stage]
OWN_CHANNELS = [choice for choice in Reminder.Channel.choices if choice[0] in CHANNELS]


class ReminderShape(serializers.Serializer[Reminder]):
    """`sent_at` null and not waiting: it was not needed any more, or it failed."""

    id = serializers.IntegerField(source="pk")
    recheck = serializers.IntegerField(source="recheck_id")
    claim = serializers.IntegerField(source="recheck.claim_id")
    claim_text = serializers.CharField(source="text", help_text="As it was then.")
    stage = serializers.ChoiceField(STAGES, source="get_stage_display")
    channel = serializers.ChoiceField(Reminder.Channel.choices)
    due_at = Instant()
    why = serializers.CharField()
    created_at = Instant()
    sent_at = Instant(allow_null=True)
    read_at = Instant(allow_null=True)
    waiting = serializers.SerializerMethodField()
    failure = Failure()

    def get_waiting(self, reminder: Reminder) -> bool:
        return reminder.work_state in (Reminder.State.QUEUED, Reminder.State.RUNNING)


class ReminderQuery(PageQuery):
    channel = serializers.ChoiceField(Reminder.Channel.choices, required=False)
    stage = serializers.ChoiceField(STAGES, required=False)
    unread = serializers.BooleanField(required=False, help_text="true: not yet marked as read.")
    recheck = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class Reminders(Endpoint):
    @operation(
        "reminders_list",
        "List your own reminders, the newest first",
        tag=REMINDERS,
        query=ReminderQuery,
        answers={200: page_shape(ReminderShape)},
    )
    def get(self, request: Request) -> Response:
        query = ReminderQuery.read(request)
        rows = Reminder.objects.filter(person=self.person).select_related("recheck")
        if channel := query.get("channel"):
            rows = rows.filter(channel=channel)
        if stage := query.get("stage"):
            rows = rows.filter(stage=next(one for one in Reminder.Stage if one.label == stage))
        if "unread" in query:
            rows = rows.filter(read_at__isnull=query["unread"])
        if recheck := query.get("recheck"):
            rows = rows.filter(recheck=recheck)
        keys = (Key("created_at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(ReminderShape, request)


class ChannelShape(serializers.Serializer[PersonChannel]):
    name = serializers.ChoiceField(OWN_CHANNELS)
    on = serializers.BooleanField(source="is_on")
    address = serializers.SerializerMethodField(
        help_text="Where a webhook goes, without the part that is as good as a password."
    )
    failures = serializers.IntegerField(help_text="Tries in a row that failed.")
    failure = serializers.CharField(allow_blank=True, help_text="Why the last one failed.")
    switched_off_at = Instant(allow_null=True, help_text="When it was given up.")

    def get_address(self, channel: PersonChannel) -> str:
        return notifications.shown_address(channel)


@extend_schema_field(serializers.RegexField(r"^([01]\d|2[0-3]):[0-5]\d$"))
class Clock(serializers.TimeField):
    """A time of day, 22:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], allow_null=True, **kwargs)


class SettingsShape(serializers.Serializer[NotificationSettings]):
    time_zone = serializers.CharField(allow_blank=True, help_text="Empty: the newsroom's.")
    quiet_from = Clock()
    quiet_until = Clock()
    rhythm = serializers.ChoiceField(NotificationSettings.Rhythm.choices)
    digest_hour = serializers.IntegerField()
    digest_weekday = serializers.IntegerField(help_text="0 is Monday.")
    desk = serializers.BooleanField(help_text="Also hears of everybody's overdue re-checks.")
    channels = serializers.SerializerMethodField()

    @extend_schema_field(ChannelShape(many=True))
    def get_channels(self, settings: NotificationSettings) -> list[dict[str, Any]]:
        return [dict(ChannelShape(one).data) for one in notifications.channels_of(settings.person)]


class ChannelChange(Body):
    name = serializers.ChoiceField(OWN_CHANNELS)
    on = Flag()
    address = Text(required=False, allow_blank=True, max_length=2000, help_text="Left out: as it is.")


class SettingsChange(Body):
    """What is left out stays as it is."""

    time_zone = Text(required=False, allow_blank=True, max_length=64, help_text="Such as Europe/Kyiv.")
    quiet_from = Clock(required=False)
    quiet_until = Clock(required=False)
    rhythm = serializers.ChoiceField(NotificationSettings.Rhythm.choices, required=False)
    digest_hour = Number(required=False, min_value=0, max_value=23)
    digest_weekday = Number(required=False, min_value=0, max_value=6)
    desk = Flag(required=False)
    channels = ChannelChange(many=True, required=False)


class Settings(Endpoint):
    @operation(
        "notification_settings_read",
        "Read what you are told, when and where",
        tag=REMINDERS,
        answers={200: SettingsShape},
    )
    def get(self, request: Request) -> Response:
        NoQuery.read(request)
        return self.present(SettingsShape, notifications.settings_of(self.person))

    @operation(
        "notification_settings_change",
        "Change what you are told, when and where",
        tag=REMINDERS,
        body=SettingsChange,
        answers={200: SettingsShape},
        description="All of it is changed or, where something cannot be, nothing.",
    )
    def patch(self, request: Request) -> Response:
        NoQuery.read(request)
        wishes, at = SettingsChange.read(request), timezone.now()
        channels = wishes.pop("channels", [])
        with transaction.atomic():
            settings = notifications.change(person=self.person, wishes=wishes, by=self.person, at=at)
            for given in channels:
                notifications.set_channel(
                    person=self.person, name=given["name"], is_on=given["on"], address=given.get("address"),
                    by=self.person, at=at,
                )  # fmt: skip
        return self.present(SettingsShape, settings)


class PauseShape(serializers.Serializer[RecheckPause]):
    recheck = RecheckShape()
    number = serializers.IntegerField(help_text="1, 2, 3 … of this re-check.")
    kind = serializers.ChoiceField(RecheckPause.Kind.choices)
    until = Instant()
    why = serializers.CharField()
    by = PersonShape()
    at = Instant()


class NewPause(Body):
    until = Day(help_text="Until the morning of this day.")
    why = Text(max_length=300)


class RecheckSnooze(Endpoint):
    @operation(
        "rechecks_snooze",
        "Be reminded of a due re-check again on another day",
        tag=TAG,
        body=NewPause,
        answers={201: PauseShape},
        refuses=(404, 409),
        description="So long and so often as the policy allows. The claim is no fresher for it.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        given = NewPause.read(request)
        recheck = one(recheck_rows(), "re-check", id)
        made = pauses.snooze(recheck=recheck, by=self.person, at=timezone.now(), **given)
        return self.present(PauseShape, made, status=201)


class RecheckAcknowledge(Endpoint):
    @operation(
        "rechecks_acknowledge",
        "Say that you have seen a due re-check and work on it",
        tag=TAG,
        body=NewPause,
        answers={201: PauseShape},
        refuses=(404, 409),
        description="Until then nobody else is told. For as many days at most as the policy allows.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        given = NewPause.read(request)
        recheck = one(recheck_rows(), "re-check", id)
        made = pauses.acknowledge(recheck=recheck, by=self.person, at=timezone.now(), **given)
        return self.present(PauseShape, made, status=201)
