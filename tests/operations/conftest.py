"""A whole Recheck in a folder of its own, run as a person would run it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
import pytest
from django.db import connection

from config import embedded

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0  # seconds; nothing here takes long unless it is broken


def wait_for(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} s in vain: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Site:
    """One state folder and port, and what runs from them."""

    def __init__(self, state: Path, **env: str) -> None:
        self.state = state
        self.port = free_port()
        self.env = {name: value for name, value in os.environ.items() if name not in CLEARED}
        self.env |= {"RECHECK_STATE": str(state), "PORT": str(self.port), "DEMO": "0"} | env
        self.up: subprocess.Popen[str] | None = None

    def command(self, *argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *argv],
            cwd=ROOT,
            env=self.env | env,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def start(self) -> Site:
        argv = [sys.executable, "-m", "config.up"]
        with open(self.state.parent / "screen.txt", "w") as out:
            up = subprocess.Popen(argv, cwd=ROOT, env=self.env, stdout=out, stderr=out, text=True)
        self.up = up
        wait_for(lambda: "Recheck is running" in self.screen or up.poll() is not None, "the screen")
        assert up.poll() is None, self.screen
        return self

    def stop(self, signal: int) -> int:
        assert self.up is not None
        self.up.send_signal(signal)
        code = self.up.wait(PATIENCE)
        self.up = None
        return code

    @property
    def screen(self) -> str:
        return (self.state.parent / "screen.txt").read_text()

    def child(self, name: str) -> int:
        """The process now doing this part: web, worker, beat. 0: none just now."""
        return int(json.loads((self.state / "up.json").read_text()).get(name, [0])[0])

    def postmaster(self) -> int:
        try:
            return int((self.state / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        except FileNotFoundError:
            return 0

    def keeper(self) -> int:
        """The process that keeps the database running. 0: none just now."""
        try:
            return psutil.Process(self.postmaster()).ppid()
        except psutil.NoSuchProcess:
            return 0

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What the running database answers. psycopg.OperationalError where none runs."""
        entry = embedded.database(self.state)
        address = {"host": entry["HOST"], "port": entry["PORT"], "dbname": entry["NAME"]}
        with psycopg.connect(**address, user=entry["USER"], password=entry["PASSWORD"]) as connection:
            return connection.execute(query).fetchall()

    def count(self, rows: str) -> int:
        """How many rows there are in the running database: `claims_article WHERE …`. -1: none runs."""
        try:
            return int(self.ask(f"SELECT count(*) FROM {rows}")[0][0])
        except psycopg.OperationalError:
            return -1

    def answers(self) -> bool:
        """Whether a page comes for which the database must be asked: whose session is this?"""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/", headers={"Cookie": "sessionid=none"})
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def left_running(self) -> list[str]:
        """Every process that has this state folder in its environment or command line."""
        found = []
        for process in psutil.process_iter():
            try:
                line = " ".join(process.cmdline())
                mine = process.environ().get("RECHECK_STATE") == str(self.state) or str(self.state) in line
            except psutil.Error:
                continue
            if mine and process.status() != psutil.STATUS_ZOMBIE:
                found.append(line)
        return found


def database_url() -> str:
    """The test database's address, for another process."""
    entry = connection.settings_dict
    host = entry["OPTIONS"].get("host") or entry["HOST"]
    user = f"{quote(entry['USER'])}:{quote(entry['PASSWORD'], safe='')}"
    return f"postgres://{user}@/{entry['NAME']}?host={quote(host, safe='')}&port={entry['PORT'] or 5432}"


# What would lead a child process to another database, broker or way of running.
CLEARED = {"DATABASE_URL", "CELERY_BROKER_URL", "PYTEST_CURRENT_TEST", "SITE_URL", "HOST"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Not yet started. Its path has spaces and is longer than a socket's path may be."""
    long = tmp_path_factory.mktemp("operations") / "a long name with spaces" / " ".join(["folder"] * 14)
    long.mkdir(parents=True)
    site = Site(long / "state")
    yield site
    if site.up is not None:
        site.up.kill()
        site.up.wait()
    wait_for(lambda: not site.left_running(), "everything to have ended")
    # Where the tests run as root it may lie elsewhere.
    shutil.rmtree((site.state / "postgres").resolve(), ignore_errors=True)
