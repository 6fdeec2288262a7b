"""Keeps the embedded PostgreSQL running for as long as somebody uses it, then stops it.

Run as a script by `config.embedded`, with one argument, the JSON of its `keeper_orders`. Every
process that uses the server holds a shared lock on one file; the system drops the lock when the
process ends, however it ends. Once this process gets the lock for itself, nobody is left.

Standard library only, and nothing of Recheck's: it starts in a few hundredths of a second.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

LOOK_EVERY = 0.1  # seconds
START_WITHIN = 60.0  # seconds; recovery after a crash included
STOP_WITHIN = 20.0  # seconds, then without a last checkpoint
TRIES_AT_START = 8  # a predecessor's processes may need a moment to go
# Looked up once: a freshly forked child had better not load libraries.
PRCTL = ctypes.CDLL(None).prctl if sys.platform.startswith("linux") else None


@dataclass(frozen=True)
class Orders:
    argv: list[str]
    data: str
    sockets: str
    users_lock: str
    keeper_lock: str
    uid: int | None
    gid: int | None


stop_asked = False


def main() -> int:
    orders = Orders(**json.loads(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, ask_to_stop)
    with open(orders.keeper_lock, "a") as mine, open(orders.users_lock, "a") as users:
        # Somebody who looks whether a keeper is there holds the lock for an instant.
        if not wait_until(lambda: locked(mine.fileno(), fcntl.LOCK_EX), 5):
            say("another keeper is at work")
            return 1
        stop_leftover(Path(orders.data))
        server = start(orders)
        if server is None:
            return 1
        print("ready", flush=True)  # noqa: T201  # what the starting process waits for
        sys.stdout.close()
        keep(orders, server, users.fileno())
        with contextlib.suppress(OSError):
            os.rmdir(orders.sockets)
    return 0


def keep(orders: Orders, server: subprocess.Popen[bytes], users: int) -> None:
    while not stop_asked and not locked(users, fcntl.LOCK_EX):
        if server.poll() is not None:
            say(f"PostgreSQL ended with {server.returncode}: starting it again")
            server = start(orders) or server
        time.sleep(LOOK_EVERY)
    stop(server)


def start(orders: Orders) -> subprocess.Popen[bytes] | None:
    for _ in range(TRIES_AT_START):
        open_sockets(orders)
        server = subprocess.Popen(  # noqa: S603  # our own command line
            orders.argv,
            user=orders.uid,
            group=orders.gid,
            extra_groups=None if orders.uid is None else [],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGINT),
        )
        if became_ready(orders, server):
            return server
        stop(server)
        time.sleep(0.5)
    say("PostgreSQL did not start")
    return None


def open_sockets(orders: Orders) -> None:
    """The folder of the socket, which a cleaner of temporary files may have taken away."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(orders.sockets, 0o700)
        if orders.uid is not None and orders.gid is not None:
            os.chown(orders.sockets, orders.uid, orders.gid)


def became_ready(orders: Orders, server: subprocess.Popen[bytes]) -> bool:
    def ready() -> bool:
        lines = postmaster_file(Path(orders.data))
        return len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready"

    wait_until(lambda: server.poll() is not None or ready(), START_WITHIN)
    return server.poll() is None and ready()


def postmaster_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def stop_leftover(data: Path) -> None:
    """Stops a server whose keeper was killed; removes a pid file that names a process not ours."""
    lines = postmaster_file(data)
    if not lines or not lines[0].isdecimal() or not alive(pid := int(lines[0])):
        return
    if str(data) not in command_of(pid):
        (data / "postmaster.pid").unlink(missing_ok=True)
        return
    for number, seconds in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_until(lambda: not alive(pid), seconds):
            return


def stop(server: subprocess.Popen[bytes]) -> None:
    for number, seconds in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if server.poll() is None:
            server.send_signal(number)
        if wait_until(lambda: server.poll() is not None, seconds):
            return


def end_with_parent(number: int) -> Callable[[], None]:
    """For `preexec_fn`: the child gets this signal when the process that starts it ends."""
    parent = os.getpid()

    def ask() -> None:
        follow_parent(number)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)

    return ask


def follow_parent(number: int) -> None:
    """This process gets the signal when its parent ends. Linux only; elsewhere it does nothing."""
    if PRCTL is not None:
        PRCTL(1, number)  # PR_SET_PDEATHSIG


def command_of(pid: int) -> str:
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.exists():
        return proc.read_text(errors="replace")
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603, S607
    return listed.stdout


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def locked(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < end:
        time.sleep(0.02)
    return done


def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    global stop_asked
    stop_asked = True


def say(line: str) -> None:
    print(f"keeper: {line}", file=sys.stderr, flush=True)  # noqa: T201  # its stderr is the log file


if __name__ == "__main__":
    sys.exit(main())
