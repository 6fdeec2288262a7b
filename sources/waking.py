"""Waking the workers once the rows are committed."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(task: str) -> None:
    """Ask a worker to run the task of this name once the transaction is committed.

    The row is what counts: where the broker is away the sweep finds it, and no request waits.
    """

    def send() -> None:
        try:
            current_app.send_task(task, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            log.warning("no broker to wake %s (%s): the sweep will start it", task, error)

    transaction.on_commit(send, robust=True)
