"""The admin's side bar: what this person may see, with counts of what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from claims.models import (
    ApiKey,
    Article,
    BlindSwitch,
    Claim,
    Claimant,
    Correction,
    Evidence,
    NotificationSettings,
    PersonChannel,
    Policy,
    Proposal,
    RatingGate,
    RatingLabel,
    Recheck,
    Reminder,
    SavedView,
    Topic,
    User,
    Verdict,
)
from sources.models import Check, Host, Publisher, Snapshot, Source

Item = dict[str, Any]


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    waiting = Proposal.objects.filter(state=Proposal.State.SUBMITTED).count()
    due = Recheck.objects.due(at=timezone.now()).count()
    failed = Source.objects.filter(work_state=Source.State.FAILED).count()
    groups = {
        "Work": [
            _link("Overview", "dashboard", reverse_lazy("admin:index")),
            _page(request, Article, "Articles", "article"),
            _page(request, Claim, "Claims", "fact_check"),
            _page(request, Proposal, "Proposals", "rate_review", waiting),
            _page(request, Verdict, "Verdicts", "gavel"),
            _page(request, Correction, "Corrections", "contract_edit"),
            _page(request, Recheck, "Re-checks", "event_repeat", due),
            _link("Forecast", "bar_chart", reverse("admin:claims_recheck_forecast")),
            _link("Audit", "history", reverse("admin:pghistory_events_changelist")),
        ],
        "Sources": [
            _page(request, Source, "Sources", "link", failed),
            _page(request, Evidence, "Evidence", "format_quote"),
            _page(request, Snapshot, "Snapshots", "inventory_2"),
            _page(request, Check, "Checks", "troubleshoot"),
            _page(request, Host, "Sites asked", "dns"),
            _page(request, Publisher, "Publishers", "newspaper"),
        ],
        "People": [
            _page(request, Claimant, "Claimants", "record_voice_over"),
            _page(request, User, "Users", "group"),
            _role_page(request),
        ],
        "Settings": [
            _page(request, Policy, "Re-check policy", "rule"),
            _page(request, RatingGate, "Gates of ratings", "fence"),
            _page(request, BlindSwitch, "Blind second ratings", "visibility_off"),
            _page(request, Topic, "Topics", "topic"),
            _page(request, RatingLabel, "Rating labels", "label"),
            _page(request, SavedView, "Saved views", "bookmark"),
            _page(request, ApiKey, "API keys", "key"),
            _page(request, Reminder, "Reminders", "notifications"),
            _page(request, NotificationSettings, "Notification settings", "tune"),
            _page(request, PersonChannel, "Channels", "send"),
        ],
    }
    desk = [_link("Review desk", "edit_note", reverse_lazy("desk")) | {"active": False}]
    shown = [{"title": title, "separator": True, "items": _there(items)} for title, items in groups.items()]
    return [{"items": desk}, *(group for group in shown if group["items"])]


def _there(items: list[Item | None]) -> list[Item]:
    return [item for item in items if item]


def _link(title: str, icon: str, address: Any, badge: int = 0) -> Item:
    item = {"title": title, "icon": icon, "link": address}
    return item | {"badge": str(badge), "badge_variant": "primary"} if badge else item


def _page(request: HttpRequest, model: type[Model], title: str, icon: str, badge: int = 0) -> Item | None:
    if not admin.site._registry[model].has_view_permission(request):
        return None
    meta = model._meta
    return _link(title, icon, reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"), badge)


def _role_page(request: HttpRequest) -> Item | None:
    return _page(request, User.groups.field.related_model, "Roles", "badge")
