"""What reviews go by and leave behind: gates of ratings, blind second ratings, corrections, topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from claims import blind, gates
from claims.admin.base import DomainAdmin, DomainForm, person, rating_chip
from claims.models import BlindSwitch, Correction, RatingGate, Topic
from claims.models.review import MOST_SOURCES
from sources.admin import ModelAdmin, ReadOnlyAdmin, time_column


class GateForm(DomainForm):
    sources = forms.IntegerField(
        min_value=0,
        max_value=MOST_SOURCES,
        label="Independent sources",
        help_text=f"0 to {MOST_SOURCES}. Sources that share an origin count once; 0: none is needed.",
        widget=UnfoldAdminIntegerFieldWidget,
    )


@admin.register(RatingGate)
class RatingGateAdmin(DomainAdmin):
    form = GateForm
    list_display = ("rating", "sources")
    fields = ("rating", "sources")
    readonly_fields = ("rating",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # Each rating has its row from the start.

    def save_model(self, request: HttpRequest, obj: RatingGate, form: Any, change: bool) -> None:
        gate = RatingGate.objects.get(pk=obj.pk)
        gates.change(gate=gate, sources=form.cleaned_data["sources"], by=person(request), at=timezone.now())


@admin.register(BlindSwitch)
class BlindSwitchAdmin(DomainAdmin):
    list_display = ("__str__", "set_by", time_column("set_at", "since"))
    list_select_related = ("topic", "claim", "set_by")
    fields = ("topic", "claim")
    autocomplete_fields = ("topic", "claim")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.delete_blindswitch")

    def save_model(self, request: HttpRequest, obj: BlindSwitch, form: Any, change: bool) -> None:
        given = form.cleaned_data
        made = blind.switch_on(
            topic=given["topic"], claim=given["claim"], by=person(request), at=timezone.now()
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: BlindSwitch) -> None:
        blind.switch_off(switch=obj, by=person(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for switch in queryset:
            blind.switch_off(switch=switch, by=person(request))


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("claim_short", "before", "now", time_column("published_at", "published"))
    list_select_related = ("verdict__claim", "corrects")
    list_fullwidth = True
    search_fields = ("verdict__claim__text", "text")
    fields = ("claim", "before", "now", "text", "published_at")
    readonly_fields = ("claim", "before", "now")

    @admin.display(description="claim")
    def claim_short(self, row: Correction) -> str:
        return Truncator(row.verdict.claim.text).chars(100)

    @admin.display(description="claim")
    def claim(self, row: Correction) -> str:
        return row.verdict.claim.text

    @admin.display(description="we had said")
    def before(self, row: Correction) -> str:
        return rating_chip(row.corrects.rating)

    @admin.display(description="we say now")
    def now(self, row: Correction) -> str:
        return rating_chip(row.verdict.rating)


@admin.register(Topic)
class TopicAdmin(ModelAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name", "desk")
    autocomplete_fields = ("desk",)
