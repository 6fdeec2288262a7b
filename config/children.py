"""Processes that `manage.py up` starts, watches, starts again and stops."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.keeper import alive, end_with_parent, wait_until

LOG_KEPT = 5_000_000  # bytes; a longer log is put aside at the next start
STOP_WITHIN = 8.0  # seconds, then by force; every task can be done again
QUICK = 10.0  # seconds; who ends sooner waits longer before the next try
LONGEST_WAIT = 30.0  # seconds


@dataclass
class Child:
    """One process in a group of its own, its output in one log file."""

    name: str
    argv: list[str]
    log: Path
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    next_try: float = field(default=0.0)

    def start(self) -> None:
        put_aside(self.log)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own command line
                self.argv,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGKILL),
            )
        self.started = time.monotonic()

    def look(self) -> str:
        """Starts the process again where it has ended; says so in a line, else says nothing."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_try:
                self.start()
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        self.signal(signal.SIGKILL)  # what is left of its group
        self.process = None
        self.failures = self.failures + 1 if now - self.started < QUICK else 0
        wait = min(LONGEST_WAIT, 0.5 * 2**self.failures)
        self.next_try = now + wait
        return f"{self.name} ended ({code}), starting it again in {wait:.0f} s; its log: {self.log}"

    def signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


def stop(children: list[Child]) -> None:
    """Asks all to end, then makes them."""
    for child in children:
        if child.process is not None:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
    wait_until(lambda: all(child.ended() for child in children), STOP_WITHIN)
    for child in children:
        child.signal(signal.SIGKILL)
    wait_until(lambda: all(child.ended() for child in children), 5)


def remember(children: list[Child], file: Path) -> None:
    """Writes down who runs, for a next start after this process was killed."""
    running = {
        child.name: [child.process.pid, started_at(child.process.pid)] for child in children if child.process
    }
    half = file.with_suffix(".new")
    half.write_text(json.dumps(running))
    half.replace(file)


def stop_leftovers(file: Path) -> list[str]:
    """Ends what a killed `up` left running; returns the names. Another's process is never touched."""
    try:
        noted = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return []
    found = [(name, pid) for name, (pid, when) in noted.items() if when and started_at(pid) == when]
    for _, pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for _, pid in found), 5)
    file.unlink(missing_ok=True)
    return [name for name, _ in found]


def started_at(pid: int) -> str:
    """When the process with this number started: together they name one process. Empty: there is none."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    listed = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603, S607
    return listed.stdout.strip()


def put_aside(log: Path) -> None:
    log.parent.mkdir(exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_KEPT:
            log.replace(log.with_suffix(".old.log"))
