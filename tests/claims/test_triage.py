"""Drafts are accepted, rejected, edited, added and assigned."""

import pytest

from claims import rechecks, triage
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Claimant, User
from tests.factories import NOW, make_article, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def test_a_draft_is_accepted() -> None:
    claim = triage.accept(claim=make_claim(state="new"), by=make_user("contributor"), at=NOW)
    assert claim.state == Claim.State.IN_PROGRESS


def test_a_rejected_draft_is_retired_with_its_reason_and_can_be_restored() -> None:
    by = make_user("contributor")
    claim = triage.reject(claim=make_claim(state="new"), why="An opinion", by=by, at=NOW)
    assert (claim.state, claim.retired_why) == (Claim.State.RETIRED, "An opinion")
    claim = triage.restore(claim=claim, by=by, at=NOW)
    assert (claim.state, claim.retired_why) == (Claim.State.NEW, "")


def test_a_rejection_needs_a_reason() -> None:
    with pytest.raises(Invalid) as refused:
        triage.reject(claim=make_claim(), why="  ", by=make_user("contributor"), at=NOW)
    assert refused.value.field == "why"


def test_a_published_claim_cannot_be_rejected() -> None:
    claim = make_claim()
    publish(claim)
    with pytest.raises(Conflict):
        triage.reject(claim=claim, why="Too late", by=make_user("editor"), at=NOW)


def test_editing_counts_the_revision_and_resolves_the_draft() -> None:
    claim = make_claim(unresolved=True)
    edited = triage.edit(
        claim=claim,
        revision=1,
        text="The bridge  is shut.",
        claimant="Ines Falk",
        when="2026-03",
        by=make_user(),
        at=NOW,
    )
    assert (edited.text, edited.revision, edited.unresolved) == ("The bridge is shut.", 2, False)
    assert edited.claimant == Claimant.objects.get(name="Ines Falk")


def test_an_edit_of_an_old_revision_is_refused_with_the_claim_as_it_is() -> None:
    claim = make_claim()
    triage.edit(claim=claim, revision=1, text="First.", by=make_user(), at=NOW)
    with pytest.raises(Conflict) as refused:
        triage.edit(claim=claim, revision=1, text="Second.", by=make_user(), at=NOW)
    assert refused.value.data["text"] == "First."
    assert refused.value.data["revision"] == 2


def test_saving_without_a_change_is_no_edit() -> None:
    claim = make_claim()
    assert triage.edit(claim=claim, revision=1, text=claim.text, by=make_user(), at=NOW).revision == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 2001),
        ("kind", "rumour"),
        ("when", "next week"),
        ("when", "2026-13"),
        ("when", "2026-05/2026-03"),
        ("claimant", "x" * 201),
    ],
)
def test_a_bad_edit_names_its_field(field: str, value: str) -> None:
    claim = make_claim()
    with pytest.raises(Invalid) as refused:
        triage.edit(claim=claim, revision=1, by=make_user(), at=NOW, **{field: value})
    assert refused.value.field == field


def test_a_claimant_is_found_by_alias_and_by_any_case() -> None:
    falk = Claimant.objects.create(name="Ines Falk", aliases=["Mayor Falk"])
    for name in ("Mayor Falk", "INES FALK"):
        claim = triage.edit(claim=make_claim(), revision=1, claimant=name, by=make_user(), at=NOW)
        assert claim.claimant == falk


def test_a_claim_is_added_at_a_selected_passage() -> None:
    article = make_article()
    claim = triage.add_claim(
        article=article, start=4, end=30, text="A claim.", kind="event", by=make_user(), at=NOW
    )
    appearance = claim.appearances.get()
    assert appearance.sentence == article.text[4:30]
    assert appearance.prefix == article.text[:4]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (0, 10_000)])
def test_a_claim_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(Invalid) as refused:
        triage.add_claim(
            article=make_article(),
            start=start,
            end=end,
            text="A claim.",
            kind="event",
            by=make_user(),
            at=NOW,
        )
    assert refused.value.field == "start"


def test_claims_are_assigned_together_with_their_open_rechecks() -> None:
    claims, rita = [make_claim(), make_claim()], make_user()
    publish(claims[0])
    assert triage.assign(claims=claims, assignee=rita, by=make_user("editor"), at=NOW) == 2
    claims[0].refresh_from_db()
    assert claims[0].assignee == rita
    assert claims[0].rechecks.open().get().assignee == rita


def test_nobody_is_assigned_who_has_left() -> None:
    with pytest.raises(Invalid):
        triage.assign(
            claims=[make_claim()], assignee=make_user(is_active=False), by=make_user("editor"), at=NOW
        )


def test_who_has_no_role_triages_nothing() -> None:
    with pytest.raises(Forbidden):
        triage.accept(claim=make_claim(), by=User.objects.create_user("outsider"), at=NOW)


def test_a_draft_that_was_made_again_meanwhile_is_refused_in_words() -> None:
    claim = make_claim(state="new")
    Claim.objects.filter(pk=claim.pk).delete()
    with pytest.raises(Conflict, match="made again"):
        triage.accept(claim=claim, by=make_user(), at=NOW)


def test_a_retired_claim_with_a_verdict_is_published_again_and_looked_at_again() -> None:
    claim = make_claim()
    publish(claim)
    rechecks.record_outcome(
        recheck=claim.rechecks.get(), outcome="retired", note="Over.", by=make_user(), at=NOW
    )
    claim = triage.restore(claim=claim, by=make_user(), at=NOW)
    assert (claim.state, claim.retired_why) == ("published", "")
    assert claim.rechecks.open().exists()
