"""The blind second rating: somebody rates a claim before seeing the first rating, and how well two agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from claims import inputs, standing
from claims.errors import Conflict, Forbidden, require
from claims.models import BlindSwitch, Claim, Proposal, Rating, SecondRating, Topic, User

Pair = tuple[str, str]


@dataclass(frozen=True)
class Agreement:
    """How two raters of the same claims agree. `topic` is empty for claims without one.

    `agreed` counts the pairs with the same rating; `kappa` is None where it is not defined.
    """

    topic: str
    pairs: int
    agreed: int
    kappa: float | None


def is_on(claim: Claim) -> bool:
    """Whether verdicts on this claim are to be rated blind by a second person."""
    asked = Q(topic=None, claim=None) | Q(claim=claim)
    if claim.topic_id:
        asked |= Q(topic=claim.topic_id)
    return BlindSwitch.objects.filter(asked).exists()


def switch_on(
    *, topic: Topic | None = None, claim: Claim | None = None, by: User, at: datetime
) -> BlindSwitch:
    """Ask for a blind second rating of one claim, of a topic's claims, or of all; proposals from now on."""
    require(by, "add_blindswitch", "ask for blind second ratings")
    if claim is not None:
        standing.check(claim)
    try:
        with transaction.atomic():
            return BlindSwitch.objects.create(topic=topic, claim=claim, set_by=by, set_at=at)
    except IntegrityError as error:
        raise Conflict("on_already", "A blind second rating is asked for already.") from error


def switch_off(*, switch: BlindSwitch, by: User) -> None:
    """Ask for it no longer. A proposal that is sealed already stays so until somebody has rated."""
    require(by, "delete_blindswitch", "end blind second ratings")
    switch.delete()


def rate(*, proposal: Proposal, rating: str, reason: str, by: User, at: datetime) -> SecondRating:
    """Rate the claim of a sealed proposal; the pair is stored, and the proposal opens for everybody."""
    require(by, "add_secondrating", "give a second rating")
    chosen = inputs.choice(rating, "rating", Rating)
    reason = inputs.text(reason, "reason", required=True)
    with transaction.atomic():
        Claim.objects.select_for_update(of=("self",)).get(pk=proposal.claim_id)
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if proposal.submitted_by_id == by.pk:
            raise Forbidden("four_eyes", "You submitted this verdict: somebody else has to rate it blind.")
        if not proposal.sealed:
            raise Conflict("not_sealed", "It is open already: somebody has rated it, or it was decided.")
        proposal.sealed = False
        proposal.save(update_fields=["sealed"])
        return SecondRating.objects.create(
            proposal=proposal, first=proposal.rating, first_by=proposal.submitted_by, rating=chosen,
            reason=reason, by=by, at=at,
        )  # fmt: skip


def agreement() -> tuple[Agreement, list[Agreement]]:
    """How first and second ratings agree: over all claims, and by topic in the order of names."""
    rows = SecondRating.objects.values_list("first", "rating", "proposal__claim__topic__name")
    by_topic: dict[str, list[Pair]] = defaultdict(list)
    for first, second, topic in rows.order_by():
        by_topic[topic or ""].append((first, second))
    every = [pair for pairs in by_topic.values() for pair in pairs]
    return _agreement("", every), [_agreement(name, by_topic[name]) for name in sorted(by_topic)]


def cohens_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's unweighted kappa: 1 where all agree, 0 where no more do than by chance.

    None without pairs, and where chance alone would agree always (both gave everything one rating).
    """
    if not pairs:
        return None
    first, second = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    agreed = sum(one == other for one, other in pairs)
    by_chance = sum(first[rating] * second[rating] for rating in first)
    if by_chance == len(pairs) ** 2:
        return None
    chance = by_chance / len(pairs) ** 2
    return (agreed / len(pairs) - chance) / (1 - chance)


def _agreement(topic: str, pairs: Sequence[Pair]) -> Agreement:
    agreed = sum(one == other for one, other in pairs)
    return Agreement(topic, len(pairs), agreed, cohens_kappa(pairs))
