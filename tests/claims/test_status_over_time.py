"""What is so on a day, and what had we said by then?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import verdicts
from claims.models import Claim, Verdict
from tests.factories import NOW, make_claim, make_user, propose, publish

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2019, 6, 28)
BASE = datetime(2019, 6, 28, 12, tzinfo=UTC)


def rating_of(claim: Claim, as_of: date, known_at: datetime) -> str | None:
    verdict = verdicts.status_of(claim=claim, as_of=as_of, known_at=known_at)
    return verdict.rating if verdict else None


@pytest.fixture
def sailors() -> Claim:
    claim = make_claim(text="The sailors remain in custody.")
    publish(claim, "true", applies_from=date(2019, 6, 28), at=datetime(2019, 6, 29, 9, tzinfo=UTC))
    publish(
        claim,
        "false",
        change="world_changed",
        applies_from=date(2019, 9, 7),
        at=datetime(2019, 9, 8, 9, tzinfo=UTC),
    )
    return claim


@pytest.mark.parametrize(
    ("as_of", "known_at", "rating"),
    [
        (date(2019, 6, 27), NOW, None),
        (date(2019, 6, 28), NOW, "true"),
        (date(2019, 9, 6), NOW, "true"),
        (date(2019, 9, 7), NOW, "false"),
        (date(2026, 1, 1), NOW, "false"),
        # What did we say on 7 September, before the second verdict was decided?
        (date(2019, 9, 7), datetime(2019, 9, 7, 23, tzinfo=UTC), "true"),
        (date(2019, 9, 7), datetime(2019, 9, 8, 9, tzinfo=UTC), "false"),
        (date(2019, 9, 7), datetime(2019, 6, 29, 8, 59, tzinfo=UTC), None),
    ],
)
def test_both_clocks_are_answered(
    sailors: Claim, as_of: date, known_at: datetime, rating: str | None
) -> None:
    assert rating_of(sailors, as_of, known_at) == rating


def test_a_closed_interval_ends_on_its_last_day(sailors: Claim) -> None:
    publish(
        sailors,
        "half_true",
        change="our_error",
        applies_from=date(2019, 7, 1),
        applies_until=date(2019, 7, 11),
        at=NOW,
    )
    assert rating_of(sailors, date(2019, 6, 30), NOW) == "true"
    assert rating_of(sailors, date(2019, 7, 10), NOW) == "half_true"
    assert rating_of(sailors, date(2019, 7, 11), NOW) == "true"


def test_a_list_of_claims_gets_its_status_in_one_query(
    sailors: Claim, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    unchecked = make_claim()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = dict(
            Claim.objects.with_status(as_of=date(2019, 9, 7), known_at=NOW).values_list("pk", "rating")
        )
    assert found == {sailors.pk: "false", unchecked.pk: None}


def days_from(first: int, last: int) -> st.SearchStrategy[int]:
    return st.integers(first, last)


histories = st.lists(
    st.tuples(
        days_from(0, 20), st.none() | days_from(1, 10), st.integers(0, 5), st.sampled_from(["true", "false"])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, as_of=days_from(-2, 25), known_at=st.integers(-1, 40))
def test_any_history_answers_as_a_plain_reading_of_the_rule_does(
    db: None, history: list[tuple[int, int | None, int, str]], as_of: int, known_at: int
) -> None:
    claim, ravi, edith = make_claim(), make_user(), make_user("editor")
    decided, expected = 0, None
    for number, (start, length, wait, rating) in enumerate(history, 1):
        decided += wait
        begins = FIRST_DAY + timedelta(days=start)
        publish(
            claim,
            rating,
            change="first" if number == 1 else "new_evidence",
            applies_from=begins,
            applies_until=begins + timedelta(days=length) if length else None,
            by=ravi,
            approved_by=edith,
            at=BASE + timedelta(days=decided),
        )
        holds = start <= as_of and (length is None or as_of < start + length)
        if decided <= known_at and holds:
            expected = number
    found = verdicts.status_of(
        claim=claim, as_of=FIRST_DAY + timedelta(days=as_of), known_at=BASE + timedelta(days=known_at)
    )
    assert (found.number if found else None) == expected


def test_a_proposal_is_no_status() -> None:
    claim = make_claim()
    propose(claim)
    assert rating_of(claim, NOW.date(), NOW) is None
    assert not Verdict.objects.exists()
