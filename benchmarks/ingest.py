"""How `manage.py ingest` fares: one core beside all, memory, cold start, first articles beside last ones.

    .venv/bin/python -m benchmarks.ingest [NUMBER]

NUMBER made-up articles (default 400) on one core, then as many others on all cores, in a database of their
own that is thrown away afterwards. Ratios of one run; other programs on the machine spoil them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from benchmarks.articles import articles
from config import embedded

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY = 0.5  # seconds
WARM = 0.1  # of the articles: before that the processes are starting
QUARTERS = 4


@dataclass(frozen=True)
class Look:
    """One moment: seconds, articles extracted, the memory of each process that extracts, in MB."""

    at: float
    done: int
    memory: list[float]


class Bench:
    """A Recheck in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, folder / "state"
        self.env = os.environ | {"RECHECK_STATE": str(self.state), "DEMO": "0"}
        self.env.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=self.env, check=True)
        embedded.use(self.state)
        entry = embedded.database(self.state)
        self.database = psycopg.connect(
            host=entry["HOST"], port=entry["PORT"], dbname=entry["NAME"], user=entry["USER"],
            password=entry["PASSWORD"], autocommit=True,
        )  # fmt: skip

    def done(self) -> int:
        found = self.database.execute(
            "SELECT count(*) FROM claims_article WHERE work_state = 'done'"
        ).fetchone()
        return int(found[0]) if found else 0

    def start(self, *argv: str, cores: set[int]) -> subprocess.Popen[bytes]:
        """Start a command on these cores."""
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, cores)
        try:
            return subprocess.Popen(
                [sys.executable, "manage.py", *argv], cwd=ROOT, env=self.env, stderr=subprocess.DEVNULL
            )
        finally:
            os.sched_setaffinity(0, before)

    def ingest(self, number: int, *, first: int, cores: set[int]) -> list[Look]:
        """Ingest so many articles on these cores, looking on."""
        path = self.folder / f"{first}.ndjson"
        lines = (
            json.dumps(vars(made) | {"published_on": str(made.published_on)})
            for made in articles(number, first=first)
        )
        path.write_text("\n".join(lines))
        before, began = self.done(), time.perf_counter()
        process, looks = self.start("ingest", str(path), cores=cores), []
        while process.poll() is None:
            time.sleep(LOOK_EVERY)
            looks.append(Look(time.perf_counter() - began, self.done() - before, memory_of(process.pid)))
        return [look for look in looks if look.memory]

    def cold_start(self) -> tuple[float, float]:
        """Seconds from the start of a process that extracts to its first article, and of the processor."""
        self.database.execute(
            "UPDATE claims_article SET work_state = 'queued' WHERE id = (SELECT min(id) FROM claims_article)"
        )
        before, began = self.done(), time.perf_counter()
        process = self.start("work_articles", cores=os.sched_getaffinity(0))
        while self.done() == before:
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        used = psutil.Process(process.pid).cpu_times()
        process.terminate()
        process.wait()
        return seconds, used.user + used.system


def memory_of(parent: int) -> list[float]:
    found = []
    for process in psutil.Process(parent).children():
        if "work_articles" in process.cmdline():
            found.append(process.memory_info().rss / 1e6)
    return found


def rate(looks: list[Look], number: int, begin: float, end: float) -> float:
    """Articles a second between these shares of the articles."""
    inside = [look for look in looks if begin * number <= look.done <= end * number]
    return (inside[-1].done - inside[0].done) / (inside[-1].at - inside[0].at)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    folder = Path(tempfile.mkdtemp(prefix="recheck-bench-"))
    bench = Bench(folder)
    cores = os.sched_getaffinity(0)
    try:
        one = bench.ingest(number, first=0, cores={min(cores)})
        both = bench.ingest(number, first=number, cores=cores)
        starts = sorted(bench.cold_start() for _ in range(3))
    finally:
        bench.database.close()
        embedded.leave(bench.state)
        shutil.rmtree(folder)
    single, several = rate(one, number, WARM, 1), rate(both, number, WARM, 1)
    print(f"{number} articles each, {len(cores)} cores")
    print(f"one core     {single:6.2f} articles/s")
    print(f"all cores    {several:6.2f} articles/s   {several / single:.2f} x one core")
    quarters = [rate(both, number, max(WARM, k / QUARTERS), (k + 1) / QUARTERS) for k in range(QUARTERS)]
    print("by quarters  " + " ".join(f"{quarter:6.2f}" for quarter in quarters))
    warm = next(look for look in one if look.done >= WARM * number)
    start, end = max(warm.memory), max(one[-1].memory)
    print(f"memory       {start:.0f} MB after {warm.done} articles, {end:.0f} MB at the end")
    print("cold start   {:.1f} s, {:.1f} s of it the processor's (median of 3)".format(*starts[1]))


if __name__ == "__main__":
    main()
