"""A rating is published only on the independent sources it needs, and after a look at what is against it."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from claims import gates, migrations, redaction, review, verdicts
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Approval, Claim, Evidence, RatingGate, Verdict
from sources.models import Publisher
from tests.factories import NOW, make_claim, make_evidence, make_source, make_user, propose, publish, set_gate

pytestmark = pytest.mark.django_db
WHY = "The court's own register is the only source there can be."


@pytest.fixture(autouse=True)
def gate() -> None:
    for rating in ("true", "mostly_true", "mostly_false", "false"):
        set_gate(rating, 2)


def from_publisher(claim: Claim, name: str, **fields: object) -> Evidence:
    publisher, _ = Publisher.objects.get_or_create(name=name)
    return make_evidence(claim, source=make_source(publisher=publisher), **fields)


def approve(claim: Claim, rating: str = "true", *, role: str = "editor", **fields: object) -> Verdict:
    by = make_user(role)
    return review.approve(proposal=propose(claim, rating), by=by, at=NOW, **fields)  # type: ignore[arg-type]


def test_what_holds_or_does_not_needs_two_from_the_start() -> None:
    RatingGate.objects.all().delete()
    (path,) = Path(migrations.__path__[0]).glob("*_review_roles.py")
    import_module(f"claims.migrations.{path.stem}").make_gates(apps, None)
    needed = {rating for rating, sources in gates.needs().items() if sources}
    assert needed == {"true", "mostly_true", "mostly_false", "false"}
    assert len(gates.needs()) == 12
    assert gates.needs()["true"] == 2


@pytest.mark.parametrize(
    ("rating", "stance"),
    [("true", "supports"), ("mostly_true", "supports"), ("false", "refutes"), ("mostly_false", "refutes")],
)
def test_two_independent_sources_of_its_side_are_enough(rating: str, stance: str) -> None:
    claim = make_claim()
    make_evidence(claim, stance=stance)
    proposal = propose(claim, rating)
    with pytest.raises(Conflict) as refused:
        review.approve(proposal=proposal, by=make_user("editor"), at=NOW)
    assert (refused.value.code, refused.value.field) == ("gate_not_met", "override")
    make_evidence(claim, stance=stance)
    assert review.approve(proposal=proposal, by=make_user(), at=NOW).rating == rating
    assert (Approval.objects.get().needed, Approval.objects.get().independent) == (2, 2)


@pytest.mark.parametrize("stance", ["refutes", "context"])
def test_sources_of_another_stance_do_not_count(stance: str) -> None:
    claim = make_claim()
    for _ in range(2):
        make_evidence(claim, stance=stance)
    assert gates.standing_of(claim, "true").origins == ()


def test_sources_of_one_origin_count_once() -> None:
    claim = make_claim()
    from_publisher(claim, "Harbour Gazette")
    from_publisher(claim, "Harbour Gazette")
    assert gates.standing_of(claim, "true").origins == ("Harbour Gazette",)
    from_publisher(claim, "Lindholm Post", independence_group="AP report")
    from_publisher(claim, "Coast Radio", independence_group="ap REPORT")
    assert gates.standing_of(claim, "true").origins == ("Harbour Gazette", "AP report")
    make_evidence(claim, source=make_source(title="Council minutes"))
    standing = gates.standing_of(claim, "true")
    assert standing.origins[-1] == "Council minutes"
    assert standing.met


def test_two_quotes_of_a_source_without_publisher_count_once() -> None:
    claim, source = make_claim(), make_source()
    for quote in ("It is closed.", "It stays closed."):
        make_evidence(claim, source=source, quote=quote)
    assert len(gates.standing_of(claim, "true").origins) == 1


def test_it_says_what_is_missing() -> None:
    claim = make_claim()
    assert gates.standing_of(claim, "false").words == (
        "False needs 2 independent sources against the claim, none so far."
    )
    from_publisher(claim, "Harbour Gazette")
    assert gates.standing_of(claim, "true").words == (
        "True needs 2 independent sources for the claim, 1 so far: Harbour Gazette."
    )
    assert gates.standing_of(claim, "opinion").words == ""


def test_ratings_without_a_gate_need_nothing() -> None:
    assert approve(make_claim(), "unproven", role="reviewer").rating == "unproven"
    RatingGate.objects.filter(rating="true").delete()
    assert approve(make_claim(), "true", role="reviewer").rating == "true"


def test_a_rating_between_the_sides_counts_both() -> None:
    set_gate("half_true", 2)
    claim = make_claim()
    make_evidence(claim, stance="supports")
    make_evidence(claim, stance="refutes")
    assert approve(claim, "half_true").rating == "half_true"


def test_an_editor_overrides_with_a_reason_that_is_kept() -> None:
    verdict = approve(make_claim(), override=WHY)
    approval = verdict.proposal.approval
    assert (approval.needed, approval.independent, approval.override) == (2, 0, WHY)
    assert approval.by == verdict.approved_by


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_override_needs_words(words: str) -> None:
    with pytest.raises(Conflict):
        approve(make_claim(), override=words)
    assert not Verdict.objects.exists()


def test_a_reviewer_does_not_override() -> None:
    with pytest.raises(Forbidden):
        approve(make_claim(), role="reviewer", override=WHY)
    assert not Verdict.objects.exists()


def test_a_reason_that_is_not_needed_is_not_kept() -> None:
    set_gate("true", 0)
    assert approve(make_claim(), role="reviewer", override=WHY).proposal.approval.override == ""


def test_a_withdrawal_passes_no_gate() -> None:
    claim = make_claim()
    approve(claim, override=WHY)
    proposal = verdicts.submit_withdrawal(
        claim=claim, follows=1, reason="No record.", applies_from=NOW.date(), by=make_user(), at=NOW
    )
    assert review.approve(proposal=proposal, by=make_user(), at=NOW).rating == ""
    assert Approval.objects.count() == 1


# What speaks against it.


@pytest.mark.parametrize(("rating", "against"), [("true", "refutes"), ("false", "supports")])
def test_evidence_against_it_that_is_not_dealt_with_has_to_be_seen(rating: str, against: str) -> None:
    set_gate(rating, 0)
    claim = make_claim()
    item = make_evidence(claim, stance=against)
    proposal, edith = propose(claim, rating), make_user("editor")
    with pytest.raises(Conflict) as refused:
        review.approve(proposal=proposal, by=edith, at=NOW)
    assert (refused.value.code, refused.value.data["evidence"]) == ("contrary_unseen", [item.pk])
    assert str(item.source) in refused.value.message
    verdict = review.approve(proposal=proposal, seen=[item.pk], by=edith, at=NOW)
    assert verdict.proposal.approval.unaddressed == [item.pk]


def test_what_came_after_the_look_has_to_be_seen_too() -> None:
    set_gate("true", 0)
    claim = make_claim()
    first = make_evidence(claim, stance="refutes")
    proposal = propose(claim)
    late = make_evidence(claim, stance="refutes")
    with pytest.raises(Conflict) as refused:
        review.approve(proposal=proposal, seen=[first.pk], by=make_user(), at=NOW)
    assert refused.value.data["evidence"] == [late.pk]


def test_what_the_reason_deals_with_is_not_pointed_out() -> None:
    set_gate("true", 0)
    claim = make_claim()
    item = make_evidence(claim, stance="refutes")
    proposal = propose(claim, addressed=[item.pk])
    assert review.approve(proposal=proposal, by=make_user(), at=NOW).proposal.approval.unaddressed == []


def test_only_evidence_of_the_claim_is_dealt_with() -> None:
    stranger = make_evidence(make_claim())
    with pytest.raises(Invalid) as refused:
        propose(make_claim(), addressed=[stranger.pk])
    assert refused.value.field == "addressed"


@pytest.mark.parametrize("rating", ["half_true", "misleading", "unproven"])
def test_off_the_sides_nothing_is_against_it(rating: str) -> None:
    claim = make_claim()
    make_evidence(claim, stance="refutes")
    assert approve(claim, rating).rating == rating


# The gates, and the record.


def test_an_editor_changes_a_gate_and_the_audit_keeps_it() -> None:
    gate = RatingGate.objects.get(rating="true")
    gates.change(gate=gate, sources=3, by=make_user("editor"), at=NOW)
    assert gates.needs()["true"] == 3
    assert RatingGate.pgh_event_model.objects.filter(pgh_obj=gate, sources=3).exists()


def test_a_reviewer_changes_no_gate() -> None:
    with pytest.raises(Forbidden):
        gates.change(gate=RatingGate.objects.get(rating="true"), sources=0, by=make_user(), at=NOW)


@pytest.mark.parametrize("sources", [-1, 11])
def test_a_gate_is_a_small_number(sources: int) -> None:
    with pytest.raises(Invalid) as refused:
        gates.change(
            gate=RatingGate.objects.get(rating="true"), sources=sources, by=make_user("editor"), at=NOW
        )
    assert refused.value.field == "sources"


def test_the_database_keeps_an_approval_as_it_is() -> None:
    approve(make_claim(), override=WHY)
    for change in ({"override": "Softer."}, {"needed": 0}, {"override": "Redacted."}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Approval.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Approval.objects.all()._raw_delete(using="default")


def test_the_database_takes_no_approval_below_its_gate_without_words() -> None:
    proposal, by = propose(make_claim()), make_user()
    with pytest.raises(IntegrityError, match="approval_gate_met_or_overridden"), transaction.atomic():
        Approval.objects.create(proposal=proposal, needed=2, independent=1, by=by, at=NOW)


def test_a_redaction_takes_the_reason_of_the_override() -> None:
    set_gate("true", 2)
    verdict = publish(make_claim(), override=WHY)
    redaction.redact(verdict=verdict, why="A court's order.", by=make_user("administrator"), at=NOW)
    assert Approval.objects.get().override == "Redacted."
