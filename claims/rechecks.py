"""Re-checks: when a published claim is looked at again, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from claims import inputs, policy, standing
from claims.errors import Conflict, Forbidden, Invalid, require
from claims.models import Article, Claim, PolicyRule, Recheck, RecheckCause, User, Verdict
from claims.policy import Due, Terms, morning

# After a look that found a change, or could confirm nothing: days until the next.
NEW_VERDICT_WITHIN = 3
LOOK_AGAIN_AFTER = 7
# The rule of a look that is due since the claim was changed after its verdict.
CHANGED_AFTER = "claim_changed"


def next_due(*, claim: Claim, rating: str, decided_at: datetime) -> Due | None:
    """The policy's answer for a claim verified at `decided_at`; None where it need not be looked at again."""
    return policy.next_due(policy.case_of(claim, rating), policy.in_force(), decided_at=decided_at)


def freshness(
    *, due_at: datetime | None, last_verified_at: datetime | None, terms: Terms, at: datetime
) -> str:
    """unchecked, fresh, due, overdue or stale; in SQL: `ClaimQuerySet.with_freshness`."""
    if last_verified_at is None:
        return "unchecked"
    if due_at is None or due_at > at:
        return "fresh"
    if due_at > terms.overdue_from(at):
        return "due"
    return "overdue" if due_at > terms.stale_from(at) else "stale"


def schedule(*, claim: Claim, verdict: Verdict, by: User, at: datetime) -> Recheck | None:
    """After a verdict: what was scheduled is superseded, the policy sets the next one."""
    open_one = _open(claim)
    if open_one:
        _close(open_one, Recheck.Outcome.SUPERSEDED, f"Verdict no. {verdict.number} was published.", by, at)
    due = next_due(claim=claim, rating=verdict.rating, decided_at=at)
    assignee = claim.assignee or (open_one and open_one.assignee) or verdict.decided_by
    return _plan(claim, due, assignee, at) if due else None


def bring_forward(
    *, claim: Claim, rule: str, why: str, cause: str = "", link: str = "", at: datetime
) -> Recheck | None:
    """Something happened that asks for a look now: the open re-check falls due, or one is made.

    `rule` says what kind of thing (source_changed), `cause` which one (snapshot:12), `why` says it in
    words; without a `cause` the words tell one from another. `link` is the path of a page that shows it.
    The same cause counts once per claim: returns None then, and for a claim that is not published. A
    re-check that is due keeps its time and takes the newest words.
    Whoever calls it for several claims in one transaction takes them in the order of their ids.
    """
    why = " ".join(inputs.CONTROL.sub(" ", why).split())
    key = (cause or why)[:300]
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.state != Claim.State.PUBLISHED:
            return None
        if RecheckCause.objects.filter(claim=claim, rule=rule, key=key).exists():
            return None
        why = Truncator(why).chars(300)
        recheck = _open(claim)
        if recheck is None:
            recheck = _plan(claim, Due(at, rule, why), claim.assignee or _last_to_decide(claim), at)
        else:
            recheck.due_at = min(recheck.due_at, at)
            recheck.rule, recheck.why = rule, why
            # What is new ends a pause.
            recheck.quiet_until = None
            recheck.save(update_fields=["due_at", "rule", "why", "quiet_until"])
        RecheckCause.objects.create(
            claim=claim, recheck=recheck, rule=rule, key=key, why=why, link=link, at=at
        )
    return recheck


def take_over(*, claim: Claim, into: Claim, by: User, at: datetime) -> None:
    """After a merge: the open re-check of `claim` is superseded, that of `into` is due no later than it was.

    Called within a transaction that has both rows locked; `into` has verdicts where `claim` has some.
    """
    ending = _open(claim)
    if ending is None:
        return
    _close(ending, Recheck.Outcome.SUPERSEDED, f"The claim was merged into claim {into.pk}.", by, at)
    own = _open(into)
    if own is None:
        _plan(into, Due(ending.due_at, ending.rule, ending.why), ending.assignee, at)
    elif ending.due_at < own.due_at:
        own.due_at, own.rule, own.why, own.quiet_until = ending.due_at, ending.rule, ending.why, None
        own.save(update_fields=["due_at", "rule", "why", "quiet_until"])


