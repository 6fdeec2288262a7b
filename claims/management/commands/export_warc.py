"""Write snapshots to a WARC file: `manage.py export_warc out.warc.gz --source 12 --article 3`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from claims.models import Article
from sources import bodies, warc
from sources.models import Snapshot, Source


class Command(BaseCommand):
    help = "Write the snapshots of sources and articles to a WARC file; of all where none is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="to write, .warc.gz; must not exist")
        parser.add_argument("--source", type=int, action="append", default=[], help="its number; repeatable")
        parser.add_argument("--article", type=int, action="append", default=[], help="its number; repeatable")

    def handle(self, *args: Any, file: Path, source: list[int], article: list[int], **options: Any) -> None:
        for model, wanted in ((Source, set(source)), (Article, set(article))):
            unknown = wanted - set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True))
            if unknown:
                raise CommandError(f"There is no {model._meta.verbose_name} {min(unknown)}.")
        snapshots = Snapshot.objects.defer("text").order_by("fetched_at", "pk")
        if source or article:
            snapshots = snapshots.filter(Q(source__in=source) | Q(article__in=article)).distinct()
        lost: list[int] = []

        def tell(snapshot: Snapshot, why: bodies.Lost) -> None:
            lost.append(snapshot.pk)
            self.stderr.write(f"snapshot {snapshot.pk}, {snapshot}: {why.message}")

        pieces = warc.records(snapshots.iterator(chunk_size=200), name=file.name, lost=tell)
        try:
            with file.open("xb") as out:
                out.writelines(pieces)
        except OSError as error:
            raise CommandError(f"Cannot write {file}: {error.strerror}.") from error
        count = snapshots.count()
        if lost:
            raise CommandError(f"{len(lost)} of {count} snapshots are lost; the file says so of each.")
        self.stdout.write(f"Wrote {count} snapshots to {file}.")
