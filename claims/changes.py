"""What one request changed, read from the audit: each row as it was before and as it became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Value

from claims.audit import event_models
from claims.models import (
    Appearance,
    Article,
    BlindSwitch,
    Claim,
    Claimant,
    ClaimLink,
    Evidence,
    Proposal,
    ReaderRequest,
    Recheck,
    RecheckCause,
)
from sources.models import Publisher, Source

# What is worked on at the desk; what others rest on first.
ROWS: tuple[type[Any], ...] = (
    Source, Article, Claim, Appearance, Evidence, ClaimLink, Proposal, Recheck, RecheckCause, ReaderRequest,
    BlindSwitch,
)  # fmt: skip

# What a change makes where it is not there yet, and leaves.
ON_THE_WAY = (Claimant, Publisher)


@dataclass(frozen=True)
class Change:
    """A row before and after a step, by column; None where it was not there."""

    model: type[Any]
    pk: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def is_edit(self) -> bool:
        """Whether the row was there before and still is."""
        return self.before is not None and self.after is not None

    def edits(self, name: str) -> bool:
        """Whether it gives this column of a row another value."""
        if self.before is None or self.after is None:
            return False
        return bool(self.before[name] != self.after[name])


def of_context(context: UUID) -> list[Change]:
    """What the events of a context come to, row by row.

    Nothing where that is not the whole of it: they are about other tables too, or of a row that the audit
    does not know from before.
    """
    rows = _events(context)
    if not rows.keys() <= {*ROWS, *ON_THE_WAY}:
        return []
    found: list[Change | None] = []
    for model in (model for model in ROWS if model in rows):
        of_row: dict[int, list[Any]] = defaultdict(list)
        for event in model.pgh_event_model.objects.filter(pgh_id__in=rows[model]).order_by("pgh_id"):
            of_row[event.pgh_obj_id].append(event)
        found += [_change(model, pk, of_row[pk]) for pk in sorted(of_row)]
    known = [change for change in found if change is not None]
    return [change for change in known if change.before != change.after] if len(known) == len(found) else []


def _events(context: UUID) -> dict[type[Any], list[int]]:
    """The ids of a context's events by the table that they follow, in one query."""
    followed = list(event_models().values())
    tables = [
        event.objects.filter(pgh_context=context).order_by().values_list("pgh_id", Value(place))
        for place, event in enumerate(followed)
    ]
    found: dict[type[Any], list[int]] = defaultdict(list)
    for pk, place in tables[0].union(*tables[1:], all=True):
        found[followed[place].pgh_tracked_model].append(pk)
    return found


def _change(model: type[Any], pk: int, events: list[Any]) -> Change | None:
    """None where the audit does not know what the row was before."""
    first, last = events[0], events[-1]
    before: dict[str, Any] | None
    if first.pgh_label == "update":
        earlier = type(first).objects.filter(pgh_obj=pk, pgh_id__lt=first.pgh_id).order_by("-pgh_id").first()
        if earlier is None:
            return None
        before = _values(model, earlier)
    else:
        # What is deleted leaves its own values in the event.
        before = None if first.pgh_label == "insert" else _values(model, first)
    return Change(model, pk, before, None if last.pgh_label == "delete" else _values(model, last))


def _values(model: type[Any], event: Any) -> dict[str, Any]:
    kept = {field.attname for field in event._meta.concrete_fields}
    return {
        field.attname: getattr(event, field.attname)
        for field in model._meta.concrete_fields
        if field.attname in kept
    }


def claims_of(changes: Iterable[Change]) -> set[int]:
    """The ids of all claims that the changes are about."""
    found = set()
    for change in changes:
        for values in (change.before, change.after):
            if values:
                names = ("id",) if change.model is Claim else ("claim_id", "other_id")
                found |= {values[name] for name in names if values.get(name)}
    return found
