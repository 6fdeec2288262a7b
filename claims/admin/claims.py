"""Claims: the list to work from, and the page of one with everything that hangs on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from unfold.views import ChangeList

from claims import audit, triage
from claims.admin import bulk, saved_view_tabs
from claims.admin.base import (
    FRESHNESS_COLOURS,
    FRESHNESS_WORDS,
    STATE_COLOURS,
    DomainAdmin,
    DomainForm,
    ReasonDialog,
    attempt,
    person,
    person_field,
    rating_chip,
)
from claims.admin.claim_filters import (
    ArticleFilter,
    AssigneeFilter,
    ClaimantFilter,
    CreatedFilter,
    FreshnessFilter,
    KindFilter,
    LostFilter,
    RatingFilter,
    StateFilter,
)
from claims.models import Appearance, Claim, Evidence, Recheck, Verdict
from sources.admin import after_dialog, chip, in_words, page_action, row_or_404


class ClaimList(ChangeList):  # type: ignore[misc]
    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """A view saved at the desk may name things, such as its paging, that this list has not."""
        known = {name for spec in self.list_filter for name in _names(spec)}
        lookups: dict[str, Any] = super().get_filters_params(params)
        return {name: value for name, value in lookups.items() if name in known or "__" in name}


def _names(spec: Any) -> tuple[str, ...]:
    return ("created_from", "created_to") if spec is CreatedFilter else (spec.parameter_name,)


class ClaimForm(DomainForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    assignee = person_field("Assignee")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
        if "text" in self.fields:
            self.fields["text"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refusal and self.refusal.code == "claim_changed":
            theirs = self.refusal.data
            said = f", said by {theirs['claimant']}" if theirs["claimant"] else ""
            more = f"{theirs['kind']}, time {theirs['when'] or 'none'}{said}"
            self.add_error("text", f"It now reads: “{theirs['text']}” ({more}).")
            # What was typed stays; saving it again now knowingly goes over theirs.
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["revision"] = str(theirs["revision"])
            self.data = data
        return cleaned


@admin.register(Claim)
class ClaimAdmin(DomainAdmin):
    form = ClaimForm
    list_display = (
        "short", "kind", "claimant", "state_now", "rating_now", "freshness_now", "assignee", "due",
    )  # fmt: skip
    list_filter = (
        StateFilter, KindFilter, RatingFilter, FreshnessFilter, LostFilter, ClaimantFilter, AssigneeFilter,
        ArticleFilter,
        CreatedFilter,
    )  # fmt: skip
    list_select_related = ("claimant", "assignee")
    list_before_template = "admin/claims/claim/saved_views.html"
    list_fullwidth = True
    search_fields = ("text",)  # Only opens the box; `get_search_results` does the work.
    search_help_text = "Words (“a phrase”, -not), a claimant’s name, or a claim’s number"
    autocomplete_fields = ("claimant",)
    actions = ("assign_selected", "accept_selected", "reject_selected")
    actions_detail = ("open_at_desk", "accept", "reject", "restore")
    fieldsets = (
        (None, {"fields": ("text", ("kind", "when", "topic"), ("claimant", "assignee"))}),
        ("Where it stands", {"fields": (
            ("state_now", "rating_now", "freshness_now"),
            ("due", "last_verified_at", "created"),
            "retired_why",
        )}),
    )  # fmt: skip
    readonly_fields = (
        "state_now", "rating_now", "freshness_now", "due", "last_verified_at", "created", "retired_why",
    )  # fmt: skip
    change_form_outer_after_template = "admin/claims/claim/around.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # A claim is found in an article, or marked there at the desk.

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        words, (title, facts) = super().get_fieldsets(request, obj)
        if obj and not obj.retired_why:
            facts = {"fields": [name for name in facts["fields"] if name != "retired_why"]}
        return (words, (title, facts))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        now = timezone.now()
        claims = Claim.objects.with_status(as_of=timezone.localdate(), known_at=now).with_freshness(at=now)
        return claims.defer("search")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ClaimList]:
        return ClaimList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        words = search_term.strip()
        if not words:
            return queryset, False
        found = Q(search=SearchQuery(words, search_type="websearch", config="english"))
        found |= (
            Q(claimant__name__icontains=words)
            | Q(claimant__aliases__contains=[words])
            | Q(text__iexact=words)
        )
        number = words.removeprefix("#")
        if number.isascii() and number.isdecimal() and len(number) < 19:
            found |= Q(pk=int(number))
        return queryset.filter(found), False

    @admin.display(description="claim", ordering="text")
    def short(self, claim: Claim) -> str:
        return Truncator(claim.text).chars(130)

    @admin.display(description="state", ordering="state")
    def state_now(self, claim: Claim) -> str:
        return chip(claim.get_state_display(), STATE_COLOURS[claim.state])

    @admin.display(description="verdict today")
    def rating_now(self, claim: Any) -> str:
        return rating_chip(claim.rating) if claim.rating else ""

    @admin.display(description="freshness")
    def freshness_now(self, claim: Any) -> str:
        return chip(FRESHNESS_WORDS[claim.freshness], FRESHNESS_COLOURS.get(claim.freshness, ""))

    @admin.display(description="due", ordering="due_at")
    def due(self, claim: Any) -> str:
        return in_words(timezone.localtime(claim.due_at).date()) if claim.due_at else ""

    @admin.display(description="stored")
    def created(self, claim: Claim) -> str:
        who = claim.created_by or "found by the extractor"
        return f"{in_words(claim.created_at)}, {who}"

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        given, changed = form.cleaned_data, form.changed_data
        new = {name: given[name] for name in ("text", "kind", "when") if name in changed}
        if "claimant" in changed:
            new["claimant"] = given["claimant"].name if given["claimant"] else ""
        if "topic" in changed:
            new["topic"] = given["topic"].name if given["topic"] else ""
        by, at = person(request), timezone.now()
        if new:
            triage.edit(claim=obj, revision=given["revision"], by=by, at=at, **new)
        if "assignee" in changed:
            triage.assign(claims=[obj], assignee=given["assignee"], by=by, at=at)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tabs = saved_view_tabs.tabs(person(request), request.GET)
        answer: HttpResponse = super().changelist_view(request, {**tabs, **(extra_context or {})})
        return answer

    def get_urls(self) -> list[Any]:
        save = path(
            "save-view/", self.admin_site.admin_view(saved_view_tabs.save), name="claims_claim_save_view"
        )
        return [save, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj:
            context |= around(self.get_queryset(request), obj.pk)
        answer: HttpResponse = super().render_change_form(request, context, **kwargs)
        return answer

    assign_selected = bulk.assign_selected
    accept_selected = bulk.accept_selected
    reject_selected = bulk.reject_selected

    @page_action(description="Open at the desk", icon="edit_note")
    def open_at_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("claim", args=[row_or_404(Claim, object_id).pk]))

    def has_accept_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return _may_triage(request, object_id, Claim.State.NEW)

    def has_reject_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return _may_triage(request, object_id, Claim.State.NEW, Claim.State.IN_PROGRESS)

    def has_restore_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return _may_triage(request, object_id, Claim.State.IN_PROGRESS, Claim.State.RETIRED)

    @page_action(description="Accept", icon="check", permissions=["accept"], dialog={
        "title": "Accept this claim?",
        "description": "It is worth checking: its state becomes “in progress”.",
        "form_submit_text": "Accept",
    })  # fmt: skip
    def accept(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self._triage(request, object_id, triage.accept, "The claim is in progress.")

    @page_action(description="Reject", icon="close", permissions=["reject"], dialog={
        "title": "Reject this claim?",
        "description": "It is not worth checking, or not a claim. The reason is kept.",
        "form_class": ReasonDialog,
        "form_submit_text": "Reject",
    })  # fmt: skip
    def reject(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        why = form.cleaned_data["why"]
        return self._triage(request, object_id, triage.reject, "The claim is retired.", why=why)

    @page_action(description="Put back", icon="undo", permissions=["restore"], dialog={
        "title": "Put this claim back to new?",
        "description": "Takes back an acceptance or a rejection.",
        "form_submit_text": "Put back",
    })  # fmt: skip
    def restore(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self._triage(request, object_id, triage.restore, "The claim is new again.")

    def _triage(
        self, request: HttpRequest, object_id: str, step: Any, done: str, **details: Any
    ) -> HttpResponse:
        claim = row_or_404(Claim, object_id)
        attempt(request, lambda by, at: step(claim=claim, by=by, at=at, **details), done)
        return after_dialog(reverse("admin:claims_claim_change", args=[object_id]))


def _may_triage(request: HttpRequest, object_id: Any, *states: Claim.State) -> bool:
    """Whether the person may, and the claim (where one is named) stands where this can be done."""
    if not request.user.has_perm("claims.change_claim"):
        return False
    if not str(object_id or "").isdecimal():
        return True
    return Claim.objects.filter(pk=object_id, state__in=states, verdicts=None).exists()


def around(claims: QuerySet[Claim], pk: int) -> dict[str, Any]:
    """What the page of a claim shows below its form."""
    claim: Any = claims.prefetch_related(
        Prefetch(
            "appearances", Appearance.objects.select_related("article__publisher").defer("article__text")
        ),
        Prefetch("evidence", Evidence.objects.select_related("source__publisher", "added_by", "latest_look")),
        Prefetch("verdicts", Verdict.objects.with_people()),
        Prefetch("rechecks", Recheck.objects.select_related("assignee", "closed_by")),
    ).get(pk=pk)
    now = next((verdict for verdict in claim.verdicts.all() if verdict.pk == claim.verdict_id), None)
    waiting = claim.proposals.filter(state="submitted").select_related("submitted_by").first()
    return {"claim": claim, "verdict_now": now, "waiting": waiting, "audit": audit.trail(claim)}
