"""Commands of manage.py where nothing runs: the database comes for them and goes after them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.recorder import MigrationRecorder

from config import prepared
from config.children import started_at, stop_leftovers
from tests.operations.conftest import ROOT, Site

COUNT = (
    "shell",
    "-v",
    "0",
    "-c",
    "from django.db import connection as c; print(c.cursor().connection.info.backend_pid)",
)


def test_several_commands_at_once_share_one_server_which_goes_with_the_last(site: Site) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: site.command(*COUNT), range(4)))
    assert [result.stderr for result in results] == [""] * 4
    assert len({result.stdout for result in results}) == 4
    assert (site.state / "log" / "postgres.log").read_text().count("starting PostgreSQL") <= 4
    assert site.left_running() == []


def test_a_pid_file_that_names_somebody_elses_process_is_no_obstacle(site: Site) -> None:
    site.command(*COUNT)
    data = site.state / "postgres" / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n/tmp\n\n0 0\nready   \n")
    assert site.command(*COUNT).returncode == 0


@pytest.mark.parametrize("argv", [("--help",), ("extract", "--help"), ("check",)])
def test_what_needs_no_database_starts_none(argv: tuple[str, ...], tmp_path: Path) -> None:
    site = Site(tmp_path / "state")
    done = site.command(*argv)
    assert done.returncode == 0, done.stderr
    assert not (site.state / "postgres").exists()


def test_a_state_folder_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    site = Site(tmp_path / "file" / "state")
    refused = site.command("up")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"recheck: Cannot write to {site.state.parent}")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "many", "PORT='many': give a whole number"),
        ("CELERY_BROKER_URL", "kafka://here", "CELERY_BROKER_URL='kafka://here': give redis://"),
        ("DATABASE_URL", "sqlite:///file", "DATABASE_URL: give a PostgreSQL address"),
        ("LLM_URL", "https://models.example/v1?key=secret", "LLM_URL: give an address such as http"),
        ("LLM_URL", "http://localhost:99999/v1", "LLM_URL: give an address such as http"),
        ("LLM_URL", "http://localhost:1/v1", "LLM_MODEL: name the model"),
        ("LLM_KEY", "secret\nX-Other: header", "LLM_KEY: give a key of plain characters"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_line(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    refused = Site(tmp_path / "state").command("up", **{name: value})
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "secret" not in refused.stderr


def test_a_database_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    refused = Site(tmp_path / "state").command("up", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert refused.returncode == 1
    assert "The database does not answer: connection failed" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_too_old_a_python_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("bin/install", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    env = os.environ | {"PYTHON": str(old)}
    refused = subprocess.run(
        ["sh", "bin/install", "run"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "Python 3.11 or newer is needed" in refused.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_process_left_by_a_killed_start_is_ended_but_never_anothers(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours, anothers = (subprocess.Popen(argv, start_new_session=True) for _ in range(2))
    noted = tmp_path / "up.json"
    noted.write_text(f'{{"web": [{ours.pid}, "{started_at(ours.pid)}"], "beat": [{anothers.pid}, "1"]}}')
    assert stop_leftovers(noted) == ["web"]
    assert ours.wait(10) == -9
    assert anothers.poll() is None
    anothers.kill()
    anothers.wait()


@pytest.mark.django_db
def test_a_database_with_fewer_migrations_than_noted_is_prepared_again(tmp_path: Path, settings: Any) -> None:
    settings.STATE_DIR = tmp_path
    assert not prepared.is_noted()
    prepared.note()
    assert prepared.is_noted()
    MigrationRecorder.Migration.objects.latest("pk").delete()
    assert not prepared.is_noted()
