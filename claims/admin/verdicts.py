"""Verdicts, proposals and the newsroom's words for ratings. Verdicts are given and reviewed at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from claims import redaction
from claims.admin.base import attempt, person, rating_chip
from claims.models import Approval, Correction, Proposal, RatingLabel, Redaction, Verdict
from claims.models.verdict import Judgement
from sources.admin import (
    ModelAdmin,
    ReadOnlyAdmin,
    after_dialog,
    chip,
    in_words,
    page_action,
    row_or_404,
    time_column,
)

PROPOSAL_COLOURS = {
    "submitted": "warning",
    "approved": "success",
    "sent_back": "danger",
    "put_back": "danger",
}


class RedactionDialog(BaseDialogForm):  # type: ignore[misc]
    why = forms.CharField(
        label="Why, for readers",
        max_length=2_000,
        help_text="Shown in place of the words. Do not repeat them.",
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )
    evidence = forms.BooleanField(
        required=False,
        label="Also the quotes, notes and places of the evidence that it stood on",
        widget=UnfoldBooleanWidget,
    )


class JudgementAdmin(ReadOnlyAdmin):
    actions_detail: tuple[str, ...] = ("open_at_desk",)

    @admin.display(description="claim", ordering="claim__text")
    def claim_short(self, row: Any) -> str:
        return Truncator(row.claim.text).chars(100)

    @admin.display(description="claim")
    def claim_link(self, row: Any) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:claims_claim_change", args=[row.claim_id]), row.claim
        )

    @admin.display(description="rating", ordering="rating")
    def rating_now(self, row: Judgement) -> str:
        return rating_chip(row.rating)

    @admin.display(description="reason")
    def reason_or_redaction(self, row: Judgement) -> str:
        if not row.redacted:
            return row.reason
        erased: Redaction | None = getattr(row, "redaction", None)
        return f"Redacted {in_words(erased.at)} by {erased.by}: {erased.why}" if erased else "Redacted"

    @page_action(description="Open at the desk", icon="edit_note")
    def open_at_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row: Any = row_or_404(self.model, object_id)
        return HttpResponseRedirect(reverse("claim", args=[row.claim_id]))


@admin.register(Verdict)
class VerdictAdmin(JudgementAdmin):
    actions_detail = ("open_at_desk", "redact")
    list_display = (
        "claim_short", "number", "rating_now", time_column("applies_from", "from"),
        time_column("applies_until", "until"), "change", time_column("decided_at", "decided"), "decided_by",
        "approved_by",
    )  # fmt: skip
    list_filter = (
        ("rating", ChoicesDropdownFilter), ("change", ChoicesDropdownFilter),
        ("claim", AutocompleteSelectFilter), ("applies_from", RangeDateFilter),
    )  # fmt: skip
    list_select_related = ("claim", "decided_by", "approved_by")
    list_fullwidth = True
    ordering = ("-decided_at", "-pk")
    search_fields = ("claim__text", "reason", "label")
    search_help_text = "Claim, reason or label"
    fieldsets = (
        (None, {"fields": (
            "claim_link", ("number", "rating_now", "label"), ("applies_from", "applies_until", "change"),
            "reason_or_redaction", "correction_note",
        )}),
        ("Who and when", {"fields": (("decided_by", "approved_by", "decided_at"),)}),
        ("What it stood on", {"fields": ("stood_on", "gate", "hash", "previous_hash")}),
    )  # fmt: skip
    readonly_fields = (
        "claim_link", "rating_now", "reason_or_redaction", "correction_note", "stood_on", "gate"
    )  # fmt: skip

    def has_redact_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        if not request.user.has_perm("claims.redact_verdict"):
            return False
        if not str(object_id or "").isdecimal():
            return True
        return Verdict.objects.filter(pk=object_id).exclude(reason="").exists()

    @page_action(description="Redact", icon="ink_eraser", permissions=["redact"], dialog={
        "title": "Erase the words of this verdict?",
        "description": "Its reason, label and quotes are erased for good, here, in its proposals and in the "
        "audit. The rating, the days and the people stay; the chain still proves.",
        "form_class": RedactionDialog,
        "form_submit_text": "Erase for good",
    })  # fmt: skip
    def redact(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        verdict = row_or_404(Verdict, object_id)
        given = form.cleaned_data

        def act(**who: Any) -> None:
            redaction.redact(verdict=verdict, why=given["why"], evidence=given["evidence"], **who)

        attempt(request, act, "The words are erased.")
        return after_dialog(reverse("admin:claims_verdict_change", args=[verdict.pk]))

    @admin.display(description="correction, for readers")
    def correction_note(self, verdict: Verdict) -> str:
        note: Correction | None = getattr(verdict, "correction", None)
        return note.text if note else ""

    @admin.display(description="independent sources")
    def gate(self, verdict: Verdict) -> str:
        approval: Approval | None = getattr(verdict.proposal, "approval", None)
        if approval is None:
            return ""
        words = f"{approval.independent}, {approval.needed} needed."
        return f"{words} {approval.override}" if approval.override else words

    @admin.display(description="evidence and snapshots")
    def stood_on(self, verdict: Verdict) -> str:
        if verdict.redacted:
            return "Redacted"
        rows = [
            (item.get("stance", ""), item.get("source", ""), (item.get("snapshot") or "no snapshot")[:16])
            for item in verdict.basis
        ]
        return (
            format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} ({})</li>", rows))
            if rows
            else "nothing"
        )


@admin.register(Proposal)
class ProposalAdmin(JudgementAdmin):
    """Without those that are sealed to the reader: filters and searches would tell their rating."""

    list_display = (
        "claim_short", "rating_now", "state_now", "submitted_by", time_column("submitted_at", "submitted"),
        "reviewed_by", time_column("reviewed_at", "reviewed"),
    )  # fmt: skip
    list_filter = (
        ("state", ChoicesDropdownFilter), ("rating", ChoicesDropdownFilter),
        ("claim", AutocompleteSelectFilter),
    )  # fmt: skip
    list_select_related = ("claim", "submitted_by", "reviewed_by")
    list_fullwidth = True
    search_fields = ("claim__text", "reason", "review_note")
    search_help_text = "Claim, reason or note"
    fieldsets = (
        (None, {"fields": (
            "claim_link", ("rating_now", "label", "follows"), ("applies_from", "applies_until", "change"),
            "reason_or_redaction", "correction",
        )}),
        ("Review", {"fields": (
            "state_now", ("submitted_by", "submitted_at"), ("reviewed_by", "reviewed_at"), "review_note",
        )}),
    )  # fmt: skip
    readonly_fields = ("claim_link", "rating_now", "reason_or_redaction", "state_now")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return Proposal.objects.exclude(Q(sealed=True) & ~Q(submitted_by=person(request)))

    @admin.display(description="state", ordering="state")
    def state_now(self, proposal: Proposal) -> str:
        return chip(proposal.get_state_display(), PROPOSAL_COLOURS.get(proposal.state, ""))


@admin.register(RatingLabel)
class RatingLabelAdmin(ModelAdmin):
    list_display = ("name", "rating")
    list_filter = (("rating", ChoicesDropdownFilter),)
    search_fields = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.delete_ratinglabel")
