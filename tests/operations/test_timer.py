"""The timer goes by a clock that nobody sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from config import timer
from config.celery import app

HOUR = 3600.0


class Clocks:
    """The time of day, and the seconds that have really gone by."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall, self.seconds = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 1_000.0
        monkeypatch.setattr(timer, "time", SimpleNamespace(monotonic=lambda: self.seconds))
        monkeypatch.setattr(app, "now", lambda: self.wall)

    def go_on(self, seconds: float) -> None:
        self.wall, self.seconds = self.wall + timedelta(seconds=seconds), self.seconds + seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


@pytest.fixture
def sent(clocks: Clocks, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(
        timer.Scheduler, "apply_entry", lambda self, entry, producer=None: names.append(entry.name)
    )
    return names


def test_it_is_the_one_in_use() -> None:
    assert app.conf.beat_scheduler == "config.timer:Scheduler"


def test_all_is_swept_at_once_after_a_start_then_each_in_its_time(clocks: Clocks, sent: list[str]) -> None:
    scheduler = timer.Scheduler(app)
    wait = scheduler.tick()
    assert sorted(sent) == sorted(app.conf.beat_schedule)
    assert wait == min(entry["schedule"] for entry in app.conf.beat_schedule.values())
    clocks.go_on(wait / 2)
    scheduler.tick()
    assert len(sent) == len(app.conf.beat_schedule)
    clocks.go_on(wait / 2)
    scheduler.tick()
    assert sent.count("sweep-articles") == 2


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_a_clock_that_is_set_back_or_forward_changes_nothing(
    jump: float, clocks: Clocks, sent: list[str]
) -> None:
    scheduler = timer.Scheduler(app)
    for _ in range(3):
        scheduler.tick()
        clocks.go_on(60)
        clocks.wall += timedelta(seconds=jump)
    assert {sent.count(name) for name in app.conf.beat_schedule} == {3}
