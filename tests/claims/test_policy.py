"""The policy's rules: which one fits a claim, and when it says to look again."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from claims import policy
from claims.models import Claim, Policy, PolicyRule
from claims.policy import Case, next_due, spread
from tests.factories import NOW

DECIDED = datetime(2019, 6, 28, 15, tzinfo=UTC)


def rule(name: str = "any", **fields: object) -> PolicyRule:
    return PolicyRule(**{"name": name, "wait": "days", "days": 10, "why": "So."} | fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "rating", "when", "due", "name"),
    [
        ("prediction", "true", "2021", date(2021, 1, 1), "date_comes"),
        ("prediction", "true", "2019-08", date(2019, 8, 1), "date_comes"),
        ("prediction", "true", "2019-08/2019-10", date(2019, 8, 1), "date_comes"),
        ("prediction", "true", "2018", 30, "prediction"),
        ("prediction", "true", "", 30, "prediction"),
        ("status", "true", "", 14, "status"),
        ("status", "false", "2019-07-03", date(2019, 7, 3), "end_comes"),
        ("status", "unproven", "2019-07-03", date(2019, 7, 3), "end_comes"),
        ("status", "true", "2025", 14, "status"),
        ("quantity", "half_true", "", 90, "quantity"),
        ("position", "true", "", 90, "position"),
        ("event", "true", "2019-06-01", 365, "event"),
        ("event", "unproven", "", 14, "unproven"),
        ("background", "unverifiable", "", 14, "unproven"),
        ("background", "true", "", 365, "background"),
    ],
)
def test_the_policy_that_came_with_the_program(
    kind: str, rating: str, when: str, due: date | int, name: str
) -> None:
    answer = next_due(Case(7, kind, rating, when), policy.in_force(), decided_at=DECIDED)
    assert answer is not None
    if isinstance(due, int):
        due = date(2019, 6, 28) + timedelta(days=due + spread(7, due))
    assert (answer.at.date(), answer.rule) == (due, name)
    assert answer.why


@pytest.mark.django_db
@pytest.mark.parametrize("rating", ["satire", "opinion"])
def test_satire_and_opinion_are_not_looked_at_again(rating: str) -> None:
    assert next_due(Case(1, "status", rating), policy.in_force(), decided_at=NOW) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("volatility", "kind", "name"),
    [("fast", "event", "fast"), ("slow", "status", "slow"), ("slow", "event", "event")],
)
def test_how_fast_a_claim_changes_counts(volatility: str, kind: str, name: str) -> None:
    answer = next_due(Case(1, kind, "true", volatility=volatility), policy.in_force(), decided_at=NOW)
    assert answer is not None
    assert answer.rule == name


@pytest.mark.django_db
def test_a_date_that_comes_is_named_in_the_words() -> None:
    answer = next_due(Case(1, "prediction", "true", "2026-05"), policy.in_force(), decided_at=NOW)
    assert answer is not None
    assert answer.why == "The date in it comes: May 2026."


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"kinds": ["event", "status"]}, True),
        ({"kinds": ["event"]}, False),
        ({"ratings": ["true"]}, True),
        ({"ratings": ["false"]}, False),
        ({"topic_id": 5}, True),
        ({"topic_id": 6}, False),
        ({"volatility": "fast"}, True),
        ({"volatility": "slow"}, False),
        ({"dates": "begins"}, False),
        ({"dates": "ends"}, True),
        ({"dates": "ends", "within": 30}, False),
        ({"dates": "ends", "within": 31}, True),
        ({"dates": "passed"}, False),
        ({"dates": "none"}, False),
        ({"kinds": ["status"], "ratings": ["false"]}, False),
    ],
)
def test_all_conditions_of_a_rule_have_to_hold(fields: dict[str, object], fits: bool) -> None:
    case = Case(1, "status", "true", "2026-01/2026-04-02", 5, "fast")
    assert (next_due(case, [rule(**fields)], decided_at=NOW) is not None) is fits


@pytest.mark.parametrize(
    ("when", "dates", "fits"),
    [
        ("", "none", True),
        ("", "passed", False),
        ("", "ends", False),
        ("2025", "passed", True),
        ("2025", "none", False),
    ],
)
def test_claims_without_a_date_and_with_one_gone_by(when: str, dates: str, fits: bool) -> None:
    case = Case(1, "status", "true", when)
    assert (next_due(case, [rule(dates=dates)], decided_at=NOW) is not None) is fits


def test_the_first_rule_that_fits_decides() -> None:
    rules = [rule("first", kinds=["event"]), rule("second"), rule("third")]
    answer = next_due(Case(1, "status", "true"), rules, decided_at=NOW)
    assert answer is not None
    assert answer.rule == "second"


@pytest.mark.parametrize("days", [1, 7, 9, 14, 30, 90, 365, 3650])
def test_the_spread_is_a_tenth_at_most_and_the_same_each_time(days: int) -> None:
    shifts = [spread(claim, days) for claim in range(1, 3_000)]
    assert shifts == [spread(claim, days) for claim in range(1, 3_000)]
    assert max(map(abs, shifts)) == days // 10


def test_an_import_does_not_fall_due_together() -> None:
    rules = [rule(days=90)]
    due = Counter(
        answer.at
        for claim in range(1, 1_001)
        if (answer := next_due(Case(claim, "event", "true"), rules, decided_at=NOW))
    )
    assert len(due) == 19
    assert max(due.values()) < 1_000 / 19 * 1.5


def test_a_date_is_waited_for_exactly() -> None:
    rules = [rule(dates="begins", wait="date", days=None)]
    for claim in range(1, 200):
        answer = next_due(Case(claim, "prediction", "true", "2027-03-01"), rules, decided_at=NOW)
        assert answer is not None
        assert answer.at == datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_a_day_is_the_newsrooms_day() -> None:
    with timezone.override("Pacific/Auckland"):
        new_year_there = datetime(2026, 12, 31, 22, tzinfo=UTC)
        case = Case(1, "prediction", "true", "2027-01-01")
        due = next_due(case, policy.in_force(), decided_at=new_year_there)
    assert due is not None
    assert due.at > new_year_there


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kinds": ["status"]}, "a status"),
        ({"kinds": ["event", "background"]}, "an event or background"),
        ({"kinds": ["event", "status", "quantity"]}, "an event, a status or a quantity"),
        ({"volatility": "fast"}, "any claim that changes fast"),
        ({"ratings": ["satire", "opinion"]}, "any claim, rated satire or opinion"),
        (
            {"kinds": ["status"], "dates": "ends", "within": 14},
            "a status with an end that is to come within 14 days",
        ),
    ],
)
def test_a_rule_is_told_in_words(fields: dict[str, object], words: str) -> None:
    assert policy.applies_to(rule(**fields)) == words


@pytest.mark.django_db
def test_every_kind_has_its_rule() -> None:
    assert set(Claim.Kind.values) <= {rule.name for rule in policy.in_force()}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Policy, PolicyRule])
def test_a_version_is_never_changed(model: type[Policy | PolicyRule]) -> None:
    row = model.objects.order_by("pk")[0]
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk + 1_000)
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")  # type: ignore[attr-defined]
