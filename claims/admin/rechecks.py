"""Re-checks: what is due and for whom; and the reminders that went out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from claims import policy, rechecks
from claims.admin.base import (
    FRESHNESS_COLOURS,
    PersonDialog,
    PersonForm,
    active_people,
    attempt,
    person,
)
from claims.errors import Refused
from claims.forecast import forecast
from claims.models import Recheck, Reminder
from sources.admin import (
    WORK_COLOURS,
    ReadOnlyAdmin,
    after_dialog,
    chip,
    page_action,
    row_or_404,
    time_column,
)

OUTCOME_COLOURS = {"still_so": "success", "changed": "warning", "cannot_confirm": "danger"}


class DueFilter(DropdownFilter):  # type: ignore[misc]
    """Without a choice, what is still to be done."""

    title, parameter_name = "due", "due"
    all_option = ("", "open")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("now", "due now"), ("overdue", "overdue"), ("stale", "stale"), ("later", "later"),
            ("done", "done"), ("all", "all"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Recheck]) -> QuerySet[Recheck]:
        now, terms = timezone.now(), policy.terms()
        still_open = Q(closed_at=None)
        conditions = {
            "now": still_open & Q(due_at__lte=now),
            "overdue": still_open & Q(due_at__lte=terms.overdue_from(now)),
            "stale": still_open & Q(due_at__lte=terms.stale_from(now)),
            "later": still_open & Q(due_at__gt=now),
            "done": ~still_open,
            "all": Q(),
        }
        return queryset.filter(conditions.get(self.value() or "", still_open))


class AssigneeFilter(DropdownFilter):  # type: ignore[misc]
    title, parameter_name = "assignee", "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = [(str(somebody.pk), str(somebody)) for somebody in active_people()]
        return [("me", "me"), ("none", "nobody"), *people]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Recheck]) -> QuerySet[Recheck]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(assignee=None)
        if value == "me":
            return queryset.filter(assignee=person(request))
        known = {str(key) for key, _ in self.lookup_choices}
        return queryset.filter(assignee=int(value)) if value in known else queryset


@admin.register(Recheck)
class RecheckAdmin(ReadOnlyAdmin):
    list_display = (
        "claim_short", "due_now", time_column("due_at", "due"), "why", "assignee", "outcome_now", "closed_by",
        time_column("closed_at", "closed"),
    )  # fmt: skip
    list_filter = (DueFilter, AssigneeFilter, ("outcome", ChoicesDropdownFilter))
    list_select_related = ("claim", "assignee", "closed_by")
    list_fullwidth = True
    search_fields = ("claim__text", "why", "note")
    search_help_text = "Claim, rule or note"
    actions = ("hand_over_selected",)
    actions_detail = ("open_at_desk", "hand_over")
    fieldsets = (
        (None, {"fields": ("claim_link", ("due_now", "due_at", "assignee"), ("rule", "why"), "quiet_until")}),
        ("Outcome", {"fields": (("outcome_now", "closed_by", "closed_at"), "note")}),
    )
    readonly_fields = ("claim_link", "due_now", "outcome_now")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recheck]:
        return Recheck.objects.with_freshness(at=timezone.now()).defer("claim__search")

    def get_urls(self) -> list[Any]:
        load = path("forecast/", self.admin_site.admin_view(self.forecast), name="claims_recheck_forecast")
        return [load, *super().get_urls()]

    def forecast(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "The load to come",
            "forecast": forecast(at=timezone.now()),
        }
        return TemplateResponse(request, "admin/forecast.html", context)

    @admin.display(description="claim", ordering="claim__text")
    def claim_short(self, recheck: Recheck) -> str:
        return Truncator(recheck.claim.text).chars(110)

    @admin.display(description="claim")
    def claim_link(self, recheck: Recheck) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:claims_claim_change", args=[recheck.claim_id]),
            recheck.claim,
        )

    @admin.display(description="stands")
    def due_now(self, recheck: Any) -> str:
        if recheck.closed_at:
            return chip("done")
        word: str = recheck.freshness
        return chip("later", "info") if word == "fresh" else chip(word, FRESHNESS_COLOURS[word])

    @admin.display(description="outcome", ordering="outcome")
    def outcome_now(self, recheck: Recheck) -> str:
        words = recheck.get_outcome_display()
        return chip(words, OUTCOME_COLOURS.get(recheck.outcome, "")) if words else ""

    def has_hand_over_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        still_open = (
            not str(object_id or "").isdecimal() or Recheck.objects.open().filter(pk=object_id).exists()
        )
        return still_open and request.user.has_perm("claims.change_recheck")

    @page_action(description="Open at the desk", icon="edit_note")
    def open_at_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("claim", args=[row_or_404(Recheck, object_id).claim_id]))

    @page_action(description="Hand over", icon="person_add", permissions=["hand_over"], dialog={
        "title": "Hand this re-check over",
        "description": "Where it is due already, the new assignee is reminded too.",
        "form_class": PersonDialog,
        "form_submit_text": "Hand over",
    })  # fmt: skip
    def hand_over(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        recheck, assignee = row_or_404(Recheck, object_id), form.cleaned_data["assignee"]
        attempt(
            request,
            lambda by, at: rechecks.hand_over(recheck=recheck, assignee=assignee, by=by, at=at),
            f"Handed over to {assignee or 'nobody'}.",
        )
        return after_dialog(reverse("admin:claims_recheck_change", args=[object_id]))

    @admin.action(description="Hand over to …", permissions=["hand_over"])
    def hand_over_selected(self, request: HttpRequest, queryset: QuerySet[Recheck]) -> HttpResponse | None:
        form = PersonForm(request.POST if "confirm" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, queryset, form)
        assignee, done, refusals = form.cleaned_data["assignee"], 0, []
        for recheck in queryset:
            try:
                rechecks.hand_over(recheck=recheck, assignee=assignee, by=person(request), at=timezone.now())
                done += 1
            except Refused as refused:
                refusals.append(refused.message)
        if done:
            messages.success(request, f"{done} handed over to {assignee or 'nobody'}.")
        if refusals:
            messages.warning(request, f"{len(refusals)} left as they were: {refusals[0]}")
        return None

    def _ask(self, request: HttpRequest, queryset: QuerySet[Recheck], form: PersonForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Hand re-checks over",
            "opts": self.model._meta,
            "form": form,
            "button": "Hand over",
            "action": request.POST["action"],
            "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "number": f"{queryset.count():,} re-checks",
            "claims": queryset.select_related("claim")[:10],
        }
        return TemplateResponse(request, "admin/claims/claim/bulk.html", context)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = (
        "text_short", "stage", "person", "channel", "state_now", time_column("created_at", "made"),
        time_column("sent_at", "sent"), time_column("read_at", "read"), "failure",
    )  # fmt: skip
    list_filter = (
        ("channel", ChoicesDropdownFilter),
        ("stage", ChoicesDropdownFilter),
        ("work_state", ChoicesDropdownFilter),
    )
    list_select_related = ("person",)
    search_fields = ("text", "person__username", "person__email")
    fields = (
        "recheck",
        ("person", "channel", "stage"),
        "text",
        ("why", "due_at"),
        "state_now",
        "created_at",
        "sent_at",
        "read_at",
        "failure",
    )
    readonly_fields = ("state_now",)

    @admin.display(description="claim", ordering="text")
    def text_short(self, reminder: Reminder) -> str:
        return Truncator(reminder.text).chars(110)

    @admin.display(description="state", ordering="work_state")
    def state_now(self, reminder: Reminder) -> str:
        words = reminder.get_work_state_display()
        if reminder.work_state == Reminder.State.DONE:
            words = "sent" if reminder.sent_at else "not needed any more"
        return chip(words, WORK_COLOURS[reminder.work_state])
