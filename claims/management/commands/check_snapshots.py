"""Prove that every snapshot's body is in the snapshot folder as it was fetched."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources import bodies
from sources.models import Snapshot


class Command(BaseCommand):
    help = "Read every body in the snapshot folder and prove it by its hash."

    def handle(self, *args: Any, **options: Any) -> None:
        hashes = set(Snapshot.objects.order_by().values_list("content_hash", flat=True).distinct())
        lost = {}
        for content_hash in sorted(hashes):
            try:
                bodies.read(content_hash)
            except bodies.Lost as why:
                lost[content_hash] = why
        for snapshot in Snapshot.objects.filter(content_hash__in=lost).order_by("pk").defer("text"):
            self.stderr.write(f"snapshot {snapshot.pk}, {snapshot}: {lost[snapshot.content_hash].message}")
        unused = sum(content_hash not in hashes for content_hash in bodies.stored())
        if unused:
            self.stdout.write(f"{unused} files belong to no snapshot.")
        if lost:
            raise CommandError(f"{len(lost)} of {len(hashes)} bodies in {settings.SNAPSHOT_DIR} are lost.")
        self.stdout.write(f"All {len(hashes)} bodies in {settings.SNAPSHOT_DIR} are as they were fetched.")
