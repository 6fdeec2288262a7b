"""Evidence: attached, amended and removed from the page of its claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from claims import evidence
from claims.admin.base import DomainAdmin, DomainForm, person
from claims.models import Claim, Evidence
from sources.admin import chip, in_words, time_column

STANCE_COLOURS = {"supports": "success", "refutes": "danger", "context": "info"}
DETAILS = ("stance", "quote", "locator", "note", "is_primary", "independence_group")


class EvidenceForm(DomainForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"quote", "note"} & self.fields.keys():
            self.fields[name].widget.attrs["rows"] = 4


class NewEvidenceForm(EvidenceForm):
    url = forms.CharField(
        required=False, max_length=2000, label="Address of the source", widget=UnfoldAdminTextInputWidget,
        help_text="A source already known is recognised; a new one is fetched in the background.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stance" in self.fields:
            choices = [("", "Choose"), *Evidence.Stance.choices]  # None is more likely than another.
            self.fields["stance"] = forms.ChoiceField(choices=choices, widget=UnfoldAdminSelectWidget)
        if "source" in self.fields:
            self.fields["source"].required = False
            self.fields["source"].label = "Or a source already known"


@admin.register(Evidence)
class EvidenceAdmin(DomainAdmin):
    list_display = (
        "claim_short", "stance_now", "source_short", "quote_short", "primary", "added_by",
        time_column("added_at", "added"),
    )  # fmt: skip
    list_filter = (
        ("stance", ChoicesDropdownFilter), ("latest_look__found", ChoicesDropdownFilter),
        ("source", AutocompleteSelectFilter),
        ("claim", AutocompleteSelectFilter),
    )  # fmt: skip
    list_select_related = ("claim", "source", "added_by")
    search_fields = ("claim__text", "source__title", "source__url", "quote", "note")
    search_help_text = "Claim, source, quote or note"
    autocomplete_fields = ("claim", "source")
    add_fieldsets = (
        (None, {"fields": ("claim", "url", "source")}),
        (
            "What it says",
            {"fields": ("stance", "quote", "locator", "note", "is_primary", "independence_group")},
        ),
    )
    fieldsets = (
        (None, {"fields": ("claim_link", "source_link", "anchored", "added")}),
        ("What it says", {"fields": DETAILS}),
    )
    readonly_fields = ("claim_link", "source_link", "anchored", "added")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return Evidence.objects.select_related(
            "claim", "source", "added_by", "snapshot", "latest_look"
        ).defer("snapshot__headers", "snapshot__text", "claim__search")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = EvidenceForm if obj else NewEvidenceForm
        return super().get_form(request, obj, change, form=form, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.delete_evidence")

    @admin.display(description="claim", ordering="claim__text")
    def claim_short(self, row: Evidence) -> str:
        return Truncator(row.claim.text).chars(80)

    @admin.display(description="stance", ordering="stance")
    def stance_now(self, row: Evidence) -> str:
        return chip(row.get_stance_display(), STANCE_COLOURS[row.stance])

    @admin.display(description="source")
    def source_short(self, row: Evidence) -> str:
        return Truncator(str(row.source)).chars(60)

    @admin.display(description="quote")
    def quote_short(self, row: Evidence) -> str:
        return Truncator(row.quote).chars(60)

    @admin.display(description="primary", ordering="is_primary")
    def primary(self, row: Evidence) -> str:
        return "primary" if row.is_primary else ""

    @admin.display(description="claim")
    def claim_link(self, row: Evidence) -> str:
        return format_html('<a href="{}">{}</a>', _claim_page(row.claim_id), row.claim)

    @admin.display(description="source")
    def source_link(self, row: Evidence) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:sources_source_change", args=[row.source_id]), row.source
        )

    @admin.display(description="quote in the snapshot")
    def anchored(self, row: Evidence) -> str:
        if row.snapshot is None:
            return "the source has not been fetched yet"
        if not row.quote:
            return "no quote given"
        found = "found" if row.quote_start is not None else "not found"
        words = f"{found} in the snapshot of {in_words(row.snapshot.fetched_at)}"
        look = row.latest_look
        return f"{words}; {look.get_found_display()} since {in_words(look.since)}" if look else words

    @admin.display(description="added")
    def added(self, row: Evidence) -> str:
        return f"{in_words(row.added_at)}, {row.added_by}"

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        given = form.cleaned_data
        details = {name: given[name] for name in DETAILS}
        by, at = person(request), timezone.now()
        if change:
            evidence.amend(evidence=obj, by=by, at=at, **details)
            return
        claim: Claim = given["claim"]
        row = evidence.attach(claim=claim, by=by, at=at, url=given["url"], source=given["source"], **details)
        obj.pk = row.pk
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: Evidence) -> None:
        evidence.remove(evidence=obj, by=person(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Evidence]) -> None:
        for row in queryset:
            evidence.remove(evidence=row, by=person(request), at=timezone.now())

    def response_add(
        self, request: HttpRequest, obj: Evidence, post_url_continue: Any = None
    ) -> HttpResponse:
        return self._back(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Evidence) -> HttpResponse:
        return self._back(request, obj, super().response_change(request, obj))

    def _back(self, request: HttpRequest, obj: Evidence, usual: HttpResponse) -> HttpResponse:
        """Work on evidence starts at a claim and leads back to it."""
        return HttpResponseRedirect(_claim_page(obj.claim_id)) if "_save" in request.POST else usual


def _claim_page(pk: int) -> str:
    return reverse("admin:claims_claim_change", args=[pk])