def retire(*, claim: Claim, note: str, by: User, at: datetime) -> None:
    """The claim is watched no longer. Called within a transaction that has its row locked."""
    ending = _open(claim)
    if ending:
        _close(ending, Recheck.Outcome.RETIRED, note, by, at)


def changed_after_verdict(claims: Iterable[int]) -> set[int]:
    """Which of these claims (ids) were changed after their verdict and have not been looked at since."""
    causes = RecheckCause.objects.filter(claim__in=list(claims), rule=CHANGED_AFTER, recheck__closed_at=None)
    return set(causes.values_list("claim", flat=True))


def appear_again(*, claims: Iterable[Claim], article: Article, at: datetime) -> None:
    """Published claims that another article makes now are looked at again, once for each article.

    `claims` in the order of their ids.
    """
    for claim in claims:
        bring_forward(
            claim=claim,
            rule="new_appearance",
            why=f"Another article makes this claim: {article}",
            cause=f"article:{article.pk}",
            at=at,
        )


def record_outcome(
    *, recheck: Recheck, outcome: str, note: str = "", by: User, at: datetime
) -> Recheck | None:
    """Say what the look found. Returns the next re-check, None where there is none.

    Only "still so" counts as verified: it moves `last_verified_at`. "Changed" asks for a new verdict.
    """
    require(by, "change_recheck", "record re-checks")
    found = inputs.choice(outcome, "outcome", Recheck.Outcome)
    if found == Recheck.Outcome.SUPERSEDED:
        raise Invalid("unknown_choice", "Only a new verdict supersedes a re-check.", field="outcome")
    needs_note = found in (Recheck.Outcome.CANNOT_CONFIRM, Recheck.Outcome.RETIRED)
    note = inputs.text(note, "note", required=needs_note)
    with transaction.atomic():
        claim, recheck = lock(recheck)
        if found == Recheck.Outcome.RETIRED and claim.proposals.filter(state="submitted").exists():
            raise Conflict("proposal_open", "A new verdict is waiting for review; have it sent back first.")
        _close(recheck, found, note, by, at)
        if found == Recheck.Outcome.RETIRED:
            claim.state, claim.retired_why = Claim.State.RETIRED, note[:500]
            claim.save(update_fields=["state", "retired_why"])
            return None
        if found == Recheck.Outcome.STILL_SO:
            claim.last_verified_at = at
            claim.save(update_fields=["last_verified_at"])
        due = _after_look(claim, found, at)
        return _plan(claim, due, recheck.assignee, at) if due else None


def confirm(*, claim: Claim, seen: datetime, by: User, at: datetime) -> Recheck | None:
    """Checked again, still so; due or not. Returns the next re-check, None where there is none.

    `seen` is the moment whose state of things the person looked at: where something happened since,
    a Conflict says what.
    """
    require(by, "change_recheck", "record re-checks")
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        standing.check(claim)
        if claim.state != Claim.State.PUBLISHED or claim.last_verified_at is None:
            raise Conflict("not_published", "Only a published claim is checked again.", state=claim.state)
        _check_nothing_came(claim, seen)
        early = Due(at, "unplanned", "Somebody looked without being asked.")
        recheck = _open(claim) or _plan(claim, early, claim.assignee or _last_to_decide(claim), at)
        return record_outcome(recheck=recheck, outcome=Recheck.Outcome.STILL_SO, by=by, at=at)


def set_volatility(*, claim: Claim, volatility: str, by: User, at: datetime) -> Claim:
    """Say how fast a claim changes; where the policy has set its next look, it sets it anew."""
    require(by, "change_recheck", "say how fast a claim changes")
    chosen = inputs.choice(volatility, "volatility", Claim.Volatility)
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        standing.check(claim)
        if claim.volatility == chosen:
            return claim
        claim.volatility = chosen
        claim.revision += 1
        claim.save(update_fields=["volatility", "revision"])
        recheck = _open(claim)
        latest = claim.verdicts.order_by("-number").first()
        if recheck and latest and recheck.due_at > at and set_by_policy(recheck.rule):
            due = next_due(claim=claim, rating=latest.rating, decided_at=claim.last_verified_at or at)
            if due:
                recheck.due_at, recheck.rule, recheck.why = max(due.at, at), due.rule, due.why
                recheck.save(update_fields=["due_at", "rule", "why"])
    return claim


def set_by_policy(rule: str) -> bool:
    """Whether a re-check with this rule was set by some version of the policy."""
    return PolicyRule.objects.filter(name=rule).exists()


