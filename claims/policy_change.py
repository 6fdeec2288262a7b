"""Changing the re-check policy: first what it would do, then a new version; open re-checks move if asked.

The versions are the log: who changed it, when, why, and how many open re-checks it moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from claims import inputs
from claims.errors import Conflict, Invalid, require
from claims.forecast import WEEKS, week_of
from claims.models import Claim, Policy, PolicyRule, Recheck, Topic, User, Verdict
from claims.models.verdict import Rating
from claims.policy import WITHDRAWN, Case, Due, Terms, in_force, next_due
from claims.policy import terms as terms_in_force

NAME = re.compile(r"[a-z][a-z0-9_-]*")
# What the program itself writes where no rule of the policy set the time.
RESERVED = frozenset({"by_hand", "changed", "cannot_confirm", "unplanned", WITHDRAWN})
MOST_RULES = 60
LONGEST_WAIT = 3_650
LONGEST_PAUSE = 365
MOST_SNOOZES = 50
EXAMPLES = 12
# Of each pair of an old and a new rule so many examples.
ALIKE = 3
BATCH = 5_000


@dataclass(frozen=True)
class Example:
    """A claim whose next look the change moves; None: it is not looked at again."""

    claim: int
    text: str
    before: Due | None
    after: Due | None


@dataclass
class Preview:
    """How many published claims would be due, by week, under the policy in force and under the new one.

    Both are reckoned from the day each claim was last verified. `weeks` are Mondays.
    """

    weeks: list[date]
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    changed: int = 0
    movable: int = 0
    examples: list[Example] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """(when in words, claims under the policy in force, under the new one)."""
        words = {"now": "by now"}
        words |= {week.isoformat(): f"in the week of {week:%-d %B %Y}" for week in self.weeks}
        words |= {"later": "later", "never": "never again"}
        return [(said, self.before[when], self.after[when]) for when, said in words.items()]

    @property
    def most(self) -> int:
        return max([*self.before.values(), *self.after.values(), 1])


@dataclass(frozen=True, slots=True)
class _Standing:
    """A published claim as the policy sees it, and its open re-check."""

    case: Case
    verified_at: datetime
    assignee: int | None
    recheck: int | None
    due_at: datetime | None
    rule: str


def preview(*, rules: Sequence[PolicyRule], at: datetime) -> Preview:
    """What these rules would change. Nothing is written. Invalid, naming `rules`, where they cannot stand."""
    checked = _checked(rules)
    current = in_force()
    first = week_of(timezone.localdate(at))
    found = Preview([first + timedelta(weeks=number) for number in range(WEEKS)])
    policy_names = _names_ever()
    shown: Counter[tuple[str, str]] = Counter()
    for standing in _published():
        before = next_due(standing.case, current, decided_at=standing.verified_at)
        after = next_due(standing.case, checked, decided_at=standing.verified_at)
        found.claims += 1
        found.before[_when(before, found.weeks, at)] += 1
        found.after[_when(after, found.weeks, at)] += 1
        found.movable += _move(standing, after, policy_names, at) is not None
        if (before and before.at) == (after and after.at):
            continue
        found.changed += 1
        pair = (before.rule if before else "", after.rule if after else "")
        if shown[pair] < ALIKE and len(found.examples) < EXAMPLES:
            shown[pair] += 1
            found.examples.append(Example(standing.case.claim, "", before, after))
    texts = dict(Claim.objects.filter(pk__in=[one.claim for one in found.examples]).values_list("pk", "text"))
    found.examples = [Example(one.claim, texts[one.claim], one.before, one.after) for one in found.examples]
    return found


def adopt(
    *,
    rules: Sequence[PolicyRule],
    follows: int,
    reason: str,
    apply_to_open: bool,
    by: User,
    at: datetime,
    terms: Terms | None = None,
) -> Policy:
    """Put new rules in force, and new terms of what is due; None leaves those as they are.

    `follows`: the number of the version that the person changed.
    Open re-checks stay as they are unless `apply_to_open`: then those that the policy set and that are
    not yet due move, claims that had none get one, and the version says how many. Due ones stay due.
    """
    require(by, "change_recheck_policy", "change the re-check policy")
    reason = inputs.line(reason, "reason", 300, required=True)
    checked = _checked(rules)
    terms = terms or terms_in_force()
    _check_terms(terms)
    with transaction.atomic():
        newest = Policy.objects.first()
        if newest is not None and newest.number != follows:
            raise Conflict(
                "policy_changed",
                f"{newest.adopted_by} has changed the policy meanwhile. Look at theirs, then change it.",
                number=newest.number,
            )
        moves: list[tuple[_Standing, Due | None]] = []
        if apply_to_open:
            with connection.cursor() as cursor:
                # Readers go on; who writes re-checks waits, so that none moves under our hands.
                cursor.execute("LOCK TABLE claims_recheck IN EXCLUSIVE MODE")
            moves = _moves(checked, at)
        try:
            with transaction.atomic():
                policy = Policy.objects.create(
                    number=follows + 1, adopted_at=at, adopted_by=by, reason=reason,
                    moved=len(moves) if apply_to_open else None, **asdict(terms),
                )  # fmt: skip
        except IntegrityError as error:
            raise Conflict("policy_changed", "Somebody has changed the policy meanwhile.") from error
        for position, rule in enumerate(checked, 1):
            rule.pk, rule.policy, rule.position = None, policy, position
        PolicyRule.objects.bulk_create(checked)
        _carry_out(moves, policy, by, at)
    return policy


def _check_terms(terms: Terms) -> None:
    """Invalid, naming the term."""
    checks = [
        ("overdue_after", 1 <= terms.overdue_after <= LONGEST_WAIT, f"Give 1 to {LONGEST_WAIT} days."),
        (
            "stale_after",
            terms.overdue_after < terms.stale_after <= LONGEST_WAIT,
            f"Give more days than until it is overdue, {LONGEST_WAIT} at most.",
        ),
        ("snooze_days", 1 <= terms.snooze_days <= LONGEST_PAUSE, f"Give 1 to {LONGEST_PAUSE} days."),
        ("snooze_times", 0 <= terms.snooze_times <= MOST_SNOOZES, f"Give 0 to {MOST_SNOOZES} times."),
        (
            "acknowledge_days",
            1 <= terms.acknowledge_days <= LONGEST_PAUSE,
            f"Give 1 to {LONGEST_PAUSE} days.",
        ),
    ]
    for name, holds, words in checks:
        if not holds:
            raise Invalid("bad_term", words, field=name)


def _checked(rules: Sequence[PolicyRule]) -> list[PolicyRule]:
    """The rules, or Invalid with the number of the rule (from 1) that is wrong and what would be right."""
    if not 1 <= len(rules) <= MOST_RULES:
        raise Invalid("bad_rules", f"Give 1 to {MOST_RULES} rules.", field="rules")
    seen: set[str] = set()
    for number, rule in enumerate(rules, 1):
        wrong = _wrong_with(rule) or ("Another rule has this name." if rule.name in seen else "")
        if wrong:
            raise Invalid("bad_rule", f"Rule {number} ({rule.name or 'no name'}): {wrong}", field="rules")
        rule.why = inputs.line(rule.why, "rules", 200)
        seen.add(rule.name)
    covered = {kind for rule in rules if _is_open(rule) for kind in rule.kinds or Claim.Kind.values}
    if missing := [str(Claim.Kind(kind).label) for kind in Claim.Kind.values if kind not in covered]:
        words = f"Add a rule that takes every {' or '.join(missing)} claim, without other conditions."
        raise Invalid("not_covered", words, field="rules")
    return list(rules)


def _wrong_with(rule: PolicyRule) -> str:
    dated = rule.dates in (PolicyRule.Dates.BEGINS, PolicyRule.Dates.ENDS)
    checks = [
        (not NAME.fullmatch(rule.name) or len(rule.name) > 40, "Name it in small letters, digits, - and _."),
        (rule.name in RESERVED, f"The name “{rule.name}” is the program's own; take another."),
        (not rule.why.strip(), "Say why, in words."),
        (not set(rule.kinds) <= set(Claim.Kind.values), "There is no such kind."),
        (not set(rule.ratings) <= set(Rating.values), "There is no such rating."),
        (rule.volatility not in ("", *Claim.Volatility.values), "There is no such volatility."),
        (rule.dates not in PolicyRule.Dates.values, "There is no such condition on dates."),
        (rule.wait not in PolicyRule.Wait.values, "Say how long it waits."),
        (
            rule.wait == PolicyRule.Wait.DAYS and not 1 <= (rule.days or 0) <= LONGEST_WAIT,
            f"Give a wait of 1 to {LONGEST_WAIT} days.",
        ),
        (rule.wait != PolicyRule.Wait.DAYS and rule.days is not None, "Days are for a wait in days only."),
        (rule.wait == PolicyRule.Wait.DATE and not dated, "To wait for a date, ask for one that is to come."),
        (rule.within is not None and not dated, "“Within” is for a date that is to come."),
        (rule.within is not None and not 1 <= rule.within <= LONGEST_WAIT, "Give “within” from 1 day on."),
        (rule.topic_id is not None and not Topic.objects.filter(pk=rule.topic_id).exists(), "No such topic."),
    ]
    return next((words for wrong, words in checks if wrong), "")


def _is_open(rule: PolicyRule) -> bool:
    """Whether it asks for nothing but the kind."""
    return not (rule.ratings or rule.topic_id or rule.volatility or rule.dates)


def _names_ever() -> set[str]:
    return set(PolicyRule.objects.values_list("name", flat=True))


def _published() -> Iterator[_Standing]:
    latest = Verdict.objects.filter(claim=OuterRef("pk")).order_by("-number")
    rows = (
        Claim.objects.filter(state=Claim.State.PUBLISHED)
        .annotate(
            open_one=FilteredRelation("rechecks", condition=Q(rechecks__closed_at=None)),
            rating=Subquery(latest.values("rating")[:1]),
            judge=Subquery(latest.values("decided_by")[:1]),
        )
        .order_by("pk")
        .values_list(
            "pk", "kind", "rating", "when", "topic", "volatility", "last_verified_at", "assignee", "judge",
            "open_one__pk", "open_one__due_at", F("open_one__rule"),
        )
    )  # fmt: skip
    for (
        pk, kind, rating, when, topic, volatility, verified_at, assignee, judge, recheck, due_at, rule
    ) in rows.iterator(chunk_size=BATCH):  # fmt: skip
        case = Case(pk, kind, rating or "", when, topic, volatility)
        yield _Standing(case, verified_at, assignee or judge, recheck, due_at, rule or "")


def _when(due: Due | None, weeks: list[date], at: datetime) -> str:
    if due is None:
        return "never"
    if due.at <= at:
        return "now"
    week = week_of(timezone.localdate(due.at))
    return week.isoformat() if week <= weeks[-1] else "later"


def _move(
    standing: _Standing, after: Due | None, policy_names: set[str], at: datetime
) -> tuple[_Standing, Due | None] | None:
    """What becomes of a claim's open re-check; None: nothing."""
    if standing.recheck is None:
        return (standing, after) if after else None
    assert standing.due_at is not None
    if standing.due_at <= at or standing.rule not in policy_names:
        return None
    if after is None:
        return standing, None
    # A wait that is over already falls due now; it is not overdue at once.
    due = Due(max(after.at, at), after.rule, after.why)
    return (standing, due) if (due.at, due.rule) != (standing.due_at, standing.rule) else None


