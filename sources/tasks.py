"""What the workers run: fetch the sources that wait, check those whose time has come.

The rows are the truth, not the messages.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from sources import cataloguing, liveness

# A task gives the worker back after so many seconds, well within its time limit; the sweep goes on.
LONGEST = 300


@shared_task(name="sources.tasks.work_sources")
def work_sources() -> None:
    _work_off(lambda: cataloguing.work_source(at=timezone.now()))


@shared_task(name="sources.tasks.sweep_sources")
def sweep_sources() -> None:
    cataloguing.take_back_sources(at=timezone.now())
    work_sources()


@shared_task(name="sources.tasks.work_checks")
def work_checks() -> None:
    _work_off(lambda: liveness.work_check(at=timezone.now()))


@shared_task(name="sources.tasks.sweep_checks")
def sweep_checks() -> None:
    liveness.take_back_checks(at=timezone.now())
    _work_off(lambda: liveness.begin_due(at=timezone.now()))
    work_checks()


def _work_off(one: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while one() and time.monotonic() < end:
        pass
