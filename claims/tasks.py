"""What the workers run: look for waiting rows and work them off. The rows are the truth, not the messages."""

from __future__ import annotations

from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from claims import evidence, intake, reminders

# A task gives the worker back after this many rows; the sweep or the next wake-up goes on.
MOST = 500


@shared_task(name="claims.tasks.work_articles")
def work_articles() -> None:
    for _ in range(MOST):
        if not intake.work_article(at=timezone.now()):
            break


@shared_task(name="claims.tasks.sweep_articles")
def sweep_articles() -> None:
    work_articles()
    evidence.anchor_waiting()


@shared_task(name="claims.tasks.send_reminders")
def send_reminders() -> None:
    _work_off(lambda: reminders.remind_due(at=timezone.now()))
    _work_off(lambda: reminders.send_next(at=timezone.now()))


def _work_off(one: Callable[[], bool]) -> None:
    for _ in range(MOST):
        if not one():
            break
