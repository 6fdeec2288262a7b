"""Who changed what about a claim, from the audit's rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.models import Claim, User

SHOWN = 100
NOT_SHOWN = {"id", "revision", "created_at", "created_by", "last_verified_at"}


@dataclass(frozen=True)
class Change:
    """One change: field by field what it was and what it became."""

    at: datetime
    who: str
    what: str
    fields: list[tuple[str, str, str]]


def history(claim: Claim) -> list[Change]:
    """The newest changes of the claim's own fields, newest first."""
    tracked: Any = claim  # The audit gives it its events.
    events = list(tracked.events.select_related("pgh_context").order_by("-pgh_id")[: SHOWN + 1])[::-1]
    users = _names(events)
    changes: list[Change] = []
    before = None
    for event in events:
        changed: list[tuple[str, str, str]] = _differences(before, event) if before else []
        if changed or event.pgh_label == "insert":
            who = users.get(_user_id(event), "Recheck") if _user_id(event) else "Recheck"
            what = "Found" if event.pgh_label == "insert" else "Changed"
            changes.append(Change(event.pgh_created_at, who, what, changed))
        before = event
    return changes[::-1]


def _differences(before: Any, after: Any) -> list[tuple[str, str, str]]:
    found = []
    for field in Claim._meta.concrete_fields:
        if field.name in NOT_SHOWN or not hasattr(after, field.attname):
            continue
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            found.append((str(field.verbose_name), _words(field.name, old), _words(field.name, new)))
    return found


def _words(field: str, value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if field == "state":
        return Claim.State(value).label
    return f"no. {value}" if field in ("claimant", "assignee") else str(value)


def _user_id(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None


def _names(events: Iterable[Any]) -> dict[int | None, str]:
    ids = {user_id for event in events if (user_id := _user_id(event))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}