def reschedule(*, recheck: Recheck, due_at: datetime, why: str, by: User, at: datetime) -> Recheck:
    """Look at another time than the policy says, with the reason."""
    require(by, "change_recheck", "reschedule re-checks")
    why = inputs.line(why, "why", 300, required=True)
    if due_at <= at:
        raise Invalid("in_the_past", "Give a time to come.", field="due_at")
    with transaction.atomic():
        claim, recheck = lock(recheck)
        _close(recheck, Recheck.Outcome.SUPERSEDED, f"Moved to {due_at:%Y-%m-%d}: {why}", by, at)
        return _plan(claim, Due(due_at, "by_hand", why), recheck.assignee, at)


def hand_over(*, recheck: Recheck, assignee: User | None, by: User, at: datetime) -> Recheck:
    """Make somebody else responsible; where it is due already they are reminded too."""
    require(by, "change_recheck", "hand re-checks over")
    if assignee is not None and not assignee.is_active:
        raise Invalid("not_active", f"{assignee} no longer works here.", field="assignee")
    with transaction.atomic():
        _, recheck = lock(recheck)
        recheck.assignee = assignee
        recheck.reminded_stage, recheck.quiet_until = 0, None
        recheck.save(update_fields=["assignee", "reminded_stage", "quiet_until"])
    return recheck


def _after_look(claim: Claim, found: Recheck.Outcome, at: datetime) -> Due | None:
    if found == Recheck.Outcome.CHANGED:
        day = timezone.localdate(at) + timedelta(days=NEW_VERDICT_WITHIN)
        return Due(morning(day), "changed", "A change was found; the new verdict is due.")
    if found == Recheck.Outcome.CANNOT_CONFIRM:
        day = timezone.localdate(at) + timedelta(days=LOOK_AGAIN_AFTER)
        return Due(morning(day), "cannot_confirm", "The last look could not confirm it.")
    latest = claim.verdicts.order_by("-number").first()
    if latest is None:
        raise Forbidden("not_published", "This claim has no verdict to check again.")
    if not latest.rating:
        latest = claim.verdicts.in_force(as_of=timezone.localdate(at), known_at=at).first()
        if latest is None or not latest.rating:
            message = "The verdict was withdrawn: there is no rating to confirm. Say what you found instead."
            raise Invalid("nothing_to_confirm", message, field="outcome")
    return next_due(claim=claim, rating=latest.rating, decided_at=at)


def _check_nothing_came(claim: Claim, seen: datetime) -> None:
    last = claim.rechecks.filter(closed_at__gt=seen).select_related("closed_by").order_by("closed_at").last()
    if last:
        words = f"{last.closed_by} has recorded “{last.get_outcome_display()}” meanwhile."
        raise Conflict("already_closed", words, outcome=last.outcome)
    cause = claim.recheck_causes.filter(at__gt=seen).last()
    if cause:
        raise Conflict("something_came", f"Meanwhile: {cause.why} Look at that too, then confirm.")


def _last_to_decide(claim: Claim) -> User | None:
    latest = claim.verdicts.select_related("decided_by").order_by("-number").first()
    return latest.decided_by if latest else None


def _open(claim: Claim) -> Recheck | None:
    return Recheck.objects.open().filter(claim=claim).select_for_update(of=("self",)).first()


def lock(recheck: Recheck) -> tuple[Claim, Recheck]:
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=recheck.claim_id)
    standing.check(claim)
    locked = Recheck.objects.select_for_update(of=("self",)).get(pk=recheck.pk)
    if locked.closed_at is not None:
        raise Conflict(
            "already_closed",
            f"{locked.closed_by} has recorded “{locked.get_outcome_display()}” meanwhile.",
            outcome=locked.outcome,
        )
    return claim, locked


def _close(recheck: Recheck, outcome: Recheck.Outcome, note: str, by: User, at: datetime) -> None:
    recheck.outcome, recheck.note, recheck.closed_by, recheck.closed_at = outcome, note, by, at
    recheck.save(update_fields=["outcome", "note", "closed_by", "closed_at"])


def _plan(claim: Claim, due: Due, assignee: User | None, at: datetime) -> Recheck:
    return Recheck.objects.create(
        claim=claim, due_at=due.at, rule=due.rule, why=due.why, assignee=assignee, created_at=at
    )
