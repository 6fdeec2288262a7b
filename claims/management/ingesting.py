"""Adding many articles while as many processes as there are cores extract their claims.

All that has to outlast a kill is in the database: the same command once more goes on from there.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from types import FrameType

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from claims import bulk
from claims.errors import Refused
from claims.models import Article
from config.children import Child, stop

POLL = 1.0  # seconds between two looks at the database
AT_ONCE = 50  # articles added between two looks
LINE_EVERY = 10.0  # seconds between two lines where no terminal shows the progress
WITHOUT_DATABASE = 60  # seconds for it to come back

Add = Callable[[bulk.Entry], tuple[Article, bool]]

# The database may be restarted meanwhile.
_steadily = retry(
    retry=retry_if_exception_type((OperationalError, InterfaceError)),
    stop=stop_after_delay(WITHOUT_DATABASE),
    wait=wait_fixed(1),
    before_sleep=lambda _: connection.close(),
    reraise=True,
)


@dataclass
class Tally:
    """How far it is; `waiting` has the ids of articles not yet extracted, and where each was found."""

    total: int
    began: float = field(default_factory=time.monotonic)
    done: int = 0
    known: int = 0  # of those done: ready before
    waiting: dict[int, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rate = (self.done - self.known) / max(time.monotonic() - self.began, 0.001)
        left = self.total - self.done - len(self.faults)
        minutes, seconds = divmod(round(left / rate), 60) if rate else (0, 0)
        time_left = f"{minutes}:{seconds:02} left" if rate else "time left not known yet"
        return (
            f"{self.done:,} of {self.total:,} done, {len(self.faults):,} failed,"
            f" {rate:.1f} a second, {time_left}"
        )


def ingest(entries: Iterator[bulk.Entry], total: int, add: Add) -> Tally:
    """Add all entries and wait until their claims are extracted.

    The tally returned has a line for each that failed. KeyboardInterrupt leaves the rest to the next run.
    """
    tally, children = Tally(total), workers(total)
    with _interruptible(), _shown(tally) as show:
        try:
            while not _step(entries, tally, add):
                for child in children if tally.waiting else ():
                    show(child.look())
                show("")
        finally:
            stop(children)
            show("")
    return tally


def workers(total: int) -> list[Child]:
    """The processes that extract, not yet started."""
    # Each has a core for itself: threads of the numerical libraries would only get in each other's way.
    env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_articles"]
    logs = settings.STATE_DIR / "log"
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    numbers = range(1, min(cores, total) + 1)
    return [Child(f"extraction {n}", argv, logs / f"ingest-{n}.log", env) for n in numbers]


def _step(entries: Iterator[bulk.Entry], tally: Tally, add: Add) -> bool:
    """Add some and look what has become of the others. Returns whether all is done."""
    some = list(islice(entries, AT_ONCE))
    for entry in some:
        _take_in(entry, tally, partial(_steadily(add), entry))
    _steadily(_look)(tally)
    if not some and tally.waiting:
        time.sleep(POLL)
    return not some and not tally.waiting


def _take_in(entry: bulk.Entry, tally: Tally, add: Callable[[], tuple[Article, bool]]) -> None:
    try:
        article, _ = add()
    except Refused as refused:
        tally.faults.append(f"{entry}: {refused.field or 'file'}: {refused.message}")
    except OSError as error:
        tally.faults.append(f"{entry}: file: {error.strerror}")
    else:
        if article.state == "ready":
            tally.done, tally.known = tally.done + 1, tally.known + 1
        else:
            tally.waiting.setdefault(article.pk, []).append(str(entry))


def _look(tally: Tally) -> None:
    at_work = [Article.State.QUEUED, Article.State.RUNNING]
    # One that has failed and is to be tried again later is not waited for.
    rows = Article.objects.filter(work_state__in=at_work, not_before__lte=timezone.now())
    ended = tally.waiting.keys() - set(rows.values_list("pk", flat=True))
    for pk, failure in Article.objects.filter(pk__in=ended).values_list("pk", "failure"):
        places = tally.waiting.pop(pk)
        if failure:
            tally.faults += [f"{place}: article {pk}: {failure}" for place in places]
        else:
            tally.done += len(places)
    for pk in ended & tally.waiting.keys():
        tally.faults += [f"{place}: article {pk} has been deleted" for place in tally.waiting.pop(pk)]


@contextmanager
def _shown(tally: Tally) -> Iterator[Callable[[str], None]]:
    """Shows the tally whenever the function is called: a bar, or now and then a line; and what it is told."""
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        yield partial(_line, console, tally, [time.monotonic()])
        return
    with Progress(BarColumn(), TextColumn("{task.description}"), console=console) as progress:
        task = progress.add_task(str(tally), total=tally.total)

        def show(news: str) -> None:
            if news:
                console.print(news)
            progress.update(task, completed=tally.done + len(tally.faults), description=str(tally))

        yield show


def _line(console: Console, tally: Tally, last: list[float], news: str) -> None:
    if news:
        console.print(news)
    if time.monotonic() - last[0] >= LINE_EVERY:
        last[0] = time.monotonic()
        console.print(str(tally))


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
