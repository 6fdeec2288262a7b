"""Corrections: what we had said by our error, told to readers in a note of its own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from claims.models import Claim, Correction, Verdict


def publish(*, verdict: Verdict, text: str, at: datetime) -> Correction:
    """Publish the note of a verdict that was just written down. Called within the review's transaction.

    It corrects what was in force for the verdict's first day, else the verdict before it.
    """
    earlier = verdict.claim.verdicts.filter(number__lt=verdict.number)
    in_force = earlier.in_force(as_of=verdict.applies_from, known_at=at).first()
    corrects = in_force or earlier.get(number=verdict.number - 1)
    return Correction.objects.create(verdict=verdict, corrects=corrects, text=text, published_at=at)


def published(*, claim: Claim | None = None) -> QuerySet[Correction]:
    """All corrections, or a claim's, newest first, with what they tell."""
    found = Correction.objects.select_related("verdict__claim", "verdict__redaction", "corrects")
    found = found.defer("verdict__claim__search", "verdict__basis", "corrects__basis")
    return found if claim is None else found.filter(verdict__claim=claim)
