"""When the timer sends its wake-ups: at once at its start, then by a clock that nobody sets.

Celery's own goes by the time of day: an hour set back, and nothing would be swept for an hour. All that
Recheck schedules is "every so many seconds", so there is nothing to remember over a restart either.
"""

import time
from typing import Any

from celery import beat


class Scheduler(beat.Scheduler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.next: dict[str, float] = {}
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        self.merge_inplace(self.app.conf.beat_schedule)

    def tick(self, *_args: Any, **_kwargs: Any) -> float:
        """Send what is due. Returns the seconds until something is."""
        now = time.monotonic()
        for name, entry in self.app.conf.beat_schedule.items():
            if self.next.get(name, now) <= now:
                # Over a connection of the pool: one of its own, once broken, would stay so.
                self.apply_entry(self.schedule[name])
                self.next[name] = now + entry["schedule"]
        return max(0.0, min(self.next.values()) - time.monotonic())
