"""Which two texts of a source, or of an article, are compared."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import Conflict, Invalid
from claims.models import Article
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


@dataclass(frozen=True)
class Version:
    """A text of an article: number 1, 2, 3 …, the highest is the present one."""

    number: int
    text: str
    present: bool = False


def versions_compared(
    *, article: Article, before: int | None = None, after: int | None = None
) -> tuple[Version, Version]:
    """Two versions of an article by number: by default the present one, and the one before the later one."""
    texts = dict(article.versions.values_list("number", "text"))
    if not texts:
        raise Conflict("nothing_to_compare", "The article has not been edited: there is nothing to compare.")
    present = max(texts) + 1
    texts[present] = article.text
    later = present if after is None else after
    earlier = later - 1 if before is None else before
    for field, number in (("after", later), ("before", earlier)):
        if number not in texts:
            message = f"The article has no version {number}; it has 1 to {present}."
            raise Invalid("unknown_version", message, field=field)
    return Version(earlier, texts[earlier], earlier == present), Version(
        later, texts[later], later == present
    )
