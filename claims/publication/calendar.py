"""A person's re-checks as a calendar (RFC 5545) that their own program subscribes to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pghistory.core
from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from icalendar import Calendar, Event

from claims.models import Recheck, User

# What is due within so many days, and what was and is still open.
AHEAD, BACK = timedelta(days=366), timedelta(days=90)
MOST = 1_000
LOOK = timedelta(minutes=30)
ASK_AGAIN = timedelta(hours=1)
LONGEST_SUMMARY = 120


@dataclass(frozen=True)
class Feed:
    body: bytes
    etag: str


def calendar_of(*, person: User, at: datetime) -> Feed:
    """The open re-checks of a person, the soonest due first. The same while none of them changes."""
    mine = Recheck.objects.open().filter(assignee=person, due_at__range=(at - BACK, at + AHEAD))
    rows = list(mine.select_related("claim").defer("claim__search").order_by("due_at", "pk")[:MOST])
    versions = _versions([row.pk for row in rows])
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Recheck//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", f"Re-checks of {person}")
    calendar.add("x-wr-calname", f"Re-checks of {person}")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for row in rows:
        sequence, changed_at = versions.get(row.pk, (0, row.created_at))
        calendar.add_component(_event(row, sequence, changed_at))
    body = calendar.to_ical()
    return Feed(body, hashlib.sha256(body).hexdigest()[:32])


def _event(row: Recheck, sequence: int, changed_at: datetime) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    link = f"{settings.SITE_URL}{reverse('claim', args=[row.claim_id])}"
    text = row.claim.text
    summary = text if len(text) <= LONGEST_SUMMARY else f"{text[: LONGEST_SUMMARY - 1]}…"
    changed_at = changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"recheck-{row.pk}@{host}")
    # Not the moment of asking: the feed stays the same, byte for byte, while nothing changes.
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("created", row.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("dtstart", row.due_at.astimezone(UTC).replace(microsecond=0))
    event.add("duration", LOOK)
    event.add("summary", f"Re-check: {summary}")
    event.add("description", f"{text}\n\n{row.why}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event


def _versions(rechecks: list[int]) -> dict[int, tuple[int, datetime]]:
    """How often each was changed, and when last: the audit knows."""
    events: Any = next(
        model
        for model in pghistory.core.event_models()
        if model.pgh_tracked_model is Recheck  # type: ignore[attr-defined]
    )
    found = events.objects.filter(pgh_obj__in=rechecks).values("pgh_obj").order_by()
    return {
        row["pgh_obj"]: (row["number"] - 1, row["last"])
        for row in found.annotate(number=Count("pk"), last=Max("pgh_created_at"))
    }
