"""The broker is emptied, cut off and replaced while people work: the sweeps do it all in the end."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlsplit

import psutil
import pytest

from tests.chaos.load import Client, Told, story
from tests.chaos.storm import keys_of
from tests.chaos.wire import Wire
from tests.operations.conftest import Site, wait_for
from tests.operations.test_brokers import BROKERS, reached

QUEUE = "recheck"
DEFAULT_PORTS = {"redis": 6379, "amqp": 5672}
numbers, chance = count(1_000), random.Random(4)


class Newsroom:
    """A running Recheck whose broker is at the other end of a wire."""

    def __init__(self, site: Site, url: str) -> None:
        self.site, self.told = site, Told()
        self.start(url)
        self.client = Client(f"http://127.0.0.1:{site.port}", keys_of(site)[0], self.told)

    def start(self, url: str) -> None:
        self.wire, self.url = wired(url)
        self.site.env["CELERY_BROKER_URL"] = self.url
        self.site.start()

    def replace_broker(self, url: str) -> None:
        self.site.stop(signal.SIGTERM)
        self.wire.cut()
        self.start(url)

    def empty_broker(self) -> None:
        """Once for all its messages, while nobody takes them."""
        app = reached(self.url)
        with app.connection_for_write() as connection:
            assert connection.default_channel.queue_purge(QUEUE)
        app.close()

    @contextmanager
    def workers_stopped(self) -> Iterator[None]:
        worker = psutil.Process(self.site.child("worker"))
        processes = [worker, *worker.children()]
        for process in processes:
            process.suspend()
        yield
        for process in processes:
            process.resume()

    def hand_in(self, number: int) -> None:
        """Each is answered, within the client's patience."""
        for _ in range(number):
            text = story(next(numbers), chance)
            made = self.client.ask("POST", "articles", {"text": text})
            assert made, self.told.answers
            self.told.articles[made["id"]] = text

    def all_done(self) -> None:
        ids = ", ".join(map(str, self.told.articles))
        done = f"claims_article WHERE work_state = 'done' AND id IN ({ids})"
        wait_for(lambda: self.site.count(done) == len(self.told.articles), "every article")


def wired(url: str) -> tuple[Wire, str]:
    """A wire to the broker at this address, and its address at our end."""
    parts = urlsplit(url)
    assert parts.hostname
    wire = Wire(parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])
    user, at, _ = parts.netloc.rpartition("@")
    return wire, parts._replace(netloc=f"{user}{at}127.0.0.1:{wire.port}").geturl()


@pytest.fixture
def newsroom(prepared: Site) -> Iterator[Newsroom]:
    for name in ("redis", "rabbitmq"):
        reached(BROKERS[name]).close()
    room = Newsroom(prepared, BROKERS["redis"])
    yield room
    room.client.http.close()
    if prepared.up is not None:
        prepared.stop(signal.SIGTERM)
    del prepared.env["CELERY_BROKER_URL"]
    room.wire.cut()


def test_a_broker_that_is_emptied_cut_off_and_replaced_loses_nothing(newsroom: Newsroom) -> None:
    with newsroom.workers_stopped():
        newsroom.hand_in(3)
        newsroom.empty_broker()
    newsroom.all_done()

    newsroom.wire.cut()
    newsroom.hand_in(3)
    newsroom.replace_broker(BROKERS["rabbitmq"])
    newsroom.all_done()

    newsroom.wire.cut()
    newsroom.hand_in(3)
    newsroom.wire.mend()
    newsroom.all_done()
