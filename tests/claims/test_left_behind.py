"""What a dead worker has left behind is done by the next sweep, not only when its lease has run out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from claims import intake, quotes, reminders, tasks, versions
from claims.models import Article, Recheck, Reminder
from sources import cataloguing, liveness
from sources.models import Source
from sources.tasks import sweep_checks, sweep_sources
from tests.factories import NOW, TEXT, make_claim, make_source, make_user, publish

pytestmark = pytest.mark.django_db


def taken() -> dict[str, object]:
    """As a worker leaves it that is killed at work."""
    return {"work_state": "running", "attempts": 1, "lease_until": timezone.now() + timedelta(minutes=4)}


def test_an_article_is_extracted() -> None:
    intake.add_article(by=make_user(), at=NOW, text=TEXT)
    Article.objects.update(**taken())
    tasks.work_articles()
    assert Article.objects.get().state == "extracting"
    tasks.sweep_articles()
    assert Article.objects.get().state == "ready"


def test_a_mail_is_sent() -> None:
    publish(make_claim())
    Recheck.objects.update(due_at=timezone.now())
    assert reminders.remind_due(at=timezone.now())
    Reminder.objects.filter(channel="email").update(**taken())
    tasks.send_reminders()
    assert len(mail.outbox) == 1
    assert Reminder.objects.get(channel="email").sent_at


@pytest.mark.parametrize("sweep", [sweep_sources, sweep_checks, tasks.follow_sources, tasks.sweep_rereads])
def test_every_sweep_that_takes_leases_also_takes_them_back(
    sweep: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    for module in (cataloguing, liveness, quotes, versions):
        monkeypatch.setattr(module, "take_back", lambda rows, at: looked.append(rows.model) or 0)
    sweep()
    assert len(looked) == 1


def test_a_source_waits_again() -> None:
    source, at = make_source(**taken()), timezone.now()
    assert cataloguing.take_back_sources(at=at) == 1
    assert source in Source.objects.waiting(at=at + timedelta(seconds=1))
