"""Prove that every snapshot's body is in the snapshot folder as it was fetched."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources import bodies
from sources.models import Snapshot


class Command(BaseCommand):
    help = "Read every body in the snapshot folder and prove it by its hash."

    def handle(self, *args: Any, **options: Any) -> None:
        proved: set[str] = set()
        lost: dict[str, str] = {}
        for snapshot in Snapshot.objects.order_by("pk").defer("headers", "text").iterator():
            content_hash = snapshot.content_hash
            if content_hash not in proved and content_hash not in lost:
                try:
                    bodies.read(content_hash)
                    proved.add(content_hash)
                except bodies.Lost as why:
                    lost[content_hash] = why.message
            if content_hash in lost:
                self.stderr.write(f"snapshot {snapshot.pk}, {snapshot}: {lost[content_hash]}")
        unused = sum(
            content_hash not in proved and content_hash not in lost for content_hash in bodies.stored()
        )
        if unused:
            self.stdout.write(f"{unused} files belong to no snapshot.")
        count = len(proved) + len(lost)
        if lost:
            raise CommandError(f"{len(lost)} of {count} bodies in {settings.SNAPSHOT_DIR} are lost.")
        self.stdout.write(f"All {count} bodies in {settings.SNAPSHOT_DIR} are as they were fetched.")
