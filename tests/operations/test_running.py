"""Starting, killing parts of, stopping and starting again what `make run` runs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from tests.operations.conftest import Site, wait_for

TEXT = "The harbour bridge was closed on Monday. The city council will reopen it in May 2026.\n"


@pytest.fixture(scope="module")
def running(site: Site) -> Iterator[Site]:
    yield site.start()
    if site.up is not None:
        site.stop(signal.SIGTERM)


COUNT = "from claims.models import Article; print(Article.objects.filter(work_state='done').count())"
READY = "claims_article WHERE work_state = 'done'"


def test_the_screen_names_the_address_the_log_in_and_where_the_data_lies(running: Site) -> None:
    user, password = (running.state / "login.txt").read_text().split()[:2]
    for text in (f"http://localhost:{running.port}/", user, password, "Ctrl-C"):
        assert text in running.screen
    assert running.answers()


def test_the_log_in_is_for_its_owner_only(running: Site) -> None:
    for name in ("login.txt", "secret_key", "postgres.password"):
        assert (running.state / name).stat().st_mode & 0o077 == 0


def test_a_second_start_of_the_same_is_refused_in_one_line(running: Site) -> None:
    second = running.command("up")
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert "Traceback" not in second.stderr
    assert running.answers()


def test_another_start_on_the_same_port_is_refused_in_one_line(
    running: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Site(tmp_path_factory.mktemp("other") / "state")
    refused = other.command("up", PORT=str(running.port))
    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        f"recheck: Port {running.port} is taken by another program: PORT={running.port + 1} make run"
    )
    assert not other.left_running()


def test_a_killed_site_comes_back(running: Site) -> None:
    before = running.child("web")
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.child("web") not in (0, before) and running.answers(), "the site")
    assert "web ended (-9), starting it again" in running.screen


def test_a_killed_serving_process_comes_back(running: Site) -> None:
    (serving,) = psutil.Process(running.child("web")).children()
    serving.kill()
    serving.wait(10)  # Dead before the question, so that another one answers it.
    wait_for(running.answers, "the site")


def test_a_killed_worker_comes_back_and_works(running: Site) -> None:
    before = running.child("worker")
    pool = psutil.Process(before).children()
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.child("worker") not in (0, before), "another worker")
    wait_for(lambda: not any(process.is_running() for process in pool), "its processes to end")
    line = "from claims import intake; from claims.models import User; from django.utils import timezone; "
    line += "intake.add_article(by=User.objects.get(username='editor'), at=timezone.now(), "
    line += f"text={TEXT!r}, title='Bridge')"
    added = running.command("shell", "-v", "0", "-c", line)
    assert added.returncode == 0, added.stderr
    wait_for(lambda: running.count(READY) == 1, "the worker to take the article")


def test_a_killed_timer_comes_back(running: Site) -> None:
    before = running.child("beat")
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.child("beat") not in (0, before), "another timer")


def test_a_killed_database_comes_back_with_its_data(running: Site) -> None:
    before = running.postmaster()
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.postmaster() not in (0, before), "another database server")
    wait_for(lambda: running.count(READY) == 1, "the data")
    wait_for(running.answers, "the site")


def test_a_killed_keeper_of_the_database_comes_back(running: Site) -> None:
    before = running.keeper()
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.keeper() not in (0, 1, before), "another keeper")
    wait_for(running.answers, "the site")


def test_killing_what_was_started_takes_everything_along(running: Site) -> None:
    running.stop(signal.SIGKILL)
    wait_for(lambda: not running.left_running(), "everything to end")
    running.start()
    assert running.answers()


def test_stopping_leaves_nothing_running_and_keeps_the_data(running: Site) -> None:
    assert running.stop(signal.SIGTERM) == 0
    assert running.left_running() == []
    listed = running.command("shell", "-v", "0", "-c", COUNT)  # it starts the database for itself
    assert listed.stdout.strip() == "1", listed.stderr
    assert running.left_running() == []
    running.start()
    assert running.answers()


def test_ctrl_c_leaves_nothing_running_either(running: Site) -> None:
    assert running.stop(signal.SIGINT) == 0
    assert running.left_running() == []
    assert not running.answers()
