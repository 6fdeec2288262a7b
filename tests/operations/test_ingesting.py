"""Many articles at once, with every process killed in the middle: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import psutil
import pytest

from config import embedded
from tests.operations.conftest import PATIENCE, ROOT, Site, wait_for

NUMBER = 40
READY = "claims_article WHERE work_state = 'done'"


@pytest.fixture(scope="module")
def started(site: Site) -> Iterator[Site]:
    (site.state.parent / "news.ndjson").write_text("".join(story(n) + "\n" for n in range(NUMBER)))
    prepared = site.command("prepare")
    assert prepared.returncode == 0, prepared.stderr
    embedded.use(site.state)  # or the database would end with its last user, before it has been asked
    yield site
    embedded.leave(site.state)


def story(n: int) -> str:
    paragraph = f"The ferry number {n} sank near Norvik on Monday. Its owner paid {n}00 euros to the port."
    return json.dumps({"text": "\n\n".join(f"{paragraph} It was the {k}th ferry lost." for k in range(12))})


Ingest = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def ingest(started: Site) -> Iterator[Ingest]:
    begun: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        argv = [sys.executable, "manage.py", "ingest", str(started.state.parent / "news.ndjson")]
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        begun.append(subprocess.Popen(argv, cwd=ROOT, env=started.env, **out))
        return begun[-1]

    yield begin
    for process in begun:
        with process:
            process.kill()


def ready(site: Site, number: int) -> None:
    wait_for(lambda: site.count(READY) >= number, f"{number} articles")


def extracting(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return [p for p in psutil.Process(process.pid).children() if "work_articles" in p.cmdline()]


def test_it_outlasts_kill_9_of_any_process_and_does_nothing_twice(started: Site, ingest: Ingest) -> None:
    process = ingest()
    ready(started, 3)
    extracting(process)[0].kill()
    ready(started, 8)
    psutil.Process(started.postmaster()).kill()
    ready(started, 12)
    workers = extracting(process)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(worker.is_running() for worker in workers), "the workers to end")
    assert started.count(READY) < NUMBER

    process = ingest()
    ready(started, 20)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "The same command goes on from here" in said) == (130, True), said

    process = ingest()
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert f"{NUMBER} of {NUMBER} articles are in" in said
    assert (started.count("claims_article"), started.count(READY)) == (NUMBER, NUMBER)
    # Every claim was stored once: none has been taken away again, no article makes one twice.
    stored = "(SELECT DISTINCT article_id, start, wording FROM claims_appearance) AS once"
    assert started.count("claims_appearance") == started.count(stored) > NUMBER
    assert started.count("claims_appearanceevent") == started.count("claims_appearance")
