"""A published claim is looked at again when the policy says so."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from claims import rechecks, triage
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Recheck
from tests.factories import NOW, days, make_claim, make_user, propose, publish


@pytest.mark.parametrize(
    ("kind", "rating", "when", "due", "rule"),
    [
        ("prediction", "true", "2021", date(2021, 1, 1), "date_comes"),
        ("prediction", "true", "2019-08", date(2019, 8, 1), "date_comes"),
        ("prediction", "true", "2019-08/2019-10", date(2019, 8, 1), "date_comes"),
        ("prediction", "true", "2018", date(2019, 7, 28), "prediction"),
        ("prediction", "true", "", date(2019, 7, 28), "prediction"),
        ("status", "true", "", date(2019, 7, 12), "status"),
        ("status", "false", "2019-07-03", date(2019, 7, 3), "date_comes"),
        ("status", "true", "2025", date(2019, 7, 12), "status"),
        ("quantity", "half_true", "", date(2019, 9, 26), "quantity"),
        ("event", "true", "2019-06-01", date(2020, 6, 27), "event"),
        ("event", "unproven", "", date(2019, 7, 12), "unproven"),
        ("background", "unverifiable", "", date(2019, 7, 12), "unproven"),
    ],
)
def test_the_policy_sets_the_next_look(kind: str, rating: str, when: str, due: date, rule: str) -> None:
    decided = datetime(2019, 6, 28, 15, tzinfo=UTC)
    answer = rechecks.next_due(kind=kind, rating=rating, when=when, decided_at=decided)
    assert answer is not None
    assert (answer.at.date(), answer.rule) == (due, rule)
    assert answer.why


@pytest.mark.parametrize("rating", ["satire", "opinion"])
def test_satire_and_opinion_are_not_looked_at_again(rating: str) -> None:
    assert rechecks.next_due(kind="status", rating=rating, when="", decided_at=NOW) is None


def test_every_kind_has_its_line_in_the_policy() -> None:
    assert set(Claim.Kind.values) <= set(rechecks.RULES)


@pytest.fixture
def claim(db: None) -> Claim:
    claim = make_claim()
    publish(claim)
    claim.refresh_from_db()
    return claim


def test_publishing_plans_a_look_for_who_decided(claim: Claim) -> None:
    recheck = claim.rechecks.get()
    assert recheck.due_at.date() == date(2026, 3, 16)
    assert recheck.assignee == claim.verdicts.get().decided_by


def test_still_so_moves_the_last_look_and_plans_the_next(claim: Claim) -> None:
    at = NOW + days(14)
    following = rechecks.record_outcome(
        recheck=claim.rechecks.get(), outcome="still_so", by=make_user(), at=at
    )
    claim.refresh_from_db()
    assert claim.last_verified_at == at
    assert following is not None
    assert following.due_at > at


def test_changed_asks_for_a_new_verdict_and_verifies_nothing(claim: Claim) -> None:
    at = NOW + days(14)
    following = rechecks.record_outcome(
        recheck=claim.rechecks.get(), outcome="changed", by=make_user(), at=at
    )
    claim.refresh_from_db()
    assert claim.last_verified_at == NOW
    assert following is not None
    assert following.rule == "changed"


def test_a_new_verdict_supersedes_what_was_planned(claim: Claim) -> None:
    planned = claim.rechecks.get()
    publish(claim, "false", change="world_changed", at=NOW + days(3))
    planned.refresh_from_db()
    assert planned.outcome == Recheck.Outcome.SUPERSEDED
    assert claim.rechecks.open().count() == 1


def test_an_edit_is_no_look(claim: Claim) -> None:
    triage.edit(claim=claim, revision=1, kind="event", by=make_user(), at=NOW + days(1))
    claim.refresh_from_db()
    assert claim.last_verified_at == NOW


def test_retiring_ends_the_looks(claim: Claim) -> None:
    recheck = claim.rechecks.get()
    assert (
        rechecks.record_outcome(recheck=recheck, outcome="retired", note="Settled.", by=make_user(), at=NOW)
        is None
    )
    claim.refresh_from_db()
    assert (claim.state, claim.retired_why) == ("retired", "Settled.")


def test_a_claim_with_a_waiting_verdict_is_not_retired(claim: Claim) -> None:
    propose(claim, "false")
    with pytest.raises(Conflict):
        rechecks.record_outcome(
            recheck=claim.rechecks.get(), outcome="retired", note="x", by=make_user(), at=NOW
        )


def test_a_day_is_the_newsrooms_day() -> None:
    with timezone.override("Pacific/Auckland"):
        new_year_there = datetime(2026, 12, 31, 22, tzinfo=UTC)
        due = rechecks.next_due(
            kind="prediction", rating="true", when="2027-01-01", decided_at=new_year_there
        )
    assert due is not None
    assert due.at > new_year_there


@pytest.mark.parametrize(
    ("outcome", "note", "field"),
    [
        ("cannot_confirm", "", "note"),
        ("retired", " ", "note"),
        ("superseded", "x", "outcome"),
        ("fine", "x", "outcome"),
    ],
)
def test_a_bad_outcome_names_its_field(claim: Claim, outcome: str, note: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rechecks.record_outcome(
            recheck=claim.rechecks.get(), outcome=outcome, note=note, by=make_user(), at=NOW
        )
    assert refused.value.field == field


def test_an_outcome_is_recorded_once(claim: Claim) -> None:
    recheck = claim.rechecks.get()
    rechecks.record_outcome(recheck=recheck, outcome="still_so", by=make_user(), at=NOW)
    with pytest.raises(Conflict):
        rechecks.record_outcome(recheck=recheck, outcome="changed", by=make_user(), at=NOW)
    assert claim.rechecks.open().count() == 1


def test_a_contributor_records_no_outcome(claim: Claim) -> None:
    with pytest.raises(Forbidden):
        rechecks.record_outcome(
            recheck=claim.rechecks.get(), outcome="still_so", by=make_user("contributor"), at=NOW
        )


def test_moving_a_look_keeps_the_old_plan_on_record(claim: Claim) -> None:
    planned = claim.rechecks.get()
    moved = rechecks.reschedule(
        recheck=planned, due_at=NOW + days(2), why="The court decides.", by=make_user(), at=NOW
    )
    planned.refresh_from_db()
    assert planned.closed_at == NOW
    assert (moved.rule, moved.why, moved.due_at) == ("by_hand", "The court decides.", NOW + days(2))
    with pytest.raises(Invalid):
        rechecks.reschedule(recheck=moved, due_at=NOW, why="Past", by=make_user(), at=NOW)


@pytest.mark.parametrize(
    ("after", "expected"),
    [(-1, "fresh"), (0, "due"), (2.9, "due"), (3, "overdue"), (29, "overdue"), (30, "stale"), (400, "stale")],
)
def test_freshness_is_the_same_in_python_and_in_sql(claim: Claim, after: float, expected: str) -> None:
    due_at = claim.rechecks.get().due_at
    at = due_at + days(after)
    python = rechecks.freshness(due_at=due_at, last_verified_at=claim.last_verified_at, at=at)
    sql = Claim.objects.with_freshness(at=at).get().freshness  # type: ignore[attr-defined]
    assert (python, sql) == (expected, expected)


@pytest.mark.django_db
def test_never_checked_is_not_fresh() -> None:
    make_claim()
    assert Claim.objects.with_freshness(at=NOW).get().freshness == "unchecked"  # type: ignore[attr-defined]
    assert rechecks.freshness(due_at=None, last_verified_at=None, at=NOW) == "unchecked"
