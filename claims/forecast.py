"""The load to come: how many re-checks fall due, by week and person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from claims.models import Recheck, User
from claims.policy import morning

WEEKS = 13


@dataclass(frozen=True)
class Load:
    """One person's open re-checks (None: nobody's): due by now, and in each week still to come."""

    person: User | None
    due: int
    by_week: list[int]

    @property
    def total(self) -> int:
        return self.due + sum(self.by_week)


@dataclass(frozen=True)
class Forecast:
    """`weeks` are Mondays, this week's first; `loads` the heaviest first; `later` is what comes after."""

    weeks: list[date]
    loads: list[Load]
    all: Load
    later: int

    @property
    def most(self) -> int:
        """The largest number in the table, for the length of its bars; at least 1."""
        return max([1, self.all.due, *self.all.by_week])


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def forecast(*, at: datetime, weeks: int = WEEKS) -> Forecast:
    """Open re-checks as they are planned now; what a look will bring on is not foreseen."""
    mondays = [week_of(timezone.localdate(at)) + timedelta(weeks=number) for number in range(weeks)]
    end = morning(mondays[-1] + timedelta(weeks=1)).replace(hour=0)
    still_open = Recheck.objects.open()
    due: dict[int | None, int] = dict(
        still_open.filter(due_at__lte=at).order_by().values_list("assignee").annotate(n=Count("pk"))
    )
    by_week: dict[int | None, dict[date, int]] = defaultdict(dict)
    ahead = still_open.filter(due_at__gt=at, due_at__lt=end).annotate(week=TruncWeek("due_at")).order_by()
    for person, week, number in ahead.values_list("assignee", "week").annotate(n=Count("pk")):
        by_week[person][timezone.localdate(week)] = number
    everybody = User.objects.in_bulk({person for person in {*due, *by_week} if person is not None})
    loads = [
        Load(
            everybody.get(person) if person is not None else None,
            due.get(person, 0),
            [by_week[person].get(monday, 0) for monday in mondays],
        )
        for person in {*due, *by_week}
    ]
    loads.sort(key=lambda load: (-load.total, str(load.person or "")))
    total = Load(
        None,
        sum(load.due for load in loads),
        [sum(column) for column in zip(*(load.by_week for load in loads), strict=True)] or [0] * weeks,
    )
    return Forecast(mondays, loads, total, still_open.filter(due_at__gte=end).count())
