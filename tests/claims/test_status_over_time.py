"""What is so on a day, and what had we said by then?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims import verdicts
from claims.models import Claim, Proposal, User, Verdict
from tests.factories import NOW, make_claim, make_user, propose, publish, withdraw

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


def test_a_withdrawal_leaves_no_rating_for_its_days(sailors: Claim) -> None:
    withdraw(sailors, applies_from=date(2019, 7, 1), applies_until=date(2019, 8, 1), at=NOW)
    said = [rating_of(sailors, date(2019, month, 1), NOW) for month in (7, 8, 10)]
    assert said == ["", "true", "false"]
    assert rating_of(sailors, date(2019, 7, 1), NOW - timedelta(days=1)) == "true"
    status = Claim.objects.with_status(as_of=date(2019, 7, 1), known_at=NOW).get(pk=sailors.pk)
    assert (status.rating, status.verdict_id) == (None, sailors.verdicts.get(number=3).pk)


def test_of_two_decided_in_the_same_instant_the_later_number_counts(sailors: Claim) -> None:
    for rating in ("half_true", "satire"):
        publish(sailors, rating, change="our_error", applies_from=date(2019, 7, 1), at=NOW)
    assert rating_of(sailors, date(2019, 7, 1), NOW) == "satire"
    assert rating_of(sailors, date(2019, 7, 1), NOW - timedelta(microseconds=1)) == "true"


# 10,000 random histories, so many at a time, against the rule read plainly.

AT_A_TIME, TIMES = 200, 50
RATINGS = ("true", "mostly_false", "unproven", "")
LENGTHS = (None, 1, 2, 3, 5, 8, 13)
# Minutes from one decision to the next: at once, within the day, over its border, with the clock set back.
WAITS = (0, 0, 1, 719, 1440, 4000, -60)
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "Europe/Berlin")


@dataclass(frozen=True)
class Given:
    """A verdict: days and minutes from the first day on; `until` None for an open interval."""

    since: int
    until: int | None
    decided: int
    rating: str


def history(codes: list[int]) -> list[Given]:
    """Each number stands for one verdict; the first has a rating."""
    decided, found = 0, []
    for code in codes:
        code, since = divmod(code, 20)
        code, length = divmod(code, len(LENGTHS))
        code, wait = divmod(code, len(WAITS))
        days, rating = LENGTHS[length], RATINGS[code if found else code % 3]
        decided += WAITS[wait]
        found.append(Given(since, None if days is None else since + days, decided, rating))
    return found


def rule(verdicts: list[Given], as_of: int, known_at: int) -> tuple[int | None, str | None]:
    """The number and rating in force: the last of those that were decided and hold the day."""
    number, rating = None, None
    for place, verdict in enumerate(verdicts, 1):
        holds = verdict.since <= as_of and (verdict.until is None or as_of < verdict.until)
        if verdict.decided <= known_at and holds:
            number, rating = place, verdict.rating or None
    return number, rating


def store(histories: list[list[Given]], by: User, other: User) -> list[Claim]:
    """As few round trips as tables; the ledger's hashes are none of this."""
    claims = Claim.objects.bulk_create(
        Claim(text=f"Claim {n}.", text_key=str(n), kind="status", created_at=BASE)
        for n in range(len(histories))
    )
    rows = [
        Verdict(
            claim=claim,
            number=number,
            rating=given.rating,
            reason="x",
            change="first" if number == 1 else "new_evidence" if given.rating else "withdrawal",
            applies_from=FIRST_DAY + timedelta(days=given.since),
            applies_until=None if given.until is None else FIRST_DAY + timedelta(days=given.until),
            decided_at=moment(given.decided, ZONES[number % len(ZONES)]),
            decided_by=by,
            approved_by=other,
            salt="x",
            previous_hash="" if number == 1 else "x",
        )
        for claim, verdicts in zip(claims, histories, strict=True)
        for number, given in enumerate(verdicts, 1)
    ]
    proposals = Proposal.objects.bulk_create(
        Proposal(
            claim=row.claim, follows=row.number - 1, rating=row.rating, reason="x", change=row.change,
            applies_from=row.applies_from, state="withdrawn", submitted_by=by, submitted_at=BASE,
            reviewed_by=by, reviewed_at=BASE,
        )
        for row in rows
    )  # fmt: skip
    for row, proposal in zip(rows, proposals, strict=True):
        row.proposal = proposal
    Verdict.objects.bulk_create(rows)
    return claims


def moment(minutes: int, zone: str) -> datetime:
    return (BASE + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))


codes = st.integers(0, 20 * len(LENGTHS) * len(WAITS) * len(RATINGS) - 1)
questions = st.tuples(st.integers(-2, 35), st.integers(-100, 12_000), st.sampled_from(ZONES))


@settings(
    max_examples=TIMES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(
    histories=st.lists(st.lists(codes, min_size=1, max_size=6), min_size=AT_A_TIME, max_size=AT_A_TIME),
    asked=st.lists(questions, min_size=6, max_size=6),
)
def test_any_history_answers_as_a_plain_reading_of_the_rule_does(
    db: None, histories: list[list[int]], asked: list[tuple[int, int, str]]
) -> None:
    given = [history(numbers) for numbers in histories]
    with transaction.atomic():
        by, other = make_user(), make_user("editor")
        claims = store(given, by, other)
        numbers = dict(Verdict.objects.values_list("pk", "number"))
        for as_of, known_at, zone in asked:
            day, known = FIRST_DAY + timedelta(days=as_of), moment(known_at, zone)
            rows = Claim.objects.with_status(as_of=day, known_at=known)
            answers = {pk: (numbers.get(verdict), rating) for pk, verdict, rating in rows.values_list(
                "pk", "verdict_id", "rating")}  # fmt: skip
            for claim, verdicts_given in zip(claims, given, strict=True):
                assert answers[claim.pk] == rule(verdicts_given, as_of, known_at), verdicts_given
        transaction.set_rollback(True)


def test_a_proposal_is_no_status() -> None:
    claim = make_claim()
    propose(claim)
    assert rating_of(claim, NOW.date(), NOW) is None
    assert not Verdict.objects.exists()
