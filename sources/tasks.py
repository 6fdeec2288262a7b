"""What the workers run: fetch the sources that wait. The rows are the truth, not the messages."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from sources import cataloguing

# A task gives the worker back after this many sources; the sweep or the next wake-up goes on.
MOST = 100


@shared_task(name="sources.tasks.work_sources")
def work_sources() -> None:
    for _ in range(MOST):
        if not cataloguing.work_source(at=timezone.now()):
            break


@shared_task(name="sources.tasks.sweep_sources")
def sweep_sources() -> None:
    work_sources()
