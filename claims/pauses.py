"""Keeping the reminders of a due re-check quiet for a while, with a reason: "not now", or "I am on it".

The claim is no fresher for it. When the pause ends, whoever the stage of then is for is reminded anew.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from claims import inputs, policy
from claims.errors import Conflict, Invalid, require
from claims.models import Recheck, RecheckPause, User
from claims.rechecks import lock

Kind = RecheckPause.Kind


def snooze(*, recheck: Recheck, until: date, why: str, by: User, at: datetime) -> RecheckPause:
    """Not now: remind again on the morning of a day. How often and how long, the policy says."""
    return _pause(recheck, Kind.SNOOZE, until, why, by, at)


def acknowledge(*, recheck: Recheck, until: date, why: str, by: User, at: datetime) -> RecheckPause:
    """Seen, and being worked on: nobody else is told until the morning of that day."""
    return _pause(recheck, Kind.ACKNOWLEDGE, until, why, by, at)


def _pause(recheck: Recheck, kind: Kind, until: date, why: str, by: User, at: datetime) -> RecheckPause:
    if recheck.assignee_id != by.pk:
        require(by, "change_recheck", "pause other people's re-checks")
    why = inputs.line(why, "why", 300, required=True)
    terms = policy.terms()
    most = terms.snooze_days if kind == Kind.SNOOZE else terms.acknowledge_days
    days = (until - timezone.localdate(at)).days
    if not 1 <= days <= most:
        raise Invalid("bad_pause", f"Give a day from tomorrow to {most} days from now.", field="until")
    with transaction.atomic():
        claim, recheck = lock(recheck)
        if recheck.due_at > at:
            raise Conflict("not_due", "It is not due yet and reminds nobody. Move it if it is to be later.")
        earlier = [pause.kind for pause in recheck.pauses.all()]
        if kind == Kind.SNOOZE and earlier.count(Kind.SNOOZE) >= terms.snooze_times:
            words = f"It has been snoozed {terms.snooze_times} times, which is the most. Look at it now."
            raise Conflict("snoozed_enough", words, most=terms.snooze_times)
        pause = RecheckPause.objects.create(
            claim=claim, recheck=recheck, number=len(earlier) + 1, kind=kind, until=policy.morning(until),
            why=why, by=by, at=at,
        )  # fmt: skip
        recheck.round, recheck.quiet_until, recheck.reminded_stage = pause.number, pause.until, 0
        recheck.save(update_fields=["round", "quiet_until", "reminded_stage"])
    return pause
