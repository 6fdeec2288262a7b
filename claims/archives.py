"""Snapshots taken out of Recheck, for a web archive or as proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from claims.errors import Conflict, Forbidden
from claims.models import Article, User
from sources import warc
from sources.models import Snapshot, Source


@dataclass(frozen=True)
class Archive:
    """A WARC file to be: its name, and its bytes piece by piece."""

    name: str
    pieces: Iterator[bytes]


def of_source(*, source: Source, by: User) -> Archive:
    """Everything that the source answered when it was fetched, oldest first."""
    snapshots = Snapshot.objects.filter(source=source)
    return _archive(f"source-{source.pk}", snapshots, by, "This source has not been fetched yet.")


def of_article(*, article: Article, by: User) -> Archive:
    """What the article's address answered."""
    snapshots = Snapshot.objects.filter(article=article)
    return _archive(f"article-{article.pk}", snapshots, by, "Nothing was fetched for this article.")


def _archive(name: str, snapshots: QuerySet[Snapshot], by: User, if_none: str) -> Archive:
    if not by.has_perm("sources.export_snapshot"):
        raise Forbidden("not_allowed", "Your role does not allow you to export snapshots.")
    if not snapshots.exists():
        raise Conflict("no_snapshot", if_none)
    name = f"{name}.warc.gz"
    oldest_first = snapshots.defer("text").order_by("fetched_at", "pk")
    return Archive(name, warc.records(oldest_first.iterator(), name=name))
