"""What a rating needs before it is published: independent sources, and an eye on what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from claims.errors import Invalid, require
from claims.models import Claim, Evidence, Rating, RatingGate, User
from claims.models.review import MOST_SOURCES

Stance = Evidence.Stance
HOLDS = (Rating.TRUE, Rating.MOSTLY_TRUE)
FAILS = (Rating.FALSE, Rating.MOSTLY_FALSE)


@dataclass(frozen=True)
class Standing:
    """What a rating has behind it and against it. `origins` are its independent sources, by name."""

    rating: Rating
    needed: int
    origins: tuple[str, ...]
    contrary: tuple[Evidence, ...]

    @property
    def met(self) -> bool:
        return len(self.origins) >= self.needed

    @property
    def words(self) -> str:
        """As "True needs 2 independent sources, 1 so far: Harbour Gazette."; empty where it needs none."""
        if not self.needed:
            return ""
        sources = "1 independent source" if self.needed == 1 else f"{self.needed} independent sources"
        so_far = f"{len(self.origins)} so far: {', '.join(self.origins)}" if self.origins else "none so far"
        return f"{self.rating.label} needs {sources} {_for_what(self.rating)}, {so_far}."

    def unaddressed(self, addressed: Iterable[int]) -> tuple[Evidence, ...]:
        """The evidence against the rating but for these, which its reason deals with."""
        known = set(addressed)
        return tuple(item for item in self.contrary if item.pk not in known)


def needs() -> dict[str, int]:
    """How many independent sources each rating needs; ratings that need none may be missing."""
    return dict(RatingGate.objects.values_list("rating", "sources"))


def standing(*, rating: str, evidence: Iterable[Evidence], needed: int) -> Standing:
    """How this evidence of a claim bears on a rating; it comes with its source and publisher."""
    given = Rating(rating)
    items = list(evidence)
    origins: dict[tuple[str, str | int], str] = {}
    for item in items:
        if item.stance in bearing(given):
            key, name = origin(item)
            origins.setdefault(key, name)
    against = _against(given)
    return Standing(
        rating=given,
        needed=needed,
        origins=tuple(origins.values()),
        contrary=tuple(item for item in items if item.stance == against),
    )


def standing_of(claim: Claim, rating: str) -> Standing:
    """As `standing`, of what is attached now and the gates as they are now."""
    return standing(rating=rating, evidence=evidence_of(claim), needed=needs().get(rating, 0))


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """A claim's evidence with what tells where it comes from."""
    return claim.evidence.select_related("source__publisher").order_by("added_at", "pk")


def origin(item: Evidence) -> tuple[tuple[str, str | int], str]:
    """Where evidence comes from, as a key and a name: its group, else the publisher, else the source itself.

    Evidence with the same key counts once.
    """
    group, source = item.independence_group, item.source
    if group:
        return ("group", group.casefold()), group
    if source.publisher:
        return ("publisher", source.publisher.pk), source.publisher.name
    return ("source", source.pk), str(source)


def bearing(rating: Rating) -> tuple[Stance, ...]:
    """The stances that count for a rating; off the sides, either."""
    if rating in HOLDS:
        return (Stance.SUPPORTS,)
    return (Stance.REFUTES,) if rating in FAILS else (Stance.SUPPORTS, Stance.REFUTES)


def change(*, gate: RatingGate, sources: int, by: User, at: datetime) -> RatingGate:
    """Let a rating need this many independent sources from now on; what is published stays."""
    require(by, "change_ratinggate", "change the gates of ratings")
    if not 0 <= sources <= MOST_SOURCES:
        raise Invalid("out_of_range", f"Give a number from 0 to {MOST_SOURCES}.", field="sources")
    gate.sources = sources
    gate.save(update_fields=["sources"])
    return gate


def _against(rating: Rating) -> Stance | None:
    if rating in HOLDS:
        return Stance.REFUTES
    return Stance.SUPPORTS if rating in FAILS else None


def _for_what(rating: Rating) -> str:
    if rating in HOLDS:
        return "for the claim"
    return "against the claim" if rating in FAILS else "for or against the claim"
