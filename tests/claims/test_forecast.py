"""The load to come: open re-checks by week and person."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from claims.forecast import forecast
from claims.models import Recheck, User
from tests.factories import NOW, days, make_claim, make_user

pytestmark = pytest.mark.django_db


def planned(due_at: datetime, assignee: User | None = None, **fields: Any) -> Recheck:
    shared = {"claim": make_claim(), "rule": "status", "why": "So.", "created_at": NOW}
    return Recheck.objects.create(due_at=due_at, assignee=assignee, **shared, **fields)


def test_it_counts_by_week_and_person() -> None:
    mira, noor = make_user(), make_user()
    planned(NOW - days(40), mira)
    planned(NOW + days(1), mira)
    planned(NOW + days(7), mira)
    planned(NOW + days(8), mira)
    planned(NOW + days(7), noor)
    planned(NOW + days(90))
    planned(NOW + days(91))
    planned(NOW + days(1), mira, closed_at=NOW, outcome="still_so")
    found = forecast(at=NOW)
    assert found.weeks[:2] == [date(2026, 3, 2), date(2026, 3, 9)]
    assert len(found.weeks) == 13
    assert [(load.person, load.due, load.total) for load in found.loads] == [
        (mira, 1, 4),
        (None, 0, 1),
        (noor, 0, 1),
    ]
    assert found.loads[0].by_week[:3] == [1, 2, 0]
    assert (found.all.due, found.all.by_week[:2], found.all.by_week[12]) == (1, [1, 3], 1)
    assert (found.later, found.most) == (1, 3)


def test_without_rechecks_it_is_empty() -> None:
    found = forecast(at=NOW)
    assert (found.loads, found.all.total, found.most) == ([], 0, 1)


def test_sunday_belongs_to_the_week_that_ends() -> None:
    planned(datetime(2026, 3, 8, 23, tzinfo=UTC))
    planned(datetime(2026, 3, 9, 0, tzinfo=UTC))
    assert forecast(at=NOW).all.by_week[:2] == [1, 1]
