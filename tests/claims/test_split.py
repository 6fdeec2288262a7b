"""Splitting a claim: parts take its place, it keeps all it had."""

from io import StringIO

import pytest
from django.core.management import call_command

from claims import merging, reader_requests, splitting, triage, verdicts
from claims.errors import Conflict, Forbidden, Refused
from claims.models import Claim
from claims.splitting import Part
from tests.factories import NOW, make_article, make_claim, make_evidence, make_user, propose, publish

pytestmark = pytest.mark.django_db
HALVES = [Part("The bridge is closed."), Part("The tunnel is closed.")]


def split(claim: Claim, parts: list[Part] | None = None, **details: object) -> list[Claim]:
    asked = {"reason": "Two things.", "by": make_user(), "at": NOW} | details
    made = splitting.split(claim=claim, parts=parts or HALVES, **asked)  # type: ignore[arg-type]
    claim.refresh_from_db()
    return made


def test_the_parts_take_its_place_and_it_points_to_them() -> None:
    rita = make_user()
    claim = make_claim(kind="event", when="2026-03", volatility="fast", assignee=rita)
    made = split(claim, [Part("The bridge is closed."), Part("Two are closed.", kind="quantity")], by=rita)
    assert (claim.state, claim.retired_why) == ("retired", "Two things.")
    assert list(claim.parts.order_by("pk")) == made
    first, second = made
    assert (first.text, first.kind, first.state) == ("The bridge is closed.", "event", "in_progress")
    assert (first.when, first.volatility, first.assignee, first.created_by) == ("2026-03", "fast", rita, rita)
    assert second.kind == "quantity"


def test_each_part_has_copies_of_what_was_chosen_for_it_and_the_claim_keeps_its_own() -> None:
    claim = make_claim(make_article())
    place = claim.appearances.get()
    one, other = make_evidence(claim, note="x"), make_evidence(claim)
    made = split(
        claim,
        [
            Part("The bridge is closed.", appearances={place.pk}, evidence={one.pk}),
            Part("The tunnel is closed.", appearances={place.pk}, evidence={one.pk, other.pk}),
        ],
    )
    assert [part.appearances.get().sentence for part in made] == [place.sentence] * 2
    assert [part.evidence.count() for part in made] == [1, 2]
    copied = made[0].evidence.get()
    assert (copied.source, copied.note, copied.added_by) == (one.source, "x", one.added_by)
    assert list(claim.appearances.all()) == [place]
    assert set(claim.evidence.all()) == {one, other}


def test_its_verdicts_stay_and_still_answer() -> None:
    claim = make_claim()
    publish(claim, "true")
    made = split(claim)
    status = verdicts.status_of(claim=claim, as_of=NOW.date(), known_at=NOW)
    assert status
    assert status.rating == "true"
    assert [verdicts.status_of(claim=part, as_of=NOW.date(), known_at=NOW) for part in made] == [None, None]
    publish(made[0])
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "All 2 verdicts are as they were written" in out.getvalue()


def test_what_waits_on_it_is_ended_with_words() -> None:
    claim = make_claim()
    publish(claim)
    proposal = propose(claim, "false")
    asked = reader_requests.ask(claim=claim, words="Look!", address="203.0.113.1", at=NOW)
    assert asked
    made = split(claim)
    for row in (proposal, asked):
        row.refresh_from_db()
    look = claim.rechecks.get()
    words = f"The claim was split into claims {made[0].pk}, {made[1].pk}: Two things."
    assert (proposal.state, proposal.review_note) == ("put_back", words)
    assert (look.outcome, look.note) == ("retired", words)
    assert (asked.state, asked.decline_reason) == ("declined", words)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([Part("The bridge is closed.")], "bad_parts"),
        ([Part(f"Bridge {n} is closed.") for n in range(11)], "bad_parts"),
        ([Part("The bridge is closed."), Part("THE BRIDGE is closed")], "same_words"),
        ([Part("The bridge and the tunnel are closed."), Part("x")], "same_words"),
        ([Part("The bridge is closed."), Part(" ")], "required"),
        ([Part("The bridge is closed."), Part("x", kind="rumour")], "unknown_choice"),
        ([Part("The bridge is closed."), Part("x", evidence=frozenset({2**40}))], "not_its_own"),
    ],
)
def test_what_is_no_split(parts: list[Part], code: str) -> None:
    claim = make_claim(text="The bridge and the tunnel are closed.")
    with pytest.raises(Refused) as refused:
        split(claim, parts)
    assert (refused.value.code, refused.value.field) == (code, "parts")
    assert Claim.objects.get() == claim


def test_a_claim_is_split_once_and_stays_retired() -> None:
    claim, rita = make_claim(), make_user()
    made = split(claim)
    for again in (
        lambda: split(claim),
        lambda: triage.restore(claim=claim, by=rita, at=NOW),
        lambda: merging.merge(claims=[claim], into=made[0], reason="x", by=rita, at=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.code == "split"


def test_a_published_claim_that_was_split_is_not_published_again() -> None:
    claim = make_claim()
    publish(claim)
    split(claim)
    with pytest.raises(Conflict):
        triage.restore(claim=claim, by=make_user(), at=NOW)


def test_a_contributor_splits_nothing_and_a_retired_claim_is_not_split() -> None:
    with pytest.raises(Forbidden):
        split(make_claim(), by=make_user("contributor"))
    with pytest.raises(Conflict):
        split(make_claim(state="retired", retired_why="x"))
