"""What happens in the world makes a claim's re-check due before its time, each thing once."""

import pytest

from claims import rechecks, reminders
from claims.models import Claim, Recheck, RecheckCause, Reminder
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def published() -> Claim:
    claim = make_claim()
    publish(claim)
    claim.refresh_from_db()
    return claim


def forward(
    claim: Claim, cause: str = "snapshot:1", *, why: str = "The record changed.", after: float = 1
) -> Recheck | None:
    return rechecks.bring_forward(
        claim=claim, rule="source_changed", why=why, cause=cause, at=NOW + days(after)
    )


def test_the_open_recheck_falls_due_now_and_says_why() -> None:
    claim = published()
    planned = claim.rechecks.get()
    assert forward(claim) == planned
    planned.refresh_from_db()
    assert planned.due_at == NOW + days(1)
    assert (planned.rule, planned.why) == ("source_changed", "The record changed.")
    assert Claim.objects.with_freshness(at=NOW + days(1)).get().freshness == "due"  # type: ignore[attr-defined]


def test_its_people_are_reminded() -> None:
    claim = published()
    forward(claim)
    assert reminders.remind_due(at=NOW + days(1))
    assert Reminder.objects.filter(recheck=claim.rechecks.get()).exists()


def test_the_same_cause_counts_once_even_after_the_look() -> None:
    claim = published()
    recheck = forward(claim)
    assert recheck is not None
    assert forward(claim, after=2) is None
    following = rechecks.record_outcome(recheck=recheck, outcome="still_so", by=make_user(), at=NOW + days(2))
    assert following is not None
    assert forward(claim, after=3) is None
    following.refresh_from_db()
    assert following.due_at > NOW + days(3)
    assert RecheckCause.objects.count() == 1


def test_another_cause_counts_too_and_a_due_recheck_keeps_its_time() -> None:
    claim = published()
    first = forward(claim)
    assert forward(claim, "snapshot:2", why="The record changed again.", after=2) == first
    assert claim.rechecks.get().due_at == NOW + days(1)
    assert claim.rechecks.get().why == "The record changed again."
    assert claim.rechecks.get().causes.count() == 2


def test_without_a_key_the_words_tell_one_cause_from_another() -> None:
    claim = published()
    for why, expected in (("Gone.", True), ("Gone.", False), ("Moved.", True)):
        made = rechecks.bring_forward(claim=claim, rule="source_gone", why=why, at=NOW + days(1))
        assert (made is not None) is expected


def test_a_claim_that_is_never_looked_at_again_gets_a_recheck() -> None:
    claim = make_claim()
    verdict = publish(claim, "satire")
    assert not claim.rechecks.exists()
    recheck = forward(claim)
    assert recheck is not None
    assert (recheck.assignee, recheck.due_at) == (verdict.decided_by, NOW + days(1))


def test_what_is_not_published_is_left_alone() -> None:
    claim = make_claim()
    assert forward(claim) is None
    assert not RecheckCause.objects.exists()


def test_long_words_are_cut_to_what_a_recheck_holds() -> None:
    claim = published()
    made = rechecks.bring_forward(claim=claim, rule="asked", why="word " * 200, at=NOW + days(1))
    assert made is not None
    assert len(made.why) <= 300
