"""What the workers run: look for waiting rows and work them off. The rows are the truth, not the messages."""

from __future__ import annotations

import time
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from claims import intake, quotes, reminders, undo, versions

# A task gives the worker back after so many seconds, well within its time limit; the sweep goes on.
LONGEST = 300


@shared_task(name="claims.tasks.work_articles")
def work_articles() -> None:
    _work_off(lambda: intake.work_article(at=timezone.now()))


@shared_task(name="claims.tasks.sweep_articles")
def sweep_articles() -> None:
    intake.take_back_articles(at=timezone.now())
    work_articles()


@shared_task(name="claims.tasks.work_rereads")
def work_rereads() -> None:
    _work_off(lambda: versions.work_reread(at=timezone.now()))


@shared_task(name="claims.tasks.sweep_rereads")
def sweep_rereads() -> None:
    versions.take_back_rereads(at=timezone.now())
    _work_off(lambda: versions.begin_due(at=timezone.now()))
    work_rereads()


@shared_task(name="claims.tasks.follow_sources")
def follow_sources() -> None:
    quotes.take_back_changes(at=timezone.now())
    _work_off(lambda: quotes.follow_change(at=timezone.now()))


@shared_task(name="claims.tasks.send_reminders")
def send_reminders() -> None:
    reminders.take_back_messages(at=timezone.now())
    _work_off(lambda: reminders.remind_due(at=timezone.now()))
    _work_off(lambda: reminders.gather_digest(at=timezone.now()))
    _work_off(lambda: reminders.send_next(at=timezone.now()))


@shared_task(name="claims.tasks.forget_steps")
def forget_steps() -> None:
    undo.forget(at=timezone.now())


def _work_off(one: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while one() and time.monotonic() < end:
        pass
