"""A claim's page: its status on both clocks, appearances, evidence, verdicts, re-checks, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import audit, gates, links, matching, policy, rechecks, standing, triage, verdicts
from claims.forms.base import DeskForm
from claims.forms.evidence import EvidenceForm
from claims.forms.links import LinkForm
from claims.forms.notifications import PauseForm
from claims.forms.rechecks import HandOverForm, MoveForm, OutcomeForm, VolatilityForm
from claims.forms.verdicts import (
    ApproveForm,
    SecondRatingForm,
    SendBackForm,
    StatusForm,
    VerdictForm,
    WithdrawalForm,
)
from claims.models import Appearance, Claim, Evidence, Proposal, RatingLabel, Recheck, RecheckPause, Verdict
from claims.views.access import DeskRequest, signed_in
from claims.views.wording import in_force, status_words


@signed_in("GET")
def claim(request: DeskRequest, pk: int) -> HttpResponse:
    return claim_page(request, pk)


def claim_page(
    request: DeskRequest, pk: int, *, forms: dict[str, DeskForm] | None = None, **more: Any
) -> HttpResponse:
    """The whole page; `forms` are those that come back with their errors and what was typed."""
    at, terms = timezone.now(), policy.terms()
    found = get_object_or_404(_with_everything(), pk=pk)
    if found.merged_into_id:
        return _elsewhere(request, found)
    given = found.verdicts.all()
    newest = given[len(given) - 1] if given else None
    made_on = _made_on(found)
    now = in_force(given, timezone.localdate(at))
    made = in_force(given, made_on) if made_on else None
    recheck = next((item for item in found.rechecks.all() if item.closed_at is None), None)
    proposal = next((item for item in found.proposals.all() if item.state == "submitted"), None)
    context = {
        "claim": found,
        "verdict_now": now,
        "newest": newest,
        "status_words": status_words(
            made_on=made_on, made=made, now=now, last=newest, waiting=found.state == Claim.State.IN_REVIEW
        ),
        "freshness": rechecks.freshness(
            due_at=recheck.due_at if recheck else None,
            last_verified_at=found.last_verified_at,
            terms=terms,
            at=at,
        ),
        **_review(found, proposal, request.user.pk),
        "recheck": recheck,
        "recheck_is_due": recheck is not None and recheck.due_at <= at,
        "at": at,
        "links": links.links_of(found),
        "link_form": LinkForm(auto_id="link-%s"),
        "volatility_form": VolatilityForm(initial={"volatility": found.volatility}, auto_id="volatility-%s"),
        "parts": list(found.parts.order_by("pk").defer("search")) if found.was_split else [],
        "merged_from": list(_merged_into(found)) if found.stands_for_others else [],
        "similar": list(matching.similar(text=found.text, exclude=found.pk)),
        "labels": RatingLabel.objects.all(),
        "evidence_form": EvidenceForm(auto_id="evidence-%s"),
        "verdict_form": VerdictForm(initial=_first_values(newest, made_on, at), auto_id="verdict-%s"),
        "withdrawal_form": WithdrawalForm(initial=_first_days(now, newest), auto_id="withdrawal-%s"),
        "send_back_form": SendBackForm(auto_id="send-back-%s"),
        "outcome_form": OutcomeForm(auto_id="outcome-%s"),
        "move_form": MoveForm(auto_id="move-%s"),
        "snooze_form": PauseForm(auto_id="snooze-%s"),
        "acknowledge_form": PauseForm(auto_id="acknowledge-%s"),
        "may_pause": recheck is not None
        and (recheck.assignee_id == request.user.pk or request.user.has_perm("claims.change_recheck")),
        "terms": terms,
        "hand_over_form": HandOverForm(
            initial={"assignee": (recheck or found).assignee_id}, auto_id="assignee-%s"
        ),
        "status_form": StatusForm(initial={"as_of": timezone.localdate(at)}, auto_id="status-%s"),
        **more,
    }
    failed = forms or {}
    status = next((form.status for form in failed.values() if form.status != 200), 200)
    context["lost"] = _lost(failed, context, proposal, now)
    return render(request, "claims/claim.html", context | failed, status=status)


def _lost(
    failed: dict[str, DeskForm], context: dict[str, Any], proposal: Proposal | None, now: Verdict | None
) -> list[DeskForm]:
    """Refused forms whose part of the page may be gone by now; their words must not be."""
    shown = {"verdict_form", "evidence_form", "status_form", "link_form"}
    if context["sealed"]:
        shown.add("second_form")
    elif proposal:
        shown |= {"send_back_form", "approve_form"}
    elif now and now.rating:
        shown.add("withdrawal_form")
    return [
        form
        for name, form in failed.items()
        if form.refused and (form.refused.status == 403 or name not in shown)
    ]


def _review(claim: Claim, proposal: Proposal | None, reader: int) -> dict[str, Any]:
    """What waits and what was sent back; what a rating needs and has; what is kept from the reader."""
    needs, evidence = gates.needs(), list(claim.evidence.all())
    standings = [
        gates.standing(rating=rating, evidence=evidence, needed=needed) for rating, needed in needs.items()
    ]
    sealed = proposal is not None and proposal.hidden_from(reader)
    causes = [cause for look in claim.rechecks.all() if look.closed_at is None for cause in look.causes.all()]
    found: dict[str, Any] = {
        "proposal": proposal,
        "past_proposals": [
            item for item in claim.proposals.all() if item.state in ("sent_back", "put_back", "withdrawn")
        ],
        "changed_after_verdict": any(cause.rule == rechecks.CHANGED_AFTER for cause in causes),
        "sealed": sealed,
        "second_form": SecondRatingForm(auto_id="second-%s"),
        "approve_form": ApproveForm(auto_id="approve-%s"),
        "needs": [one.words for one in standings if one.needed],
    }
    if proposal and proposal.rating and not sealed:
        needed = needs.get(proposal.rating, 0)
        standing = gates.standing(rating=proposal.rating, evidence=evidence, needed=needed)
        found |= {"standing": standing, "unaddressed": standing.unaddressed(proposal.addressed)}
    return found


@signed_in("GET")
def claim_status(request: DeskRequest, pk: int) -> HttpResponse:
    """What was so on a day, as known at a moment."""
    form = StatusForm(request.GET, auto_id="status-%s")
    if not form.is_valid():
        if request.htmx:
            return render(request, "claims/_status_answer.html", {"status_form": form}, status=422)
        return claim_page(request, pk, forms={"status_form": form})
    as_of: date = form.cleaned_data["as_of"]
    known_at: datetime = form.cleaned_data["known_at"] or timezone.now()
    found = get_object_or_404(Claim, pk=pk)
    answer: dict[str, Any] = {
        "status_form": form,
        "asked": True,
        "as_of": as_of,
        "known_at": known_at,
        "answer": verdicts.status_of(claim=found, as_of=as_of, known_at=known_at),
    }
    if request.htmx:
        return render(request, "claims/_status_answer.html", answer)
    if found.merged_into_id:  # Its own page leads elsewhere.
        answer |= {"heading": found.text, "part": "claims/_status_answer.html"}
        return render(request, "parts/form_page.html", answer)
    return claim_page(request, pk, **answer)


@signed_in("GET")
def claim_history(request: DeskRequest, pk: int) -> HttpResponse:
    """Who changed what; fetched when it is asked for. A merged claim's verdicts are read here."""
    merged = Claim.objects.select_related("merged_into", "merged_by")
    found = get_object_or_404(merged.defer("search", "merged_into__search"), pk=pk)
    if found.merged_into_id:
        prefetch_related_objects([found], Prefetch("verdicts", Verdict.objects.with_people()))
    context = {"claim": found, "history": audit.trail(found), "heading": "History of a claim"}
    if request.htmx:
        return render(request, "claims/_history.html", context)
    return render(request, "parts/form_page.html", context | {"part": "claims/_history.html"})


