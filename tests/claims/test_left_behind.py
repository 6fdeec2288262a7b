"""What a dead worker has left behind is done by the next sweep, not only when its lease has run out."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from claims import intake, reminders, tasks
from claims.models import Article, Recheck, Reminder
from sources import cataloguing
from sources.models import Source
from tests.factories import NOW, TEXT, make_claim, make_source, make_user, publish

ROOT = Path(__file__).resolve().parents[2]

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


def test_whatever_is_taken_under_a_lease_is_taken_back_too() -> None:
    modules = [path for app in ("claims", "sources") for path in (ROOT / app).rglob("*.py")]
    takers = [path for path in modules if "= claim_next(" in path.read_text()]
    assert len(takers) > 4
    sweeps = "".join((ROOT / app / "tasks.py").read_text() for app in ("claims", "sources"))
    for path in takers:
        assert "take_back(" in path.read_text(), path
        assert f"{path.stem}.take_back_" in sweeps, path


def test_a_source_waits_again() -> None:
    source, at = make_source(**taken()), timezone.now()
    assert cataloguing.take_back_sources(at=at) == 1
    assert source in Source.objects.waiting(at=at + timedelta(seconds=1))
