"""A real worker does real work over each broker: the default one, Redis and RabbitMQ.

Where a server is not there the test is skipped with a word, but never where CI is set.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from claims import intake
from claims.models import Article
from config import broker
from tests.factories import make_user
from tests.operations.conftest import ROOT, wait_for

BROKERS = {
    "pgmq": "pgmq://",
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
TEXT = "The harbour bridge was closed on Monday. The city council will reopen it in May 2026.\n"


def database_url() -> str:
    """The test database's address, for another process."""
    entry = connection.settings_dict
    host = entry["OPTIONS"].get("host") or entry["HOST"]
    user = f"{quote(entry['USER'])}:{quote(entry['PASSWORD'], safe='')}"
    return f"postgres://{user}@/{entry['NAME']}?host={quote(host, safe='')}&port={entry['PORT'] or 5432}"


def reached(url: str) -> Celery:
    """A producer on this broker; skips or fails where there is none."""
    app = Celery(broker=url, set_as_current=False)
    app.conf.broker_transport_options = broker.transport_options(url)
    try:
        with app.connection_for_write(connect_timeout=3) as tried:
            tried.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no broker answers at {url}: {error}")
    return app


@contextmanager
def working(url: str, queue: str, log: Path) -> Iterator[None]:
    env = os.environ | {"DATABASE_URL": database_url(), "CELERY_BROKER_URL": url}
    options = ["--queues", queue, "--concurrency", "1", "--loglevel", "INFO"]
    argv = [sys.executable, "-m", "celery", "-A", "config", "worker", *options]
    with log.open("w") as out:
        worker = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        wait_for(lambda: " ready." in log.read_text() or worker.poll() is not None, "the worker")
        yield
        worker.terminate()
        assert worker.wait(30) == 0, log.read_text()
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", BROKERS)
def test_a_worker_hears_of_an_article_and_makes_its_claims(kind: str, tmp_path: Path) -> None:
    url = BROKERS[kind]
    producer = reached(url)
    queue = f"recheck-test-{uuid4().hex[:12]}"
    article, _ = intake.add_article(by=make_user("editor"), at=timezone.now(), text=TEXT, title="Bridge")
    log = tmp_path / "worker.log"
    try:
        with working(url, queue, log):
            producer.send_task("claims.tasks.work_articles", queue=queue, ignore_result=True)
            wait_for(lambda: is_done(article.pk), f"the claims; the worker said: {log}")
        article.refresh_from_db()
        assert article.appearances.count() == 2
        assert "SecurityWarning" not in log.read_text()
    finally:
        with producer.connection_for_write() as last:
            last.default_channel.queue_delete(queue)
        producer.close()


def is_done(number: int) -> bool:
    return Article.objects.get(pk=number).work_state == "done"
