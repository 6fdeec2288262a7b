"""The audit, read: who changed what, when, from what to what. Its rows are written by database triggers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory.core
from django.db.models import ForeignKey, Model, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from claims.models import Claim, ClaimLink, Evidence, Proposal, Recheck, RecheckPause, User

VERBS = {"insert": "added", "update": "changed", "delete": "removed"}
# Columns that say nothing to a reader.
SILENT = {
    "id", "revision", "quote_start", "snapshot", "created_at", "added_at", "submitted_at", "merged_at",
    "start", "end", "prefix", "suffix", "wording", "edits", "score", "reasons", "extractor", "round",
    "number", "at", "addressed",
}  # fmt: skip
NOTHING: tuple[Any, ...] = (None, "", False, [], {})
LONGEST = 300
TRAIL = 200


@dataclass(frozen=True)
class Edit:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row. `who` is empty where the program did it by itself."""

    at: datetime
    who: str
    verb: str
    kind: str
    subject: str
    address: str
    edits: tuple[Edit, ...]
    undo: bool = False  # It takes back what was done before.


def event_models() -> dict[str, type[Any]]:
    """The tables of events by the name of what they follow."""
    models: list[Any] = list(pghistory.core.event_models())
    return {str(model.pgh_tracked_model._meta.verbose_name): model for model in models}


def trail(claim: Claim) -> list[Entry]:
    """What happened to a claim, its evidence, proposals, re-checks, their pauses and links, newest first."""
    events = {model.pgh_tracked_model: model for model in event_models().values()}
    rows: list[Any] = list(_rows(events[Claim].objects.filter(pgh_obj=claim.pk))[:TRAIL])
    for model in (Evidence, Proposal, Recheck, RecheckPause):
        rows += _rows(events[model].objects.filter(claim=claim.pk))[:TRAIL]
    links = events[ClaimLink].objects.filter(Q(claim=claim.pk) | Q(other=claim.pk))
    rows += _rows(links)[:TRAIL]
    return entries(rows)


def who_changed(model: type[Any], pk: int) -> User | None:
    """Who made the latest change of a row; None: the program by itself."""
    event = model.pgh_event_model.objects.filter(pgh_obj=pk).select_related("pgh_context")
    latest = event.order_by("-pgh_id").first()
    who = _who(latest) if latest else None
    return User.objects.filter(pk=who).first() if who else None


def newest(*, kind: str, who: int | None, offset: int, number: int) -> list[Entry]:
    """A page of the whole audit; `kind` is one of `event_models()` or empty for all."""
    tables = event_models()
    places: list[tuple[datetime, int, type[Any]]] = []
    for model in [tables[kind]] if kind in tables else tables.values():
        events = model.objects.all()
        if who is not None:
            events = events.filter(pgh_context__metadata__user=who)
        found = events.order_by("-pgh_id").values_list("pgh_created_at", "pgh_id")
        places += [(at, pk, model) for at, pk in found[: offset + number]]
    places.sort(key=lambda place: (place[0], place[1]), reverse=True)
    wanted: dict[type[Any], list[int]] = defaultdict(list)
    for _, pk, model in places[offset : offset + number]:
        wanted[model].append(pk)
    rows: list[Any] = []
    for model, pks in wanted.items():
        rows += _rows(model.objects.filter(pgh_id__in=pks))
    return entries(rows)


def entries(rows: Iterable[Any]) -> list[Entry]:
    """Events as entries, newest first, each against the event before it of the same row."""
    rows = sorted(rows, key=lambda row: (row.pgh_created_at, row.pgh_id), reverse=True)
    before, sealed = _events_before(rows), _sealed(rows)
    changes = [
        (row, [] if row in sealed else _changed(row, before.get((type(row), row.previous)))) for row in rows
    ]
    names = _names(changes)
    return [_entry(row, changed, names) for row, changed in changes]


