"""The re-check policy: its versions, and changing it, with a preview first."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from claims import policy
from claims.admin.base import person
from claims.errors import Refused
from claims.models import Claim, Policy, PolicyRule, Rating, Topic
from claims.policy_change import adopt, preview
from sources.admin import ReadOnlyAdmin, time_column


class RuleForm(forms.Form):
    """One rule. Without a tick a list of kinds or ratings means any."""

    name = forms.CharField(max_length=40)
    why = forms.CharField(max_length=200, label="Why, in words")
    kinds = forms.MultipleChoiceField(
        required=False, choices=Claim.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    ratings = forms.MultipleChoiceField(
        required=False, choices=Rating.choices, widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False, empty_label="any")
    volatility = forms.ChoiceField(
        required=False, label="Changes", choices=[("", "any"), *Claim.Volatility.choices]
    )
    dates = forms.ChoiceField(required=False, label="Dates in it", choices=PolicyRule.Dates.choices)
    within = forms.IntegerField(required=False, min_value=1, max_value=3650, label="within days")
    wait = forms.ChoiceField(label="Look again", choices=PolicyRule.Wait.choices, initial="days")
    days = forms.IntegerField(required=False, min_value=1, max_value=3650, label="Days")

    def rule(self) -> PolicyRule:
        given = self.cleaned_data
        return PolicyRule(**{name: given[name] for name in RuleForm.base_fields})


class TermsForm(forms.Form):
    """What the policy says of re-checks that are due."""

    overdue_after = forms.IntegerField(min_value=1, max_value=3650, label="Overdue after days")
    stale_after = forms.IntegerField(min_value=2, max_value=3650, label="Stale after days")
    snooze_days = forms.IntegerField(min_value=1, max_value=365, label="Snoozed for days, at most")
    snooze_times = forms.IntegerField(min_value=0, max_value=50, label="Snoozed times, at most")
    acknowledge_days = forms.IntegerField(min_value=1, max_value=365, label="Acknowledged for days, at most")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        overdue, stale = given.get("overdue_after"), given.get("stale_after")
        if overdue and stale and stale <= overdue:
            self.add_error("stale_after", "Give more days than until it is overdue.")
        return given


class AdoptForm(forms.Form):
    follows = forms.IntegerField(widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=300, label="Why this change?")
    apply_to_open = forms.BooleanField(required=False, label="Apply to open re-checks too")


RuleFormSet = formset_factory(RuleForm, extra=2, can_order=True, can_delete=True, max_num=60)


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    list_display = ("number", time_column("adopted_at", "since"), "adopted_by", "reason", "moved")
    list_select_related = ("adopted_by",)
    fields = (
        "number", "adopted_at", "adopted_by", "reason", "moved", ("overdue_after", "stale_after"),
        ("snooze_days", "snooze_times", "acknowledge_days"), "rules_in_words",
    )  # fmt: skip
    readonly_fields = ("rules_in_words",)
    list_before_template = "admin/claims/policy/list_before.html"

    def get_urls(self) -> list[Any]:
        revise = path("revise/", self.admin_site.admin_view(self.revise), name="claims_policy_revise")
        return [revise, *super().get_urls()]

    @admin.display(description="rules")
    def rules_in_words(self, version: Policy) -> str:
        rows = format_html_join(
            "",
            "<li><strong>{}</strong>: {} <em>{}</em></li>",
            (
                (capfirst(policy.applies_to(rule)), policy.wait_in_words(rule), rule.why)
                for rule in version.rules.select_related("topic")
            ),
        )
        return format_html('<ol class="rc-list">{}</ol>', rows)

    def revise(self, request: HttpRequest) -> HttpResponse:
        """The rules as a form; “Preview” shows what they would do, and only what was previewed is adopted."""
        if not request.user.has_perm("claims.change_recheck_policy"):
            raise PermissionDenied
        context: dict[str, Any] = {}
        if request.method == "POST":
            rules, form = RuleFormSet(request.POST, prefix="rule"), AdoptForm(request.POST)
            terms = TermsForm(request.POST, prefix="terms")
            if rules.is_valid() and terms.is_valid() and form.is_valid():
                try:
                    if done := self._carry_out(request, rules, terms, form, context):
                        return done
                except Refused as refused:
                    messages.error(request, refused.message)
            else:
                messages.error(request, "Some rules cannot be used: see below.")
        else:
            newest = Policy.objects.first()
            initial = [
                {name: getattr(rule, name) for name in RuleForm.base_fields} for rule in policy.in_force()
            ]
            rules = RuleFormSet(initial=initial, prefix="rule")
            terms = TermsForm(initial=asdict(policy.terms()), prefix="terms")
            form = AdoptForm(initial={"follows": newest.number if newest else 0})
        context = {
            **self.admin_site.each_context(request),
            "title": "Change the re-check policy",
            "opts": self.model._meta,
            "rules": rules,
            "terms": terms,
            "form": form,
            **context,
        }
        return TemplateResponse(request, "admin/claims/policy/revise.html", context)

    def _carry_out(
        self,
        request: HttpRequest,
        forms_of_rules: BaseFormSet[RuleForm],
        form_of_terms: TermsForm,
        form: AdoptForm,
        context: dict[str, Any],
    ) -> HttpResponse | None:
        """Adopt the rules where they are those that were previewed; else preview them."""
        rules = [one.rule() for one in forms_of_rules.ordered_forms if one.has_changed() or one.initial]
        terms = policy.Terms(**form_of_terms.cleaned_data)
        given, at = form.cleaned_data, timezone.now()
        fingerprint = _fingerprint(rules, terms)
        if "adopt" not in request.POST or given["previewed"] != fingerprint:
            if "adopt" in request.POST:
                messages.warning(request, "The rules are not those that you previewed. Look at this preview.")
            context["preview"] = preview(rules=rules, at=at)
            context["form"] = AdoptForm(initial=given | {"previewed": fingerprint})
            return None
        if not given["reason"]:
            form.add_error("reason", "Say in a few words why.")
            context["preview"] = preview(rules=rules, at=at)
            return None
        version = adopt(
            rules=rules,
            terms=terms,
            follows=given["follows"],
            reason=given["reason"],
            apply_to_open=given["apply_to_open"],
            by=person(request),
            at=at,
        )
        moved = "" if version.moved is None else f" {version.moved} open re-checks were moved or set."
        messages.success(request, f"Policy no. {version.number} is in force.{moved}")
        return HttpResponseRedirect(reverse("admin:claims_policy_changelist"))


def _fingerprint(rules: list[PolicyRule], terms: policy.Terms) -> str:
    parts = [[str(value) for value in asdict(terms).values()]]
    parts += [[str(getattr(rule, name)) for name in RuleForm.base_fields] for rule in rules]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
