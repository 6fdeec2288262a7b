"""What one wants to hear, when and where; and putting a due re-check off."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings

from claims.forms.base import DateInput, DeskForm
from claims.models import NotificationSettings


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WishesForm(DeskForm):
    time_zone = forms.ChoiceField(required=False, label="Your time zone")
    quiet_from = forms.TimeField(required=False, label="Quiet from", widget=TimeInput())
    quiet_until = forms.TimeField(
        required=False,
        label="Quiet until",
        widget=TimeInput(),
        help_text="Until then nothing is sent; the inbox has it all the same.",
    )
    rhythm = forms.ChoiceField(
        choices=NotificationSettings.Rhythm.choices, label="Mails come", widget=forms.RadioSelect
    )
    digest_hour = forms.TypedChoiceField(
        coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)], label="At"
    )
    digest_weekday = forms.TypedChoiceField(
        coerce=int, choices=NotificationSettings.Weekday.choices, label="One mail a week comes on"
    )
    desk = forms.BooleanField(
        required=False, label="Tell me of everybody’s overdue re-checks, and of those that are nobody’s"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
        choices = [("", f"the newsroom’s ({settings.TIME_ZONE})"), *zones]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]


class ChannelForm(DeskForm):
    is_on = forms.BooleanField(required=False, label="On")
    address = forms.CharField(
        required=False,
        label="Address",
        max_length=2000,
        widget=forms.URLInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class PauseForm(DeskForm):
    until = forms.DateField(label="Until", widget=DateInput())
    why = forms.CharField(label="Why", max_length=300)
