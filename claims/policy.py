"""The re-check policy in force, and what it says of a claim: when to look again, by which rule, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.utils import timezone

from claims.models import Claim, Policy, PolicyRule, Rating
from claims.when import first_day, in_words, last_begins

Dates, Wait = PolicyRule.Dates, PolicyRule.Wait

# The hour of the day, in the site's time zone, at which a re-check falls due.
DUE_HOUR = time(8, 0)
# A wait in days is longer or shorter by up to a tenth, so that what came together does not fall due together.
SPREAD = 10
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Due:
    """When to look again, by which rule, and why in words."""

    at: datetime
    rule: str
    why: str


@dataclass(frozen=True)
class Terms:
    """What the policy says of re-checks that are due: in days, `snooze_times` in times."""

    overdue_after: int
    stale_after: int
    snooze_days: int
    snooze_times: int
    acknowledge_days: int

    def overdue_from(self, at: datetime) -> datetime:
        """What was due by then is overdue at `at`."""
        return at - timedelta(days=self.overdue_after)

    def stale_from(self, at: datetime) -> datetime:
        return at - timedelta(days=self.stale_after)


TERMS = tuple(field.name for field in fields(Terms))


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at in a claim. `when` as the claim has it, `topic` its id."""

    claim: int
    kind: str
    rating: str
    when: str = ""
    topic: int | None = None
    volatility: str = Claim.Volatility.NORMAL


def case_of(claim: Claim, rating: str) -> Case:
    """A claim whose newest verdict has this rating."""
    return Case(claim.pk, claim.kind, rating, claim.when, claim.topic_id, claim.volatility)


def in_force() -> list[PolicyRule]:
    """The rules of the newest version, in their order."""
    newest = Policy.objects.order_by("-number").values("pk")[:1]
    rules = list(PolicyRule.objects.filter(policy__in=newest).select_related("topic").order_by("position"))
    if not rules:
        raise LookupError("there is no re-check policy; manage.py migrate makes the first")
    return rules


def terms() -> Terms:
    """Those of the newest version."""
    newest = Policy.objects.order_by("-number").values(*TERMS).first()
    if newest is None:
        raise LookupError("there is no re-check policy; manage.py migrate makes the first")
    return Terms(**newest)


def next_due(case: Case, rules: Sequence[PolicyRule], *, decided_at: datetime) -> Due | None:
    """The first rule that fits, for a claim verified at `decided_at`; None: it is not looked at again.

    A withdrawn verdict (no rating) comes before all rules: the claim is due that day.
    """
    day = timezone.localdate(decided_at)
    if not case.rating:
        return Due(morning(day), WITHDRAWN, "Its verdict was withdrawn; somebody has to say what is so.")
    begins, ends = first_day(case.when), last_begins(case.when)
    for rule in rules:
        if not (_is_about(rule, case) and _dates_fit(rule, begins, ends, day)):
            continue
        if rule.wait == Wait.NEVER:
            return None
        if rule.wait == Wait.DATE:
            comes = begins if rule.dates == Dates.BEGINS else ends
            assert comes is not None
            return Due(morning(comes), rule.name, f"{rule.why.rstrip('.')}: {in_words(case.when)}.")
        assert rule.days is not None
        wait = rule.days + spread(case.claim, rule.days)
        return Due(morning(day + timedelta(days=wait)), rule.name, rule.why)
    return None


def spread(claim: int, days: int) -> int:
    """Days to add to a wait: always the same for a claim, from -days/10 to +days/10."""
    most = days // SPREAD
    share = int.from_bytes(sha256(str(claim).encode()).digest()[:4])
    return share % (2 * most + 1) - most


def morning(day: date) -> datetime:
    """The moment of a day at which its re-checks fall due."""
    return timezone.make_aware(datetime.combine(day, DUE_HOUR))


def applies_to(rule: PolicyRule) -> str:
    """A rule's conditions in words: "a status that changes fast, rated unproven"."""
    *others, last = [_with_article(kind) for kind in rule.kinds] or ["any claim"]
    words = f"{', '.join(others)} or {last}" if others else last
    if rule.topic:
        words += f" about {rule.topic}"
    if rule.volatility:
        words += f" that changes {Claim.Volatility(rule.volatility).label}"
    if rule.dates:
        words += f" with {Dates(rule.dates).label}"
        words += f" within {rule.within} days" if rule.within else ""
    if rule.ratings:
        words += f", rated {' or '.join(Rating(rating).label.lower() for rating in rule.ratings)}"
    return words


def wait_in_words(rule: PolicyRule) -> str:
    if rule.wait == Wait.DAYS:
        return f"after {rule.days} days"
    return "on that day" if rule.wait == Wait.DATE else "none"


def _with_article(kind: str) -> str:
    if kind == Claim.Kind.BACKGROUND:
        return kind
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _is_about(rule: PolicyRule, case: Case) -> bool:
    return (
        (not rule.kinds or case.kind in rule.kinds)
        and (not rule.ratings or case.rating in rule.ratings)
        and (rule.topic_id is None or case.topic == rule.topic_id)
        and (not rule.volatility or case.volatility == rule.volatility)
    )


def _dates_fit(rule: PolicyRule, begins: date | None, ends: date | None, day: date) -> bool:
    if rule.dates == Dates.ANY:
        return True
    if begins is None or ends is None:
        return rule.dates == Dates.NONE
    if rule.dates == Dates.PASSED:
        return ends <= day
    comes = {Dates.BEGINS: begins, Dates.ENDS: ends}.get(Dates(rule.dates))
    if comes is None or comes <= day:
        return False
    return rule.within is None or comes <= day + timedelta(days=rule.within)