def _moves(rules: Sequence[PolicyRule], at: datetime) -> list[tuple[_Standing, Due | None]]:
    names = _names_ever()
    found = (
        _move(standing, next_due(standing.case, rules, decided_at=standing.verified_at), names, at)
        for standing in _published()
    )
    return [move for move in found if move]


def _carry_out(moves: list[tuple[_Standing, Due | None]], policy: Policy, by: User, at: datetime) -> None:
    moved = [(one.recheck, due) for one, due in moves if one.recheck and due]
    for start in range(0, len(moved), BATCH):
        batch = moved[start : start + BATCH]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE claims_recheck SET due_at = new.due_at, rule = new.rule, why = new.why"
                " FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[])"
                " AS new (id, due_at, rule, why) WHERE claims_recheck.id = new.id",
                [
                    [pk for pk, _ in batch],
                    [due.at for _, due in batch],
                    [due.rule for _, due in batch],
                    [due.why for _, due in batch],
                ],
            )
    ended = [one.recheck for one, due in moves if one.recheck and due is None]
    Recheck.objects.filter(pk__in=ended).update(
        outcome=Recheck.Outcome.SUPERSEDED, closed_at=at, closed_by=by,
        note=f"Policy no. {policy.number}: it is not looked at again.",
    )  # fmt: skip
    Recheck.objects.bulk_create(
        (
            Recheck(
                claim_id=one.case.claim, due_at=max(due.at, at), rule=due.rule, why=due.why,
                assignee_id=one.assignee, created_at=at,
            )
            for one, due in moves
            if one.recheck is None and due
        ),
        batch_size=BATCH,
    )  # fmt: skip
