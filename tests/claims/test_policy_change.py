"""Changing the policy: what it would do is shown first, and open re-checks move only where asked."""

from datetime import timedelta
from typing import Any

import pytest

from claims import policy, rechecks
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Policy, PolicyRule, Recheck, Topic
from claims.policy_change import adopt, preview
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
CATCH_ALL = {"name": "all", "wait": "days", "days": 200, "why": "In general."}


def rules(*special: dict[str, Any]) -> list[PolicyRule]:
    return [PolicyRule(**fields) for fields in (*special, CATCH_ALL)]


def change(*special: dict[str, Any], apply_to_open: bool = False, follows: int = 1, **more: Any) -> Policy:
    return adopt(
        rules=rules(*special), follows=follows, reason="We are fewer.", apply_to_open=apply_to_open,
        **{"by": make_user("editor"), "at": NOW + days(1)} | more,
    )  # fmt: skip


def published(rating: str = "true", **fields: Any) -> Claim:
    claim = make_claim(**fields)
    publish(claim, rating)
    claim.refresh_from_db()
    return claim


def test_the_preview_counts_by_week_and_writes_nothing() -> None:
    claims = [published() for _ in range(3)]
    published("satire")
    found = preview(rules=rules(), at=NOW + days(1))
    assert (found.claims, found.changed, found.movable) == (4, 4, 4)
    assert found.before.total() == found.after.total() == 4
    assert (found.before["never"], found.after["later"]) == (1, 4)
    assert sum(found.before[week.isoformat()] for week in found.weeks[1:4]) == 3
    assert {example.claim for example in found.examples} >= {claim.pk for claim in claims}
    assert {example.text for example in found.examples} >= {claims[0].text}
    assert Policy.objects.count() == 1
    assert Recheck.objects.filter(rule="status").count() == 3


def test_the_preview_shows_a_few_examples_of_each_change() -> None:
    for _ in range(6):
        published()
    assert len(preview(rules=rules(), at=NOW).examples) == 3


def test_a_wait_that_is_over_is_due_by_now() -> None:
    published()
    short = {"name": "short", "kinds": ["status"], "wait": "days", "days": 2, "why": "Hot."}
    assert preview(rules=rules(short), at=NOW + days(5)).after["now"] == 1


def test_later_verdicts_go_by_the_new_rules_and_open_rechecks_stay() -> None:
    before = published()
    due = before.rechecks.get().due_at
    version = change()
    assert (version.number, version.moved, version.reason) == (2, None, "We are fewer.")
    assert before.rechecks.get().due_at == due
    assert [rule.name for rule in policy.in_force()] == ["all"]
    assert published().rechecks.get().rule == "all"


def test_open_rechecks_move_where_the_editor_says_so() -> None:
    claim = published()
    version = change(apply_to_open=True)
    recheck = claim.rechecks.get()
    assert version.moved == 1
    assert (recheck.rule, recheck.why) == ("all", "In general.")
    assert recheck.due_at == policy.morning(NOW.date() + days(200 + policy.spread(claim.pk, 200)))
    events = Recheck.events.rel.related_model.objects.filter(pgh_obj=recheck)  # type: ignore[attr-defined]
    assert events.filter(pgh_label="update", rule="all").exists()


def test_what_is_due_or_set_by_somebody_stays() -> None:
    due, by_hand, forward = published(), published(), published()
    rechecks.reschedule(
        recheck=by_hand.rechecks.get(), due_at=NOW + days(9), why="Vote.", by=make_user(), at=NOW
    )
    rechecks.bring_forward(claim=forward, rule="source_gone", why="Gone.", at=NOW)
    Recheck.objects.filter(claim=due).update(due_at=NOW)
    assert change(apply_to_open=True).moved == 0
    assert not Recheck.objects.filter(rule="all").exists()


def test_a_look_that_is_over_already_falls_due_now_not_overdue() -> None:
    claim = published("true", kind="event")
    short = {"name": "short", "kinds": ["event"], "wait": "days", "days": 5, "why": "Hot."}
    at = NOW + days(100)
    change(short, apply_to_open=True, at=at)
    assert claim.rechecks.get().due_at == at


def test_a_claim_gets_a_recheck_or_loses_it_as_the_rules_say() -> None:
    satire, status = published("satire"), published()
    never = {"name": "never", "kinds": ["status"], "ratings": ["true"], "wait": "never", "why": "Enough."}
    assert change(never, apply_to_open=True).moved == 2
    assert satire.rechecks.get().assignee == satire.verdicts.get().decided_by
    ended = status.rechecks.get()
    assert (ended.outcome, ended.note) == ("superseded", "Policy no. 2: it is not looked at again.")


def test_two_editors_do_not_undo_each_other() -> None:
    change()
    with pytest.raises(Conflict):
        change()
    assert change(follows=2).number == 3


def test_only_an_editor_changes_it() -> None:
    with pytest.raises(Forbidden):
        change(by=make_user("reviewer"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "Two Words"}, "small letters"),
        ({"name": "by_hand"}, "the program's own"),
        ({"name": "all"}, "Another rule"),
        ({"why": " "}, "Say why"),
        ({"kinds": ["rumour"]}, "no such kind"),
        ({"ratings": ["maybe"]}, "no such rating"),
        ({"days": None}, "1 to 3650 days"),
        ({"days": 4000}, "1 to 3650 days"),
        ({"wait": "never"}, "for a wait in days only"),
        ({"wait": "date", "days": None}, "ask for one that is to come"),
        ({"within": 5}, "is for a date"),
        ({"topic_id": 999}, "No such topic"),
    ],
)
def test_a_rule_that_cannot_stand_is_named(fields: dict[str, Any], words: str) -> None:
    bad = {"name": "odd", "wait": "days", "days": 5, "why": "So."} | fields
    with pytest.raises(Invalid) as refused:
        preview(rules=[*rules(), PolicyRule(**bad)], at=NOW)
    assert words in refused.value.message
    assert refused.value.field == "rules"


def test_every_kind_needs_a_rule_without_other_conditions() -> None:
    only = PolicyRule(name="some", kinds=["event"], wait="days", days=5, why="So.")
    with pytest.raises(Invalid) as refused:
        preview(rules=[only], at=NOW)
    assert "every status or quantity" in refused.value.message


def test_a_rule_of_a_topic() -> None:
    topic = Topic.objects.create(name="Health")
    of_topic = {"name": "health", "topic": topic, "wait": "days", "days": 5, "why": "Lives hang on it."}
    change(of_topic)
    assert published(topic=topic).rechecks.get().rule == "health"
    assert published().rechecks.get().rule == "all"


def test_a_claims_pace_sets_its_next_look_anew() -> None:
    claim = published()
    rechecks.set_volatility(claim=claim, volatility="fast", by=make_user(), at=NOW + days(1))
    recheck = claim.rechecks.get()
    assert recheck.rule == "fast"
    assert recheck.due_at == policy.morning((NOW + timedelta(days=7)).date())
    with pytest.raises(Invalid):
        rechecks.set_volatility(claim=claim, volatility="wild", by=make_user(), at=NOW)
    with pytest.raises(Forbidden):
        rechecks.set_volatility(claim=claim, volatility="slow", by=make_user("contributor"), at=NOW)


def test_a_claims_pace_leaves_alone_what_somebody_set() -> None:
    claim = published()
    rechecks.bring_forward(claim=claim, rule="source_gone", why="Gone.", at=NOW)
    rechecks.set_volatility(claim=claim, volatility="slow", by=make_user(), at=NOW + days(1))
    assert claim.rechecks.get().due_at == NOW