@signed_in("POST")
def claim_assign(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Claim, pk=pk)
    form = HandOverForm(request.POST, auto_id="assignee-%s")
    done = form.carry_out(
        lambda values: triage.assign(claims=[found], by=request.user, at=timezone.now(), **values)
    )
    return (
        redirect("claim", pk) if done is not None else claim_page(request, pk, forms={"hand_over_form": form})
    )


def _elsewhere(request: DeskRequest, claim: Claim) -> HttpResponse:
    """A merged claim's page is that of the claim that stands for it; nothing is written to it."""
    if request.method not in ("GET", "HEAD"):
        standing.check(claim)
    answer = redirect("claim", standing.end_of(claim), permanent=True)
    answer["Cache-Control"] = "no-cache"  # The merge may be undone.
    return answer


def _merged_into(claim: Claim) -> QuerySet[Claim]:
    """What was merged into a claim, at once or by way of others, the latest first."""
    return (
        Claim.objects.filter(pk__in=standing.merged_into(claim))
        .select_related("merged_by")
        .defer("search")
        .order_by("-merged_at", "-pk")
    )


def _with_everything() -> Any:
    appearances = Appearance.objects.select_related("article__publisher", "version").defer(
        "article__text", "version__text", "version__skipped"
    )
    evidence = Evidence.objects.select_related("source__publisher", "added_by", "latest_look")
    return (
        Claim.objects.select_related(
            "claimant", "assignee", "created_by", "topic", "blind_switch", "split_from"
        )
        # Few claims are either: the rest are spared the queries.
        .annotate(
            was_split=Exists(Claim.objects.filter(split_from=OuterRef("pk"))),
            stands_for_others=Exists(Claim.objects.filter(merged_into=OuterRef("pk"))),
        )
        .defer("search", "split_from__search")
        .prefetch_related(
            Prefetch("appearances", appearances),
            Prefetch("evidence", evidence),
            Prefetch("verdicts", Verdict.objects.with_people()),
            Prefetch(
                "proposals", Proposal.objects.select_related("submitted_by", "reviewed_by", "second__by")
            ),
            Prefetch(
                "rechecks",
                Recheck.objects.select_related("assignee", "closed_by").prefetch_related(
                    "causes", Prefetch("pauses", RecheckPause.objects.select_related("by"))
                ),
            ),
        )
    )


def _made_on(claim: Claim) -> date | None:
    """The day of the first article that makes the claim."""
    days = [item.article.published_on for item in claim.appearances.all() if item.article.published_on]
    return min(days, default=None)


def _first_values(newest: Verdict | None, made_on: date | None, at: datetime) -> dict[str, Any]:
    today = timezone.localdate(at)
    if newest is None:
        return {"follows": 0, "applies_from": made_on or today, "change": "first"}
    return {"follows": newest.number, "applies_from": today, "rating": newest.rating, "label": newest.label}


def _first_days(now: Verdict | None, newest: Verdict | None) -> dict[str, Any]:
    """What a withdrawal is about unless somebody says otherwise: all that the verdict in force speaks of."""
    if now is None or newest is None:
        return {}
    days = {"applies_from": now.applies_from, "applies_until": now.applies_until}
    return {"follows": newest.number, **days}
