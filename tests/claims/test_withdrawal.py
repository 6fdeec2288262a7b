"""Taking a published verdict back without a new rating: proposed by one person, approved by another."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from claims import ledger, rechecks, review, verdicts
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Proposal, User, Verdict
from tests.factories import NOW, days, make_claim, make_user, propose, publish, withdraw

pytestmark = pytest.mark.django_db
FROM = date(2026, 3, 1)


@pytest.fixture
def claim() -> Claim:
    claim = make_claim()
    publish(claim)
    return claim


def submit(claim: Claim, *, by: User | None = None, **fields: object) -> Proposal:
    values: dict[str, object] = {"follows": 1, "reason": "A forgery.", "applies_from": FROM} | fields
    return verdicts.submit_withdrawal(claim=claim, by=by or make_user(), at=NOW + days(1), **values)  # type: ignore[arg-type]


def test_it_is_a_verdict_without_a_rating(claim: Claim) -> None:
    verdict = withdraw(claim, at=NOW + days(1))
    assert (verdict.number, verdict.rating, verdict.change) == (2, "", "withdrawal")
    assert verdict.get_rating_display() == "Withdrawn"
    assert ledger.verify().faults == []


def test_until_it_is_approved_the_verdict_stands(claim: Claim) -> None:
    submit(claim)
    now = verdicts.status_of(claim=claim, as_of=FROM, known_at=NOW + days(2))
    assert now is not None
    assert now.rating == "true"


def test_nobody_approves_their_own(claim: Claim) -> None:
    ravi = make_user("editor")
    with pytest.raises(Forbidden):
        review.approve(proposal=submit(claim, by=ravi), by=ravi, at=NOW + days(1))


def test_an_earlier_verdict_does_not_come_back(claim: Claim) -> None:
    publish(claim, "false", at=NOW + days(1))
    withdraw(claim, at=NOW + days(2))
    now = verdicts.status_of(claim=claim, as_of=FROM, known_at=NOW + days(2))
    assert now is not None
    assert now.number == 3


def test_a_new_verdict_can_follow(claim: Claim) -> None:
    withdraw(claim, at=NOW + days(1))
    publish(claim, "false", at=NOW + days(2))
    now = verdicts.status_of(claim=claim, as_of=FROM, known_at=NOW + days(2))
    assert now is not None
    assert now.rating == "false"


def test_it_verifies_nothing_and_somebody_has_to_look(claim: Claim) -> None:
    withdraw(claim, at=NOW + days(1))
    claim.refresh_from_db()
    assert (claim.state, claim.last_verified_at) == ("published", NOW)
    recheck = claim.rechecks.open().get()
    assert (recheck.rule, recheck.due_at <= NOW + days(1)) == ("withdrawn", True)


def test_there_is_no_rating_to_confirm(claim: Claim) -> None:
    withdraw(claim, at=NOW + days(1))
    recheck = claim.rechecks.open().get()
    with pytest.raises(Invalid) as refused:
        rechecks.record_outcome(recheck=recheck, outcome="still_so", by=make_user(), at=NOW + days(15))
    assert refused.value.field == "outcome"
    rechecks.record_outcome(
        recheck=recheck, outcome="retired", note="Not a claim.", by=make_user(), at=NOW + days(15)
    )


def test_what_stands_beside_the_withdrawn_days_can_be_confirmed(claim: Claim) -> None:
    withdraw(claim, applies_until=date(2026, 3, 2), at=NOW + days(1))
    recheck = claim.rechecks.open().get()
    by = make_user()
    following = rechecks.record_outcome(recheck=recheck, outcome="still_so", by=by, at=NOW + days(15))
    assert following is not None
    assert following.rule == "status"


def test_nothing_is_withdrawn_where_nothing_stands(claim: Claim) -> None:
    for one, follows in ((make_claim(), 0), (claim, 1)):
        with pytest.raises(Invalid) as refused:
            submit(one, follows=follows, applies_from=date(2026, 2, 1))
        assert refused.value.code == "nothing_to_withdraw"
    withdraw(claim, at=NOW + days(1))
    with pytest.raises(Invalid):
        submit(claim, follows=2)


def test_it_is_told_when_another_verdict_was_first(claim: Claim) -> None:
    publish(claim, "false", at=NOW + days(1))
    with pytest.raises(Conflict) as refused:
        submit(claim)
    assert refused.value.code == "verdict_outdated"
    propose(claim, at=NOW + days(1))
    with pytest.raises(Conflict):
        submit(claim, follows=2)


@pytest.mark.parametrize(
    ("fields", "field"), [({"reason": " "}, "reason"), ({"applies_until": FROM}, "applies_until")]
)
def test_what_a_withdrawal_needs(claim: Claim, fields: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        submit(claim, **fields)
    assert refused.value.field == field


def test_a_rating_is_no_withdrawal(claim: Claim) -> None:
    with pytest.raises(Invalid) as refused:
        propose(claim, "false", change="withdrawal")
    assert refused.value.field == "change"


@pytest.mark.parametrize("fields", [{"rating": ""}, {"change": "withdrawal"}])
def test_the_database_keeps_the_two_apart(claim: Claim, fields: dict[str, str]) -> None:
    for model in (Proposal, Verdict):
        row = model.objects.get()
        row.pk, row.claim = None, make_claim()
        if isinstance(row, Verdict):
            row.number, row.previous_hash, row.change = 2, "x", "new_evidence"
            row.proposal = propose(claim)
        for name, value in fields.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError, match="rated_or_withdrawn"), transaction.atomic():
            row.save()