def _rows(events: QuerySet[Any]) -> QuerySet[Any]:
    earlier = events.model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    previous = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    rows: QuerySet[Any] = events.annotate(previous=previous)
    return rows.select_related("pgh_context").order_by("-pgh_id")


def _events_before(rows: list[Any]) -> dict[tuple[type[Any], int], Any]:
    wanted: dict[type[Any], set[int]] = defaultdict(set)
    for row in rows:
        if row.previous:
            wanted[type(row)].add(row.previous)
    return {
        (model, pk): found
        for model, pks in wanted.items()
        for pk, found in model.objects.in_bulk(pks).items()
    }


def _sealed(rows: list[Any]) -> list[Any]:
    """The events of proposals whose rating nobody is to see yet."""
    proposals = [row for row in rows if row.pgh_tracked_model is Proposal]
    if not proposals:
        return []
    ids = set(Proposal.objects.filter(sealed=True).values_list("pk", flat=True))
    return [row for row in proposals if row.pgh_obj_id in ids]


def _fields(row: Any) -> list[Any]:
    return [
        field for field in row._meta.fields if not field.name.startswith("pgh_") and field.name not in SILENT
    ]


def _changed(row: Any, before: Any) -> list[tuple[Any, Any, Any]]:
    """(field, before, after) of what differs; of a removed row what it was."""
    changed = []
    for field in _fields(row):
        old, new = getattr(before, field.attname, None), getattr(row, field.attname)
        if row.pgh_label == "delete":
            old, new = new, None
        if field.name == "claim" and None in (old, new):
            continue  # Whose it is: the entry's subject. That it went over to another claim is told.
        if old != new and not (old in NOTHING and new in NOTHING):
            changed.append((field, old, new))
    return changed


Names = dict[tuple[type[Model], Any], str]


def _names(changes: list[tuple[Any, list[tuple[Any, Any, Any]]]]) -> Names:
    """What the numbers in foreign keys, and the people, are called: one query a table."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for row, changed in changes:
        wanted[User].add(_who(row))
        for field, old, new in changed:
            if isinstance(field, ForeignKey):
                wanted[field.related_model].update((old, new))
        if "claim" in {field.name for field in row._meta.fields}:
            wanted[Claim].add(row.claim_id)
    names: Names = {}
    for model, pks in wanted.items():
        found = model._default_manager.in_bulk(pks - {None})
        names |= {(model, pk): str(thing) for pk, thing in found.items()}
    return names


def _who(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _entry(row: Any, changed: list[tuple[Any, Any, Any]], names: Names) -> Entry:
    tracked = row.pgh_tracked_model
    claim = getattr(row, "claim_id", None)
    page = (Claim, claim) if claim else (tracked, row.pgh_obj_id)
    own = next(
        (str(getattr(row, name)) for name in ("text", "title", "name", "url") if getattr(row, name, "")), ""
    )
    return Entry(
        at=row.pgh_created_at,
        who=names.get((User, _who(row)), ""),
        verb=VERBS.get(row.pgh_label, row.pgh_label),
        kind=str(tracked._meta.verbose_name),
        subject=Truncator(names.get((Claim, claim), "") or own or f"no. {row.pgh_obj_id}").chars(120),
        address=reverse(f"admin:{page[0]._meta.app_label}_{page[0]._meta.model_name}_change", args=[page[1]]),
        edits=tuple(
            Edit(str(field.verbose_name), _words(field, old, names), _words(field, new, names))
            for field, old, new in changed
        ),
        undo=bool(row.pgh_context and row.pgh_context.metadata.get("undo")),
    )


def _words(field: Any, value: Any, names: Names) -> str:
    if value in NOTHING and value is not False:
        return ""
    if isinstance(field, ForeignKey):
        return Truncator(names.get((field.related_model, value), f"no. {value}")).chars(LONGEST)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return Truncator(str(value)).chars(LONGEST)
