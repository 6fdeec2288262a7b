"""Links between claims, and the look that a verdict on one calls for at another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from claims import inputs, rechecks, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Claim, ClaimLink, Rating, User, Verdict
from claims.models.verdict import TRUTH_AXIS

Kind = ClaimLink.Kind
RULE = "linked_verdict"
HOLDS, FAILS = 4, 2


def link(*, claim: Claim, other: Claim, kind: str, by: User, at: datetime) -> ClaimLink:
    """Say that `claim` contradicts, says the same as or follows from `other`.

    Where both are published and their verdicts do not go together, both are looked at again.
    """
    require(by, "add_claimlink", "link claims")
    chosen = inputs.choice(kind, "kind", Kind)
    if claim.pk == other.pk:
        raise Invalid("same_claim", "Choose another claim than this one.", field="other")
    first, second = claim, other
    if chosen != Kind.FOLLOWS and second.pk < first.pk:
        first, second = second, first
    with transaction.atomic():
        _lock({first.pk, second.pk})
        for row in Claim.objects.in_bulk([first.pk, second.pk]).values():
            standing.check(row)
        try:
            with transaction.atomic():
                made = ClaimLink.objects.create(
                    claim=first, other=second, kind=chosen, linked_by=by, linked_at=at
                )
        except IntegrityError as error:
            words = "These two claims are linked already. Take that link away first."
            raise Conflict("linked_already", words, field="other") from error
        _call_for_both(made, cause=f"link:{made.pk}", at=at)
    return made


def unlink(*, link: ClaimLink, by: User) -> None:
    """Take a link away; the audit keeps it."""
    require(by, "delete_claimlink", "take links away")
    link.delete()


def move(*, claim: Claim, to: Claim, at: datetime) -> None:
    """After a merge, within its transaction: the links of `claim` become those of `to`, where it has none.

    What does not go together by a moved link is looked at again, as when it was made.
    """
    linked = {claim.pk, to.pk, *_others(to)}
    rows = ClaimLink.objects.filter(Q(claim=claim) | Q(other=claim)).order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        is_first = row.claim_id == claim.pk
        other = row.other_id if is_first else row.claim_id
        if other in linked:
            continue
        pair = (to.pk, other) if is_first else (other, to.pk)
        row.claim_id, row.other_id = pair if row.kind == Kind.FOLLOWS else sorted(pair)
        row.save(update_fields=["claim", "other"])
        _call_for_both(row, cause=f"link:{row.pk}:{to.pk}", at=at)


def links_of(claim: Claim) -> list[tuple[ClaimLink, str, Claim]]:
    """A claim's links as (link, what this claim does to the other, the other claim).

    What stayed behind on a merged claim is not among them.
    """
    rows = ClaimLink.objects.filter(
        Q(claim=claim) | Q(other=claim), claim__merged_into=None, other__merged_into=None
    )
    found = []
    for row in rows.select_related("claim", "other").defer("claim__search", "other__search"):
        is_first = row.claim_id == claim.pk
        words = str(row.get_kind_display()) if is_first or row.kind != Kind.FOLLOWS else "is a ground for"
        found.append((row, words, row.other if is_first else row.claim))
    return found


def lock_with_linked(*ids: int) -> None:
    """Lock claims and all that are linked with them, in one order: two verdicts at once do not deadlock."""
    pairs = ClaimLink.objects.filter(Q(claim__in=ids) | Q(other__in=ids)).values_list("claim", "other")
    _lock({*ids, *(pk for pair in pairs for pk in pair)})


def after_verdict(*, verdict: Verdict, at: datetime) -> None:
    """Bring forward the re-checks of linked claims whose own verdict does not go with this one, once each.

    Called within the review's transaction, after `lock_with_linked`.
    """
    for row, _, other in sorted(links_of(verdict.claim), key=lambda found: found[2].pk):
        _call_for_a_look(row, other, verdict, cause=f"verdict:{verdict.pk}", at=at)


def clash(kind: str, one: str, other: str) -> bool:
    """Whether two ratings do not go together; for `follows`, `one` is of the claim that follows."""
    if kind == Kind.SAME:
        return one != other
    if kind == Kind.CONTRADICTS:
        return _number(one) >= HOLDS and _number(other) >= HOLDS
    numbers = sorted((_number(one), _number(other)))
    return 0 < numbers[0] <= FAILS and numbers[1] >= HOLDS


def _number(rating: str) -> int:
    """5 (true) to 1 (false); 0 off the truth axis."""
    return TRUTH_AXIS.get(Rating(rating), 0)


def _others(claim: Claim) -> set[int]:
    pairs = ClaimLink.objects.filter(Q(claim=claim) | Q(other=claim)).values_list("claim", "other")
    return {pk for pair in pairs for pk in pair}


def _call_for_both(row: ClaimLink, *, cause: str, at: datetime) -> None:
    """Where the verdicts of two linked claims do not go together."""
    claims = Claim.objects.in_bulk([row.claim_id, row.other_id])
    first, second = sorted(claims.values(), key=lambda claim: claim.pk)
    for one, judged in ((first, second), (second, first)):
        verdict = judged.verdicts.order_by("-number").first()
        if verdict:
            _call_for_a_look(row, one, verdict, cause=cause, at=at)


def _call_for_a_look(row: ClaimLink, claim: Claim, verdict: Verdict, *, cause: str, at: datetime) -> None:
    own = claim.verdicts.order_by("-number").first()
    if own is None or not (own.rating and verdict.rating) or not clash(row.kind, own.rating, verdict.rating):
        return
    is_first = row.claim_id == claim.pk
    relation = {
        Kind.CONTRADICTS: "A claim that contradicts it",
        Kind.SAME: "A claim that says the same",
        Kind.FOLLOWS: "The claim it follows from" if is_first else "A claim that follows from it",
    }[Kind(row.kind)]
    why = f"{relation} is now rated {verdict.get_rating_display().lower()}: {verdict.claim.text}"
    rechecks.bring_forward(claim=claim, rule=RULE, why=why, cause=cause, at=at)


def _lock(ids: Iterable[int]) -> None:
    list(Claim.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
