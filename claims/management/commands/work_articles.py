"""Extract waiting articles until told to stop: what `ingest` starts once per core."""

import os
import resource
import signal
import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims import intake

POLL = 0.5  # seconds between two looks while nothing waits
# A process that has grown beyond it ends and is started again: whatever leaks, leaks no further.
MOST_MEMORY = 700_000_000  # bytes
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


class Command(BaseCommand):
    help = "Extract the claims of waiting articles, one after another, until SIGTERM or Ctrl-C."
    requires_system_checks: list[str] = []  # they take longer than an article

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        parent = os.getppid()
        while not self.stopping and os.getppid() == parent and _memory() < MOST_MEMORY:
            at = timezone.now()
            # What another has left behind comes last: it may be what has killed it.
            if not intake.work_article(at=at) and not intake.take_back_articles(at=at):
                time.sleep(POLL)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """The article at hand is finished first."""
        self.stopping = True


def _memory() -> int:
    """The most this process has used, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MEMORY_UNIT
