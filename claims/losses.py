"""Claims that have lost something they stood on or came from: the list's filter `lost`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from claims.models import Appearance, Evidence, QuoteLook
from sources.models import Source

LOSSES = (
    ("quote", "a quote is no longer in its source"),
    ("source", "a source is gone"),
    ("sentence", "the sentence is no longer in the article"),
)


def lost(*what: str) -> Q:
    """Claims with a loss of any of these kinds."""
    evidence = Evidence.objects.filter(claim=OuterRef("pk"))
    vanished = Appearance.objects.filter(claim=OuterRef("pk"), standing=Appearance.Standing.VANISHED)
    conditions = {
        "quote": evidence.filter(latest_look__found=QuoteLook.Found.GONE),
        "source": evidence.filter(source__liveness=Source.Liveness.GONE),
        "sentence": vanished,
    }
    found = Q()
    for kind in what:
        found |= Q(Exists(conditions[kind]))
    return found
