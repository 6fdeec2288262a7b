"""Reminders in words: the letter, the line in a digest, and what a program gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from claims.channels.message import Message
from claims.models import Digest, Reminder, User
from claims.unsubscribing import unsubscribe_link

LONGEST_SUBJECT = 250
# A digest names so many, and says how many more there are.
MOST_NAMED = 100


def letter(reminder: Reminder) -> Message:
    """One reminder, its re-check loaded."""
    return Message(
        id=f"reminder-{reminder.pk}",
        subject=subject(reminder),
        text=body(reminder),
        lines=((_line(reminder), claim_link(reminder)),),
        event=_event(reminder),
    )


def digest_letter(digest: Digest, reminders: Sequence[Reminder]) -> Message:
    """All that is in a digest, the longest due first."""
    named = reminders[:MOST_NAMED]
    context = {
        "person": digest.person,
        "number": len(reminders),
        "lines": [(reminder, claim_link(reminder)) for reminder in named],
        "more": len(reminders) - len(named),
    }
    return Message(
        id=f"digest-{digest.pk}",
        subject=_rendered("digest_subject", digest.person, context).strip()[:LONGEST_SUBJECT],
        text=_rendered("digest", digest.person, context),
        lines=tuple((_line(reminder), claim_link(reminder)) for reminder in named),
        event={
            "type": "recheck.digest",
            "timestamp": digest.created_at,
            "data": {"reminders": [_event(reminder)["data"] for reminder in named]},
        },
    )


def subject(reminder: Reminder) -> str:
    words = _rendered("reminder_subject", reminder.person, {"reminder": reminder})
    return " ".join(words.split())[:LONGEST_SUBJECT]


def body(reminder: Reminder) -> str:
    context = {"reminder": reminder, "person": reminder.person, "link": claim_link(reminder)}
    return _rendered("reminder", reminder.person, context)


def claim_link(reminder: Reminder) -> str:
    return f"{settings.SITE_URL}{reverse('claim', args=[reminder.recheck.claim_id])}"


def _rendered(name: str, person: User, context: dict[str, Any]) -> str:
    """A template of mails, with times as the person's clock shows them."""
    wishes = getattr(person, "notification_settings", None)
    shared = {
        "site": settings.SITE_NAME,
        "unsubscribe": unsubscribe_link(person),
        "settings": settings.SITE_URL + reverse("notifications"),
    }
    with timezone.override(wishes.zone if wishes else ZoneInfo(settings.TIME_ZONE)):
        return render_to_string(f"emails/{name}.txt", context | shared)


def _line(reminder: Reminder) -> str:
    return f"{reminder.get_stage_display().capitalize()}: {reminder.text}\n{reminder.why}"


def _event(reminder: Reminder) -> dict[str, Any]:
    stage = Reminder.Stage(reminder.stage).label
    return {
        "type": f"recheck.{stage}",
        "timestamp": reminder.created_at,
        "data": {
            "reminder": reminder.pk,
            "recheck": reminder.recheck_id,
            "claim": reminder.recheck.claim_id,
            "text": reminder.text,
            "stage": stage,
            "due_at": reminder.due_at,
            "why": reminder.why,
            "person": reminder.person.username,
            "url": claim_link(reminder),
        },
    }
