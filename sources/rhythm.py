"""When a source is checked next: by its kind at first, then by what its checks have found. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zlib import crc32

from sources.models import Source

# How soon pages of a kind tend to change: posts are deleted in days, records stand for months.
FIRST_WAIT = {
    Source.Kind.SOCIAL: timedelta(days=1),
    Source.Kind.MEDIA: timedelta(days=2),
    Source.Kind.DATASET: timedelta(days=7),
    Source.Kind.SECONDARY: timedelta(days=7),
    Source.Kind.PRIMARY: timedelta(days=14),
    Source.Kind.OFFICIAL: timedelta(days=14),
}
SHORTEST, LONGEST = timedelta(days=1), timedelta(days=60)
# What a finding does to the wait.
FACTORS = {
    Source.Liveness.UNCHANGED: 1.5,
    Source.Liveness.CHANGED: 0.5,
    Source.Liveness.MOVED: 1.0,
    Source.Liveness.BLOCKED: 2.0,
    Source.Liveness.GONE: 2.0,
}
# After a check that found nothing out.
AFTER_TROUBLE = timedelta(days=1)
# Sources that were added together are not all checked in the same hour.
SPREAD = 0.1


def wait_after(source: Source, found: Source.Liveness | None) -> timedelta:
    """How long to wait after this finding; None: it has just been fetched for the first time."""
    if found is None:
        return FIRST_WAIT[Source.Kind(source.kind)]
    wait = source.check_wait or FIRST_WAIT[Source.Kind(source.kind)]
    return min(max(wait * FACTORS[found], SHORTEST), LONGEST)


def next_check(source: Source, wait: timedelta, *, at: datetime) -> datetime:
    """The moment a wait after `at`, up to a tenth sooner or later, the same for the same source and wait."""
    share = crc32(f"{source.pk}:{wait}".encode()) / 2**32
    return at + wait * (1 + SPREAD * (2 * share - 1))
