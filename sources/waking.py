"""Waking the workers once the rows are committed."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


# Later than this the sweep comes anyway; brokers are not made to hold messages back for long.
LONGEST_WAIT = timedelta(minutes=1)


def wake(task: str, *, after: timedelta = timedelta(0)) -> None:
    """Ask a worker to run the task of this name once the transaction is committed, or a little later.

    The row is what counts: where the broker is away the sweep finds it, and no request waits.
    """

    def send() -> None:
        seconds = max(after.total_seconds(), 0.0)
        try:
            current_app.send_task(task, retry=False, ignore_result=True, countdown=seconds or None)
        except (OperationalError, OSError) as error:
            log.warning("no broker to wake %s (%s): the sweep will start it", task, error)

    if after <= LONGEST_WAIT:
        transaction.on_commit(send, robust=True)
