"""Prove that no verdict was changed or removed after it was written."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import ledger


class Command(BaseCommand):
    help = "Prove every claim's chain of verdicts and redactions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--export",
            type=Path,
            metavar="FILE",
            help="Write the ledger there as NDJSON, which bin/verify_export.py proves without Recheck.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["export"]
        try:
            with path.open("w", encoding="utf-8") if path else nullcontext() as file:
                proof = ledger.verify(export=file)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        for fault in proof.faults:
            self.stderr.write(f"claim {fault.claim_id}, verdict no. {fault.number}: {fault.what}")
        if proof.faults:
            raise CommandError(f"The ledger is not as it was written; faults: {len(proof.faults)}.")
        redacted = f", {proof.redactions} of them redacted" if proof.redactions else ""
        self.stdout.write(f"All {proof.verdicts} verdicts are as they were written{redacted}.")
        self.stdout.write(f"Seal: {proof.seal}")
