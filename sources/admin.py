"""Sources, publishers and snapshots in the admin; and what every page of the admin is built on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Count, Max, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from unfold import admin as unfold
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import action
from unfold.widgets import UnfoldAdminURLInputWidget

from sources.addresses import BadAddress, canonical_url
from sources.cataloguing import add_source, refetch
from sources.liveness import check_now
from sources.models import Check, Host, Publisher, Snapshot, Source

Step = TypeVar("Step", bound=Callable[..., HttpResponse])
Row = TypeVar("Row", bound=Model)

# Colours of a chip for what a check of a source found, and for where a piece of background work stands.
LIVENESS_COLOURS = {
    "unchanged": "success", "changed": "warning", "moved": "info", "gone": "danger", "blocked": "warning"
}  # fmt: skip
WORK_COLOURS = {"queued": "info", "running": "info", "done": "success", "failed": "danger"}


class ModelAdmin(unfold.ModelAdmin):  # type: ignore[misc]
    """The base of all pages: no deleting, no second count of the whole table, filters applied together."""

    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):  # PostgreSQL has no such character.
            raise BadRequest("The address contains a NUL character.")
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer


class ReadOnlyAdmin(ModelAdmin):
    """Rows that are written elsewhere: to be looked at here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def chip(words: str, colour: str = "") -> SafeString:
    return render_to_string("unfold/helpers/label.html", {"text": words, "type": colour})


def time_column(field: str, title: str) -> Callable[[Any], str]:
    """A column of days ("8 Sep 2019") or moments ("8 Sep 2019, 14:05" in the site's zone)."""

    @admin.display(description=title, ordering=field)
    def column(row: Any) -> str:
        return in_words(getattr(row, field))

    return column


def in_words(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j\xa0M\xa0Y, H:i")
    return date_format(value, "j\xa0M\xa0Y") if value else ""


def page_action(
    *, description: str, icon: str, permissions: list[str] | None = None, dialog: dict[str, Any] | None = None
) -> Callable[[Step], Step]:
    """A button at the top of a row's page; with a dialog it asks first and then acts by POST.

    Permissions are names of `has_…_permission`: the theme looks dotted ones up in the database at start.
    """
    typed: Callable[[Step], Step] = action(
        description=description, icon=icon, permissions=permissions, dialog=dialog
    )
    return typed


def row_or_404(model: type[Row], object_id: str) -> Row:
    """The row that an address names."""
    if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 19):
        raise Http404
    return get_object_or_404(model, pk=int(object_id))


def after_dialog(url: str) -> HttpResponse:
    """What a dialog answers when it is done: htmx then goes to `url`."""
    return HttpResponse(headers={"HX-Redirect": url})


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ("name", "site", "number_of_sources")
    search_fields = ("name", "site")
    fields = ("name", "site")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publisher]:
        return Publisher.objects.annotate(source_count=Count("sources"))

    @admin.display(description="sources", ordering="source_count")
    def number_of_sources(self, publisher: Any) -> int:
        return int(publisher.source_count)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "site" in form.base_fields:
            form.base_fields["site"].empty_value = None  # Two publishers without a site are no clash.
        return form


class NewSourceForm(forms.ModelForm):  # type: ignore[type-arg]
    url = forms.CharField(max_length=2000, label="Address", widget=UnfoldAdminURLInputWidget)

    def clean_url(self) -> str:
        try:
            return canonical_url(self.cleaned_data["url"])
        except BadAddress as bad:
            raise ValidationError(bad.message) from bad


