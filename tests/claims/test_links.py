"""Linked claims: a verdict on one calls for a look at the other where the two do not go together."""

import pytest
from django.db import IntegrityError, transaction

from claims import drafts, links, review
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, ClaimLink, Recheck, RecheckCause
from tests.factories import NOW, days, make_article, make_claim, make_user, propose, publish

pytestmark = pytest.mark.django_db


def two(**fields: str) -> tuple[Claim, Claim]:
    return make_claim(**fields), make_claim(**fields)


def joined(claim: Claim, other: Claim, kind: str) -> ClaimLink:
    return links.link(claim=claim, other=other, kind=kind, by=make_user(), at=NOW)


def is_called_for(claim: Claim) -> bool:
    return claim.rechecks.filter(closed_at=None, rule="linked_verdict").exists()


@pytest.mark.parametrize("kind", ["contradicts", "same"])
def test_a_link_both_ways_is_stored_once(kind: str) -> None:
    claim, other = two()
    made = joined(other, claim, kind)
    assert (made.claim, made.other) == (claim, other)
    with pytest.raises(Conflict):
        joined(claim, other, kind)
    assert [found[2] for found in links.links_of(claim)] == [other]
    assert [found[2] for found in links.links_of(other)] == [claim]


def test_what_follows_has_a_direction() -> None:
    claim, other = two()
    joined(other, claim, "follows")
    assert [found[1] for found in links.links_of(other)] == ["follows from"]
    assert [found[1] for found in links.links_of(claim)] == ["is a ground for"]


def test_a_pair_has_one_link_in_the_database_too() -> None:
    claim, other = two()
    joined(claim, other, "contradicts")
    for first, second, kind in ((other, claim, "follows"), (other, claim, "same"), (claim, claim, "follows")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimLink.objects.create(
                claim=first, other=second, kind=kind, linked_by=make_user(), linked_at=NOW
            )


def test_a_claim_is_not_linked_with_itself_nor_in_another_way() -> None:
    claim, other = two()
    for bad in ({"other": claim, "kind": "same"}, {"other": other, "kind": "is like"}):
        with pytest.raises(Invalid):
            links.link(claim=claim, by=make_user(), at=NOW, **bad)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        links.link(claim=claim, other=other, kind="same", by=make_user("contributor"), at=NOW)


@pytest.mark.parametrize(
    ("kind", "one", "other", "expected"),
    [
        ("contradicts", "true", "mostly_true", True),
        ("contradicts", "true", "false", False),
        ("contradicts", "false", "false", False),
        ("contradicts", "true", "satire", False),
        ("same", "true", "false", True),
        ("same", "true", "mostly_true", True),
        ("same", "unproven", "unproven", False),
        ("follows", "true", "false", True),
        ("follows", "false", "true", True),
        ("follows", "true", "true", False),
        ("follows", "true", "unproven", False),
        ("follows", "half_true", "true", False),
    ],
)
def test_which_verdicts_do_not_go_together(kind: str, one: str, other: str, expected: bool) -> None:
    assert links.clash(kind, one, other) is expected


def test_a_contradicting_verdict_brings_the_other_ones_look_forward_once() -> None:
    claim, other = two()
    publish(claim, "true")
    joined(claim, other, "contradicts")
    assert not is_called_for(claim)
    publish(other, "true", at=NOW + days(1))
    recheck = claim.rechecks.get()
    assert (recheck.due_at, recheck.rule) == (NOW + days(1), "linked_verdict")
    assert recheck.why == f"A claim that contradicts it is now rated true: {other.text}"
    assert RecheckCause.objects.count() == 1
    assert not is_called_for(other)


def test_a_verdict_that_goes_with_it_calls_for_nothing() -> None:
    claim, other = two()
    publish(claim, "true")
    joined(claim, other, "contradicts")
    publish(other, "false", at=NOW + days(1))
    assert not RecheckCause.objects.exists()


def test_the_ground_of_a_claim_falls() -> None:
    ground, claim = two()
    publish(claim, "true")
    publish(ground, "true")
    joined(claim, ground, "follows")
    publish(ground, "false", change="world_changed", at=NOW + days(1))
    assert is_called_for(claim)
    assert claim.rechecks.get().why.startswith("The claim it follows from is now rated false")


def test_linking_two_that_contradict_each_other_calls_for_both() -> None:
    claim, other = two()
    publish(claim, "true")
    publish(other, "true")
    joined(claim, other, "contradicts")
    assert is_called_for(claim)
    assert is_called_for(other)


def test_a_link_taken_away_calls_for_nothing_and_is_audited() -> None:
    claim, other = two()
    publish(claim, "true")
    made = joined(claim, other, "contradicts")
    with pytest.raises(Forbidden):
        links.unlink(link=made, by=make_user("contributor"))
    links.unlink(link=made, by=make_user())
    publish(other, "true", at=NOW + days(1))
    assert not is_called_for(claim)
    events = ClaimLink.events.rel.related_model.objects  # type: ignore[attr-defined]
    assert list(events.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_nothing_is_called_for_where_the_verdict_is_not_published() -> None:
    claim, other = two()
    publish(claim, "true")
    joined(claim, other, "contradicts")
    waiting = propose(other, "true")
    review.send_back(proposal=waiting, note="More.", by=make_user(), at=NOW)
    assert not Recheck.objects.filter(rule="linked_verdict").exists()


def test_a_linked_draft_outlives_a_second_extraction() -> None:
    article = make_article()
    draft = make_claim(article, state="new")
    joined(draft, make_claim(), "same")
    assert draft.pk not in drafts.untouched(article)
