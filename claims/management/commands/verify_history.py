"""Prove that no verdict was changed or removed after it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import verdicts
from claims.models import Verdict


class Command(BaseCommand):
    help = "Prove every claim's chain of verdicts."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = verdicts.verify()
        for fault in faults:
            self.stderr.write(f"claim {fault.claim_id}, verdict no. {fault.number}: {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} verdicts are not as they were written.")
        count = Verdict.objects.count()
        self.stdout.write(f"All {count} verdicts are as they were written.")
