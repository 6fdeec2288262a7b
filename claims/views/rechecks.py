"""Re-checks: the list, recording what a look found, the load to come, and the policy that sets the times."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import pauses, policy
from claims import rechecks as domain
from claims.forecast import forecast
from claims.forms.base import DeskForm
from claims.forms.notifications import PauseForm
from claims.forms.rechecks import HandOverForm, MoveForm, OutcomeForm, StillSoForm, VolatilityForm
from claims.models import Claim, Policy, Recheck, RecheckPause
from claims.views.access import DeskRequest, came_from, signed_in
from claims.views.claims import claim_page

PER_PAGE = 40
SAID = {
    "still_so": "Noted: still so.",
    "changed": "Noted: it changed. Now submit the new verdict.",
    "cannot_confirm": "Noted: it could not be confirmed.",
    "retired": "The claim is retired.",
}


@signed_in("GET")
def rechecks(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    overdue_from = policy.terms().overdue_from(at)
    found = Recheck.objects.open()
    if whose == "mine":
        found = found.filter(assignee=request.user)
    kinds = {
        "overdue": Q(due_at__lte=overdue_from),
        "due": Q(due_at__gt=overdue_from, due_at__lte=at),
        "upcoming": Q(due_at__gt=at),
    }
    counts = found.aggregate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()})
    when = request.GET.get("when", "")
    if when not in kinds:
        when = next((name for name in kinds if counts[name]), "upcoming")
    claims = Claim.objects.with_status(as_of=timezone.localdate(at), known_at=at).defer("search")
    rows = found.filter(kinds[when]).select_related("assignee").order_by("due_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    in_full = {claim.pk: claim for claim in claims.filter(pk__in=[row.claim_id for row in page])}
    context = {
        "page": page,
        "rows": [(row, in_full[row.claim_id]) for row in page],
        "whose": whose,
        "when": when,
        "tabs": [(name, counts[name]) for name in kinds],
        "at": at,
    }
    return render(request, "rechecks/list.html", context)


@signed_in("GET")
def recheck_policy(request: DeskRequest) -> HttpResponse:
    context = {
        "version": Policy.objects.select_related("adopted_by").first(),
        "rules": [
            (policy.applies_to(rule), policy.wait_in_words(rule), rule.why) for rule in policy.in_force()
        ],
        "spread": policy.SPREAD,
        "due_hour": policy.DUE_HOUR,
        "terms": policy.terms(),
        "new_verdict_within": domain.NEW_VERDICT_WITHIN,
        "look_again_after": domain.LOOK_AGAIN_AFTER,
    }
    return render(request, "rechecks/policy.html", context)


@signed_in("GET")
def recheck_forecast(request: DeskRequest) -> HttpResponse:
    return render(request, "rechecks/forecast.html", {"forecast": forecast(at=timezone.now())})


@signed_in("POST")
def claim_still_so(request: DeskRequest, pk: int) -> HttpResponse:
    """Checked again, still so: one press, from wherever the claim is seen."""
    claim = get_object_or_404(Claim, pk=pk)
    form = StillSoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Load the page again, then confirm.")
        return redirect(came_from(request, reverse("claim", args=[pk])))
    following = domain.confirm(claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, f"{SAID['still_so']} {_next_look(following)}")
    return redirect(came_from(request, reverse("claim", args=[pk])))


@signed_in("POST")
def claim_volatility(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    form = VolatilityForm(request.POST, auto_id="volatility-%s")
    done = form.carry_out(
        lambda values: domain.set_volatility(claim=claim, by=request.user, at=timezone.now(), **values)
    )
    if done is None:
        return claim_page(request, pk, forms={"volatility_form": form})
    messages.success(request, f"Noted: it changes {done.get_volatility_display()}.")
    return redirect("claim", pk)


@signed_in("POST")
def recheck_outcome(request: DeskRequest, pk: int) -> HttpResponse:
    recheck = get_object_or_404(Recheck, pk=pk)
    form = OutcomeForm(request.POST, auto_id="outcome-%s")
    # None is an answer too: no further look is needed.
    following = form.carry_out(
        lambda values: (domain.record_outcome(recheck=recheck, by=request.user, at=timezone.now(), **values),)
    )
    if following is None:
        return claim_page(request, recheck.claim_id, forms={"outcome_form": form})
    outcome = form.cleaned_data["outcome"]
    messages.success(request, f"{SAID[outcome]} {_next_look(following[0])}".strip())
    page = reverse("claim", args=[recheck.claim_id])
    return redirect(f"{page}#verdicts" if outcome == "changed" else came_from(request, f"{page}#rechecks"))


@signed_in("POST")
def recheck_hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    recheck = get_object_or_404(Recheck, pk=pk)
    form = HandOverForm(request.POST, auto_id="assignee-%s")
    done = form.carry_out(
        lambda values: domain.hand_over(recheck=recheck, by=request.user, at=timezone.now(), **values)
    )
    if done is None:
        return claim_page(request, recheck.claim_id, forms={"hand_over_form": form})
    messages.success(request, f"The re-check is now with {done.assignee or 'nobody'}.")
    return redirect(f"{reverse('claim', args=[recheck.claim_id])}#rechecks")


@signed_in("POST")
def recheck_move(request: DeskRequest, pk: int) -> HttpResponse:
    recheck = get_object_or_404(Recheck, pk=pk)
    form = MoveForm(request.POST, auto_id="move-%s")
    done = form.carry_out(lambda values: _move(recheck, request, values))
    if done is None:
        return claim_page(request, recheck.claim_id, forms={"move_form": form})
    messages.success(request, "The re-check is moved.")
    return redirect(f"{reverse('claim', args=[recheck.claim_id])}#rechecks")


@signed_in("POST")
def recheck_snooze(request: DeskRequest, pk: int) -> HttpResponse:
    recheck = get_object_or_404(Recheck, pk=pk)
    form = PauseForm(request.POST, auto_id="snooze-%s")
    done = form.carry_out(
        lambda values: pauses.snooze(recheck=recheck, by=request.user, at=timezone.now(), **values)
    )
    return _paused(request, recheck, done, {"snooze_form": form})


@signed_in("POST")
def recheck_acknowledge(request: DeskRequest, pk: int) -> HttpResponse:
    recheck = get_object_or_404(Recheck, pk=pk)
    form = PauseForm(request.POST, auto_id="acknowledge-%s")
    done = form.carry_out(
        lambda values: pauses.acknowledge(recheck=recheck, by=request.user, at=timezone.now(), **values)
    )
    return _paused(request, recheck, done, {"acknowledge_form": form})


def _paused(
    request: DeskRequest, recheck: Recheck, done: RecheckPause | None, form: dict[str, DeskForm]
) -> HttpResponse:
    if done is None:
        return claim_page(request, recheck.claim_id, forms=form)
    messages.success(request, f"Nobody is reminded until {timezone.localdate(done.until):%-d %B %Y}.")
    return redirect(f"{reverse('claim', args=[recheck.claim_id])}#rechecks")


def _move(recheck: Recheck, request: DeskRequest, values: dict[str, Any]) -> Recheck:
    due_at = policy.morning(values["due_on"])
    return domain.reschedule(
        recheck=recheck, due_at=due_at, why=values["why"], by=request.user, at=timezone.now()
    )


def _next_look(following: Recheck | None) -> str:
    if following is None:
        return "No further re-check is set."
    return f"The next look is due on {timezone.localdate(following.due_at):%-d %B %Y}. {following.why}"
