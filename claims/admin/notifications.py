"""What each person is told, when and where; for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter

from claims import notifications
from claims.admin.base import DomainAdmin, DomainForm, active_people, person
from claims.models import NotificationSettings, PersonChannel
from sources.admin import ReadOnlyAdmin, chip, time_column


@admin.register(NotificationSettings)
class NotificationSettingsAdmin(DomainAdmin):
    """One's own are under the desk's menu; these are everybody's."""

    list_display = ("person", "time_zone", "quiet_from", "quiet_until", "rhythm", "desk")
    list_select_related = ("person",)
    list_filter = (("rhythm", ChoicesDropdownFilter), ("desk", BooleanRadioFilter))
    search_fields = ("person__username", "person__first_name", "person__last_name")
    fields = (
        "person", "time_zone", ("quiet_from", "quiet_until"), ("rhythm", "digest_hour", "digest_weekday"),
        "desk",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("person",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "person":
            kwargs["queryset"] = active_people().filter(notification_settings=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: NotificationSettings, form: DomainForm | forms.Form, change: bool
    ) -> None:
        wishes = {name: getattr(obj, name) for name in notifications.FIELDS}
        stored = notifications.change(person=obj.person, wishes=wishes, by=person(request), at=timezone.now())
        obj.pk = stored.pk


@admin.register(PersonChannel)
class PersonChannelAdmin(ReadOnlyAdmin):
    """Whose channels work and whose do not; each person sets their own."""

    list_display = (
        "person", "name", "state_now", "goes_to", "failures", "failure", time_column("failed_at", "failed"),
        time_column("switched_off_at", "switched off"),
    )  # fmt: skip
    list_select_related = ("person",)
    list_filter = (("name", ChoicesDropdownFilter), ("is_on", BooleanRadioFilter))
    search_fields = ("person__username", "failure")
    fields = (
        ("person", "name", "state_now"), "goes_to", ("failures", "failed_at", "switched_off_at"), "failure",
    )  # fmt: skip
    readonly_fields = ("state_now", "goes_to")

    @admin.display(description="state", ordering="is_on")
    def state_now(self, channel: PersonChannel) -> str:
        if channel.switched_off_at:
            return chip("switched off", "danger")
        return chip("on", "success") if channel.is_on else chip("off")

    @admin.display(description="goes to")
    def goes_to(self, channel: PersonChannel) -> str:
        return notifications.shown_address(channel)
