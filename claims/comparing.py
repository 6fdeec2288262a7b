"""Which two texts of a source are compared."""

from __future__ import annotations

from claims.errors import Conflict, Invalid
from sources.models import Snapshot, Source


def snapshots_compared(
    *, source: Source, before: int | None = None, after: int | None = None
) -> tuple[Snapshot, Snapshot]:
    """Two snapshots of a source by their ids: by default the newest, and the one before the later one."""
    ordered = source.snapshots.order_by("-fetched_at", "-pk")
    later = ordered.first() if after is None else ordered.filter(pk=after).first()
    if later is None:
        raise _unknown(after, "after")
    if before is not None:
        earlier = ordered.filter(pk=before).first()
        if earlier is None:
            raise _unknown(before, "before")
        return earlier, later
    earlier = ordered.filter(fetched_at__lte=later.fetched_at).exclude(pk=later.pk).first()
    if earlier is None:
        raise Conflict(
            "nothing_to_compare", "The source has been fetched once only: there is nothing to compare."
        )
    return earlier, later


def _unknown(id: int | None, field: str) -> Conflict | Invalid:
    if id is None:
        return Conflict("not_fetched", "The source has not been fetched yet: there is nothing to compare.")
    return Invalid("unknown_snapshot", f"The source has no snapshot {id}.", field=field)
