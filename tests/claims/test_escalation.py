"""A re-check that nobody looks at is told to ever more people: its owner, the desk, the administrators."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from claims import notifications, policy_change, reminders
from claims.errors import Invalid
from claims.models import Recheck, Reminder, User
from claims.policy import Terms, in_force, terms
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
DUE = NOW + days(14)


@pytest.fixture
def rita() -> User:
    return make_user(username="rita", email="")


@pytest.fixture
def recheck(rita: User) -> Recheck:
    """Rita's, due at DUE; Edith is the editor and Ada administers."""
    editor = make_user("editor", username="edith", email="")
    make_user("administrator", username="ada", email="")
    claim = make_claim()
    publish(claim, by=rita, approved_by=editor)
    claim.rechecks.update(due_at=DUE)
    return claim.rechecks.get()


def told(at: datetime, stage: Reminder.Stage) -> set[str]:
    """Who got a reminder of this stage in the inbox, after the sweep at this moment."""
    while reminders.remind_due(at=at):
        pass
    found = Reminder.objects.filter(channel="inbox", stage=stage)
    return set(found.values_list("person__username", flat=True))


def test_owner_then_desk_then_administrators(recheck: Recheck) -> None:
    assert told(DUE, Reminder.Stage.DUE) == {"rita"}
    assert told(DUE + days(2.9), Reminder.Stage.OVERDUE) == set()
    assert told(DUE + days(3), Reminder.Stage.OVERDUE) == {"rita", "edith"}
    assert told(DUE + days(29), Reminder.Stage.STALE) == set()
    assert told(DUE + days(30), Reminder.Stage.STALE) == {"rita", "edith", "ada"}
    assert Reminder.objects.count() == 6


def test_a_sweep_that_comes_late_tells_the_stage_of_now_only(recheck: Recheck) -> None:
    assert told(DUE + days(400), Reminder.Stage.STALE) == {"rita", "edith", "ada"}
    assert Reminder.objects.count() == 3


def test_who_wants_to_is_the_desk_in_the_place_of_the_editors(recheck: Recheck) -> None:
    dora = make_user(username="dora", email="")
    notifications.change(person=dora, wishes={"desk": True}, by=dora, at=NOW)
    assert told(DUE + days(3), Reminder.Stage.OVERDUE) == {"rita", "dora"}


def test_who_left_is_told_nothing_and_the_desk_is(recheck: Recheck, rita: User) -> None:
    rita.is_active = False
    rita.save()
    assert told(DUE, Reminder.Stage.DUE) == {"edith"}


def test_the_policy_says_how_long_each_stage_lasts(recheck: Recheck) -> None:
    policy_change.adopt(
        rules=in_force(),
        terms=Terms(overdue_after=1, stale_after=2, snooze_days=5, snooze_times=1, acknowledge_days=2),
        follows=1,
        reason="Faster.",
        apply_to_open=False,
        by=User.objects.get(username="edith"),
        at=NOW,
    )
    assert told(DUE + days(1), Reminder.Stage.OVERDUE) == {"rita", "edith"}
    assert told(DUE + days(2), Reminder.Stage.STALE) == {"rita", "edith", "ada"}
    assert Recheck.objects.with_freshness(at=DUE + days(1.5)).get().freshness == "overdue"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"overdue_after": 0}, "overdue"),
        ({"overdue_after": 30}, "stale"),
        ({"stale_after": 4000}, "stale"),
        ({"snooze_days": 0}, "snooze"),
        ({"snooze_times": 100}, "snooze"),
        ({"acknowledge_days": 0}, "acknowledge"),
    ],
)
def test_terms_that_cannot_stand_are_refused_by_name(changed: dict[str, int], words: str) -> None:
    given = Terms(**(vars(terms()) | changed))
    with pytest.raises(Invalid) as refused:
        policy_change.adopt(
            rules=in_force(), terms=given, follows=1, reason="So.", apply_to_open=False,
            by=make_user("editor"), at=NOW,
        )  # fmt: skip
    assert refused.value.field in changed or words in str(refused.value.field)


def test_without_new_terms_those_in_force_stay() -> None:
    before = terms()
    adopted = {"follows": 1, "reason": "So.", "apply_to_open": False, "by": make_user("editor"), "at": NOW}
    policy_change.adopt(rules=in_force(), **adopted)  # type: ignore[arg-type]
    assert terms() == before


def test_the_database_refuses_a_second_row_of_the_same(recheck: Recheck) -> None:
    told(DUE, Reminder.Stage.DUE)
    twin = Reminder.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_clock_set_back_and_forward_tells_nothing_twice(recheck: Recheck) -> None:
    for hour in (0, -1, 0, 1, -1, 2):
        told(DUE + days(hour / 24), Reminder.Stage.DUE)
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("reminded", [0, 1, 2])
def test_what_is_to_be_told_is_found_by_the_index(reminded: int) -> None:
    """However many are scheduled, and however many are due and told: one range of one index."""
    given = {
        "at": NOW, "before": NOW, "reminded": reminded, "batch": 10, "overdue_from": NOW, "stale_from": NOW,
        "desk": [], "administrators": [], "people": [], "mail": [], "tell": [],
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + reminders.MAKE, given)
        plan = [line for (line,) in cursor.fetchall()]
    scan = next(number for number, line in enumerate(plan) if "recheck_to_remind" in line)
    assert "Index Cond" in plan[scan + 1]
    assert "ROW(reminded_stage, due_at) <= ROW(" in plan[scan + 1]
