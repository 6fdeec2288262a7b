"""Kills parts of a running Recheck at random moments while people work with it, then counts.

.venv/bin/python -m tests.chaos.storm [ROUNDS] [SEED]
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psutil

from tests.chaos import checks
from tests.chaos.load import Load, Told
from tests.chaos.sink import Sink
from tests.operations.conftest import Site, wait_for

BETWEEN = (0.5, 8.0)  # seconds between two kills
RECOVERY = 150.0  # seconds for all that is undone to be done, once nothing is killed any more
BEFORE = 12  # verdicts, when the storm begins
VICTIMS = ("web", "worker", "beat", "PostgreSQL")


@dataclass
class Storm:
    """What happened in the rounds, and the faults found after them: there should be none."""

    seed: int
    told: Told
    killed: Counter[str] = field(default_factory=Counter)
    recovery: float = 0.0  # seconds
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"seed {self.seed}; killed: {listed(self.killed)}",
            f"told as done: {self.told.accepted} ({len(self.told.articles)} articles,"
            f" {len(self.told.proposals)} verdicts submitted, {len(self.told.verdicts)} published,"
            f" {len(self.told.moved)} re-checks moved, {len(self.told.closed)} looked at)",
            f"answers to writes: {listed(self.told.answers)}",
            f"all done {self.recovery:.0f} s after the last kill: {listed(self.counts)}",
            f"faults: {len(self.faults)}",
            *self.faults[:50],
        ]
        return "\n".join(lines)


def listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))


@contextmanager
def prepare(folder: Path) -> Iterator[Site]:
    """A Recheck with a database and people, of which nothing runs; stopped and removed at the end."""
    site = Site(folder / "state", SITE_URL="http://localhost")
    try:
        made = site.command("prepare")
        assert made.returncode == 0, made.stderr
        yield site
    finally:
        if site.up is not None:
            site.stop(signal.SIGTERM)
        # Where root runs it, it may lie elsewhere.
        shutil.rmtree((site.state / "postgres").resolve(), ignore_errors=True)


def rage(site: Site, *, rounds: int, seed: int) -> Storm:
    """Start a prepared Recheck, and kill one part of it in each round. It is left running."""
    chance = random.Random(seed)
    sink = Sink(delay=lambda: chance.uniform(0, 0.6))
    site.env["EMAIL_URL"] = sink.url
    site.start()
    address = f"http://127.0.0.1:{site.port}"
    load = Load(address, *keys_of(site), seed=seed, writers=1, pairs=2)
    storm = Storm(seed, load.told)
    load.start()
    try:
        wait_for(lambda: len(load.told.verdicts) >= BEFORE, "the first verdicts")
        for _ in range(rounds):
            storm.killed[kill(site, chance)] += 1
            time.sleep(chance.uniform(*BETWEEN))
    finally:
        load.stop()
    began = time.monotonic()
    while (left := checks.undone(site)) and time.monotonic() - began < RECOVERY:
        time.sleep(0.5)
    storm.recovery = time.monotonic() - began
    storm.faults += [f"still undone: {what}" for what in left]
    storm.faults += checks.faults(site, load.told, sink)
    storm.counts = {
        "verdicts": site.count("claims_verdict"),
        "inbox reminders": site.count("claims_reminder WHERE channel = 'inbox'"),
        "mails to send": site.count("claims_reminder WHERE channel = 'email'"),
        "mails that came": len(sink.mails),
        "of them again": sink.count - len(sink.mails),
    }
    sink.close()
    return storm


@cache
def keys_of(site: Site) -> tuple[str, str]:
    """API keys of the reviewer and of the editor."""
    return (
        site.command("create_api_key", "--owner", "reviewer", "--scopes", "read,write").stdout.strip(),
        site.command("create_api_key", "--owner", "editor", "--scopes", "read,write,publish").stdout.strip(),
    )


def kill(site: Site, chance: random.Random) -> str:
    """Kill -9 of one process, at random; returns which part of Recheck it was."""
    while True:
        part = chance.choice(VICTIMS)
        parent = site.postmaster() if part == "PostgreSQL" else site.child(part)
        processes = list(family(parent))
        if part == "PostgreSQL":
            processes += [psutil.Process(keeper)] if (keeper := site.keeper()) > 1 else []
        # The first is the part's own process, which counts as much as all others together.
        if processes:
            chosen = processes[0] if chance.random() < 0.5 else chance.choice(processes)
            try:
                os.kill(chosen.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return part
        time.sleep(0.1)


def family(pid: int) -> Iterator[psutil.Process]:
    try:
        process = psutil.Process(pid)
        yield process
        yield from process.children()
    except (psutil.NoSuchProcess, ValueError):
        return


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"{rounds} rounds, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="recheck-chaos-") as folder, prepare(Path(folder)) as site:
        storm = rage(site, rounds=rounds, seed=seed)
    print(storm)
    sys.exit(bool(storm.faults))


if __name__ == "__main__":
    main()
