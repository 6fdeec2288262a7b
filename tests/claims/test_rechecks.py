"""A published claim is looked at again when the policy says so."""

from datetime import date

import pytest

from claims import policy, rechecks, triage
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Recheck
from tests.factories import NOW, days, make_claim, make_user, propose, publish


@pytest.fixture
def claim(db: None) -> Claim:
    claim = make_claim()
    publish(claim)
    claim.refresh_from_db()
    return claim


def test_publishing_plans_a_look_for_who_decided(claim: Claim) -> None:
    recheck = claim.rechecks.get()
    assert recheck.due_at.date() == date(2026, 3, 16) + days(policy.spread(claim.pk, 14))
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
    python = rechecks.freshness(
        due_at=due_at, last_verified_at=claim.last_verified_at, terms=policy.terms(), at=at
    )
    sql = Claim.objects.with_freshness(at=at).get().freshness  # type: ignore[attr-defined]
    assert (python, sql) == (expected, expected)


@pytest.mark.django_db
def test_never_checked_is_not_fresh() -> None:
    make_claim()
    assert Claim.objects.with_freshness(at=NOW).get().freshness == "unchecked"  # type: ignore[attr-defined]
    assert rechecks.freshness(due_at=None, last_verified_at=None, terms=policy.terms(), at=NOW) == "unchecked"


@pytest.mark.django_db
def test_still_so_without_being_asked_is_a_look_of_its_own() -> None:
    claim = make_claim()
    publish(claim, "satire")
    at = NOW + days(3)
    assert rechecks.confirm(claim=claim, seen=at, by=make_user(), at=at) is None
    claim.refresh_from_db()
    look = claim.rechecks.get()
    assert (claim.last_verified_at, look.outcome, look.rule) == (at, "still_so", "unplanned")


def test_still_so_before_it_is_due_sets_the_next_from_now(claim: Claim) -> None:
    at = NOW + days(3)
    following = rechecks.confirm(claim=claim, seen=at, by=make_user(), at=at)
    assert following is not None
    assert following.due_at == policy.morning(at.date() + days(14 + policy.spread(claim.pk, 14)))
    assert claim.rechecks.open().get() == following


def test_still_so_twice_counts_once(claim: Claim) -> None:
    seen = NOW + days(3)
    rechecks.confirm(claim=claim, seen=seen, by=make_user(), at=seen + days(0.01))
    with pytest.raises(Conflict) as refused:
        rechecks.confirm(claim=claim, seen=seen, by=make_user(), at=seen + days(0.02))
    assert refused.value.code == "already_closed"
    assert claim.rechecks.filter(outcome="still_so").count() == 1


def test_still_so_does_not_pass_over_what_came_meanwhile(claim: Claim) -> None:
    seen = NOW + days(3)
    rechecks.bring_forward(claim=claim, rule="source_gone", why="The record is gone.", at=seen + days(0.01))
    with pytest.raises(Conflict) as refused:
        rechecks.confirm(claim=claim, seen=seen, by=make_user(), at=seen + days(0.02))
    assert "The record is gone." in refused.value.message


def test_what_is_not_published_is_not_confirmed(claim: Claim) -> None:
    with pytest.raises(Conflict):
        rechecks.confirm(claim=make_claim(), seen=NOW, by=make_user(), at=NOW)
    with pytest.raises(Forbidden):
        rechecks.confirm(claim=claim, seen=NOW, by=make_user("contributor"), at=NOW)


def test_no_edit_of_any_kind_counts_as_a_look(claim: Claim) -> None:
    at = NOW + days(1)
    triage.edit(claim=claim, revision=1, kind="event", by=make_user(), at=at)
    triage.assign(claims=[claim], assignee=make_user(), by=make_user(), at=at)
    rechecks.set_volatility(claim=claim, volatility="fast", by=make_user(), at=at)
    rechecks.bring_forward(claim=claim, rule="source_gone", why="Gone.", at=at)
    draft = make_claim()
    triage.edit(claim=draft, revision=1, text="The bridge is open.", by=make_user(), at=at)
    claim.refresh_from_db()
    draft.refresh_from_db()
    assert (claim.last_verified_at, draft.last_verified_at) == (NOW, None)