FETCHING = ("address", "fetching", "why_in_full", "attempts", "added_at", "snapshots", "confirmed_at")
CHECKING = ("found_alive", "liveness_since", "liveness_why", "moved_to", "checked_at", "next_check_at")


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = (
        "name",
        "kind",
        "publisher",
        "fetching",
        "why",
        "found_alive",
        "number_of_snapshots",
        time_column("fetched_at", "last fetched"),
    )
    list_filter = (
        ("work_state", ChoicesDropdownFilter),
        ("liveness", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("publisher", AutocompleteSelectFilter),
    )
    list_select_related = ("publisher",)
    search_fields = ("title", "url", "publisher__name")
    autocomplete_fields = ("publisher",)
    actions = ("fetch_selected_again", "check_selected")
    actions_detail = ("fetch_again",)
    add_fieldsets = ((None, {"fields": ("url", "title", "kind", "publisher", "published_on")}),)
    fieldsets = (
        (None, {"fields": ("title", "kind", "publisher", "published_on")}),
        ("Fetching", {"fields": FETCHING}),
        ("Checks", {"fields": CHECKING}),
    )
    readonly_fields = FETCHING + CHECKING
    search_help_text = "Title, address or publisher"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.annotate(
            snapshot_count=Count("snapshots"), fetched_at=Max("snapshots__fetched_at")
        )

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = forms.ModelForm if obj else NewSourceForm
        return super().get_form(request, obj, change, form=form, **kwargs)

    @admin.display(description="source", ordering="title")
    def name(self, source: Source) -> str:
        return Truncator(str(source)).chars(90)

    @admin.display(description="fetch", ordering="work_state")
    def fetching(self, source: Source) -> str:
        return chip(source.get_work_state_display(), WORK_COLOURS[source.work_state])

    @admin.display(description="still there", ordering="liveness")
    def found_alive(self, source: Source) -> str:
        return (
            chip(source.get_liveness_display(), LIVENESS_COLOURS[source.liveness]) if source.liveness else ""
        )

    @admin.display(description="why it failed")
    def why_in_full(self, source: Source) -> str:
        return source.failure

    @admin.display(description="why it failed")
    def why(self, source: Source) -> str:
        return Truncator(source.failure).chars(90)

    @admin.display(description="snapshots", ordering="snapshot_count")
    def number_of_snapshots(self, source: Any) -> int:
        return int(source.snapshot_count)

    @admin.display(description="address")
    def address(self, source: Source) -> str:
        return format_html('<a href="{0}" rel="noreferrer noopener" target="_blank">{0}</a>', source.url)

    @admin.display(description="snapshots")
    def snapshots(self, source: Any) -> str:
        if not source.snapshot_count:
            return "none yet"
        address = f"{reverse('admin:sources_snapshot_changelist')}?source__id__exact={source.pk}"
        return format_html(
            '<a href="{}">{} snapshot(s), the last of {}</a>',
            address, source.snapshot_count, in_words(source.fetched_at),
        )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)  # The worker may be writing the other columns.
            return
        details = {name: form.cleaned_data[name] for name in ("title", "kind", "published_on")}
        publisher = form.cleaned_data["publisher"]
        source, _ = add_source(
            url=obj.url, at=timezone.now(), publisher=publisher.name if publisher else "", **details
        )
        obj.pk = source.pk
        obj.refresh_from_db()

    @page_action(description="Fetch again", icon="refresh", permissions=["change"], dialog={
        "title": "Fetch this source again?",
        "description": "A new snapshot is added; the ones before stay.",
        "form_submit_text": "Fetch again",
    })  # fmt: skip
    def fetch_again(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        source = row_or_404(Source, object_id)
        refetch(source=source, at=timezone.now())
        messages.success(request, "It will be fetched in a moment.")
        return after_dialog(reverse("admin:sources_source_change", args=[object_id]))

    @admin.action(description="Fetch again", permissions=["change"])
    def fetch_selected_again(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        chosen = list(Source.objects.filter(pk__in=list(queryset.values_list("pk", flat=True))))
        for source in chosen:
            refetch(source=source, at=timezone.now())
        messages.success(request, f"{len(chosen)} sources will be fetched in a moment.")

    @admin.action(description="Check now", permissions=["change"])
    def check_selected(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        chosen = Source.objects.filter(pk__in=list(queryset.values_list("pk", flat=True))).order_by("pk")
        begun = [check_now(source=source, at=timezone.now()) for source in chosen]
        messages.success(request, f"{sum(map(bool, begun))} of {len(begun)} are checked in a moment.")


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = (
        "url_short",
        "source_name",
        time_column("fetched_at", "fetched"),
        "http_status",
        "content_type",
        "fingerprint",
    )
    list_filter = (("source", AutocompleteSelectFilter),)
    list_select_related = ("source",)
    search_fields = ("url", "source__title", "content_hash")
    search_help_text = "Address, source or hash"
    fields = ("source", "url", "fetched_at", "http_status", "content_type", "content_hash", "headers", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return Snapshot.objects.defer(*([] if self._one(request) else ["headers", "text"]))

    @staticmethod
    def _one(request: HttpRequest) -> bool:
        return bool(request.resolver_match and "object_id" in request.resolver_match.kwargs)

    @admin.display(description="address", ordering="url")
    def url_short(self, snapshot: Snapshot) -> str:
        return Truncator(snapshot.url).chars(80)

    @admin.display(description="source")
    def source_name(self, snapshot: Snapshot) -> str:
        return Truncator(str(snapshot.source or "")).chars(60)

    @admin.display(description="hash")
    def fingerprint(self, snapshot: Snapshot) -> str:
        return snapshot.content_hash[:12]


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    """Every look at a source, and what it found."""

    list_display = ("source", "work_state", "outcome", "why", time_column("asked_at", "begun"))
    list_filter = (("outcome", ChoicesDropdownFilter), ("work_state", ChoicesDropdownFilter))
    list_select_related = ("source",)
    search_fields = ("source__title", "source__url")
    fields = (
        "source",
        "scheduled",
        "asked_at",
        "work_state",
        "attempts",
        "failure",
        "outcome",
        "why",
        "snapshot",
    )


@admin.register(Host)
class HostAdmin(ReadOnlyAdmin):
    """How the sites that are asked for pages want to be asked."""

    list_display = (
        "name",
        time_column("next_at", "not before"),
        time_column("left_alone_until", "asked to be left alone until"),
        time_column("robots_read_at", "robots.txt read"),
    )
    search_fields = ("name",)
    fields = ("name", "next_at", "left_alone_until", "robots_read_at", "robots")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Host]:
        return Host.objects.order_by("name")
