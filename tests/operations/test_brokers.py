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
from uuid import uuid4

import pytest
from celery import Celery
from django.utils import timezone

from claims import intake
from claims.models import Article, User
from config import broker
from tests.factories import make_user
from tests.operations.conftest import ROOT, Site, database_url, wait_for

BROKERS = {
    "pgmq": "pgmq://",
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
TEXT = "The harbour bridge was closed on Monday. The city council will reopen it in May 2026.\n"


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
            with producer.connection_for_write() as sender:
                producer.send_task("claims.tasks.work_articles", queue=queue, connection=sender)
            wait_for(lambda: is_done(article.pk), f"the claims; the worker said: {log}")
        article.refresh_from_db()
        assert article.appearances.exists()
        assert "SecurityWarning" not in log.read_text()
    finally:
        with producer.connection_for_write() as last:
            last.default_channel.queue_delete(queue)
            if kind == "rabbitmq":
                last.default_channel.exchange_delete(queue)
            elif kind == "redis":
                names = (f"_kombu.binding.{queue}", f"_kombu.binding_permanent.{queue}")
                last.default_channel.client.delete(*names)
        producer.close()


def is_done(number: int) -> bool:
    return Article.objects.get(pk=number).work_state == "done"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_everything_runs_on_a_database_and_a_broker_of_ones_own(tmp_path: Path) -> None:
    reached(BROKERS["redis"]).close()
    site = Site(tmp_path / "state", DATABASE_URL=database_url(), CELERY_BROKER_URL=BROKERS["redis"]).start()
    try:
        assert site.answers()
        assert "DATABASE_URL" in site.screen
        assert User.objects.count() == 2
        assert not (site.state / "postgres").exists()
    finally:
        assert site.stop(signal.SIGTERM) == 0
    assert site.left_running() == []
