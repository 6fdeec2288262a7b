"""What the workers run: fetch the sources that wait. The rows are the truth, not the messages."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from sources import cataloguing

# A task gives the worker back after so many seconds, well within its time limit; the sweep goes on.
LONGEST = 300


@shared_task(name="sources.tasks.work_sources")
def work_sources() -> None:
    end = time.monotonic() + LONGEST
    while cataloguing.work_source(at=timezone.now()) and time.monotonic() < end:
        pass


@shared_task(name="sources.tasks.sweep_sources")
def sweep_sources() -> None:
    cataloguing.take_back_sources(at=timezone.now())
    work_sources()
