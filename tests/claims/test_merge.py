"""Merging claims: one stands, the other keeps what it was and leads to it."""

from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import drafts, evidence, links, merging, reader_requests, rechecks, standing, triage, verdicts
from claims.audit import trail
from claims.errors import Conflict, Forbidden, Invalid, Refused
from claims.extraction import ExtractedClaim
from claims.models import Appearance, Claim, User, Verdict
from tests.factories import (
    NOW,
    TEXT,
    days,
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_user,
    propose,
    publish,
)

pytestmark = pytest.mark.django_db


def merge(*claims: Claim, into: Claim, by: User | None = None, at=NOW) -> Claim:
    by = by or make_user()
    target = merging.merge(claims=claims, into=into, reason="They say the same.", by=by, at=at)
    for claim in (*claims, into):
        claim.refresh_from_db()
    return target


def refusal(act, **arguments: object) -> Refused:
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value


def test_the_merged_claim_keeps_its_words_and_points_to_the_other() -> None:
    claim, other, rita = make_claim(text="The bridge is shut."), make_claim(), make_user()
    merge(claim, into=other, by=rita)
    assert (claim.text, claim.state, claim.retired_why) == (
        "The bridge is shut.",
        "retired",
        "They say the same.",
    )
    assert (claim.merged_into, claim.merged_at, claim.merged_by) == (other, NOW, rita)
    assert list(other.merged_from.all()) == [claim]


def test_appearances_and_evidence_go_over_once() -> None:
    article, elsewhere = make_article(), make_article(text="The bridge is shut. So it is.", text_hash="x")
    claim, other = make_claim(article), make_claim(article)
    moved = Appearance.objects.create(
        claim=claim, article=elsewhere, wording="x", **drafts.place(elsewhere, 0, 19)
    )
    source = make_source()
    double, doubled = make_evidence(claim, source=source), make_evidence(other, source=source)
    quoted = make_evidence(claim, source=source, quote="Another passage.")
    merge(claim, into=other)
    assert set(other.appearances.all()) == {moved, other.appearances.get(article=article)}
    assert claim.appearances.count() == 1
    assert set(other.evidence.all()) == {doubled, quoted}
    assert list(claim.evidence.all()) == [double]


def test_both_chains_of_verdicts_still_prove() -> None:
    claim, other = make_claim(), make_claim()
    for one in (claim, other):
        publish(one, "true")
        publish(one, "false")
    merge(claim, into=other)
    publish(other, "half_true")
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "All 5 verdicts are as they were written" in out.getvalue()
    assert (claim.verdicts.count(), other.verdicts.count()) == (2, 3)


def test_before_the_merge_it_answers_for_itself_and_from_then_on_for_the_other() -> None:
    claim, other, last = make_claim(), make_claim(), make_claim()
    for one, rating in ((claim, "true"), (other, "false"), (last, "half_true")):
        publish(one, rating)
    merge(claim, into=other, at=NOW + days(2))
    merge(other, into=last, at=NOW + days(4))

    def rating(known_after: float) -> str:
        known_at = NOW + days(known_after)
        found = verdicts.status_of(claim=claim, as_of=date(2026, 3, 1), known_at=known_at)
        assert found
        return found.rating

    assert [rating(n) for n in (0, 1.9, 2, 3.9, 4, 99)] == [
        "true", "true", "false", "false", "half_true", "half_true",
    ]  # fmt: skip


def test_a_chain_of_merges_is_followed_to_its_end_in_one_query() -> None:
    chain = [make_claim() for _ in range(6)]
    for claim, other in pairwise(chain):
        merge(claim, into=other)
    with CaptureQueriesContext(connection) as queries:
        ends = standing.ends([claim.pk for claim in chain])
    assert set(ends.values()) == {chain[-1].pk}
    assert len(queries) == 1


def test_the_open_recheck_is_superseded_in_favour_of_the_earlier_time() -> None:
    claim, other = make_claim(), make_claim()
    publish(claim, at=NOW)
    publish(other, at=NOW + days(3))
    ending = claim.rechecks.get()
    merge(claim, into=other, at=NOW + days(4))
    ending.refresh_from_db()
    own = other.rechecks.get()
    assert (ending.outcome, ending.note) == ("superseded", f"The claim was merged into claim {other.pk}.")
    assert own.due_at == ending.due_at
    assert other.rechecks.open().count() == 1


def test_a_later_look_moves_nothing_and_one_that_is_wanted_is_not_lost() -> None:
    soon, late, never = make_claim(), make_claim(kind="event"), make_claim()
    publish(soon)
    publish(late)
    publish(never, "satire")
    due = soon.rechecks.get().due_at
    merge(late, into=soon)
    assert soon.rechecks.get().due_at == due
    merge(soon, into=never)
    assert never.rechecks.get().due_at == due


def test_a_verdict_that_waits_is_put_back_and_its_submitter_is_told() -> None:
    rita = make_user()
    claim, own, other = make_claim(), make_claim(), make_claim()
    theirs, mine, waiting = propose(claim), propose(own, by=rita), propose(other)
    merge(claim, own, into=other, by=rita)
    for proposal in (theirs, mine, waiting):
        proposal.refresh_from_db()
    assert [proposal.state for proposal in (theirs, mine, waiting)] == ["put_back", "put_back", "submitted"]
    words = f"The claim was merged into claim {other.pk}: They say the same."
    assert theirs.review_note == words
    assert theirs.submitted_by.notices.get().words.startswith(words)


def test_readers_requests_that_wait_go_over() -> None:
    claim, other, rita = make_claim(), make_claim(), make_user()
    publish(claim)
    publish(other)
    waiting = reader_requests.ask(claim=claim, words="Look!", address="203.0.113.1", at=NOW)
    decided = reader_requests.ask(claim=claim, words="Again!", address="203.0.113.1", at=NOW)
    assert waiting
    assert decided
    reader_requests.decline(request=decided, reason="No.", by=rita, at=NOW)
    merge(claim, into=other)
    for request in (waiting, decided):
        request.refresh_from_db()
    assert (waiting.claim, decided.claim) == (other, claim)
    reader_requests.accept(request=waiting, by=rita, at=NOW + days(1))
    assert other.rechecks.get().rule == "reader_asked"


def test_links_go_over_without_doubles_and_clashes_are_looked_at() -> None:
    claim, other, both, one = (make_claim() for _ in range(4))
    rita = make_user()
    publish(other, "true")
    publish(one, "true")
    links.link(claim=claim, other=other, kind="same", by=rita, at=NOW)
    links.link(claim=claim, other=both, kind="same", by=rita, at=NOW)
    links.link(claim=other, other=both, kind="follows", by=rita, at=NOW)
    links.link(claim=one, other=claim, kind="contradicts", by=rita, at=NOW)
    merge(claim, into=other)
    assert {found[2] for found in links.links_of(other)} == {both, one}
    assert [found[2] for found in links.links_of(both)] == [other]
    assert all(claim.rechecks.get().rule == "linked_verdict" for claim in (other, one))


def test_what_follows_keeps_its_direction() -> None:
    other, ground, claim = make_claim(), make_claim(), make_claim()
    links.link(claim=claim, other=ground, kind="follows", by=make_user(), at=NOW)
    merge(claim, into=other)
    assert [found[1] for found in links.links_of(other)] == ["follows from"]
    merge(ground, into=make_claim())
    assert [found[1] for found in links.links_of(other)] == ["follows from"]


def test_nothing_is_written_to_a_merged_claim_any_more() -> None:
    claim, other, rita = make_claim(), make_claim(), make_user()
    publish(claim)
    publish(other)
    source = make_source()
    kept, _ = make_evidence(claim, source=source), make_evidence(other, source=source)
    look = claim.rechecks.get()
    merge(claim, into=other)
    given = {"by": rita, "at": NOW}
    verdict = {
        "follows": 1, "rating": "true", "reason": "x", "change": "new_evidence", "applies_from": NOW.date()
    }  # fmt: skip
    for act, arguments in (
        (triage.edit, {"claim": claim, "revision": claim.revision, "kind": "event", **given}),
        (triage.restore, {"claim": claim, **given}),
        (triage.accept, {"claim": claim, **given}),
        (triage.assign, {"claims": [claim], "assignee": rita, **given}),
        (evidence.attach, {"claim": claim, "url": "https://a.example/", "stance": "context", **given}),
        (evidence.amend, {"evidence": kept, "note": "x", **given}),
        (evidence.remove, {"evidence": kept, **given}),
        (verdicts.submit, {"claim": claim, **verdict, **given}),
        (links.link, {"claim": make_claim(), "other": claim, "kind": "same", **given}),
        (rechecks.confirm, {"claim": claim, "seen": NOW, **given}),
        (rechecks.set_volatility, {"claim": claim, "volatility": "fast", **given}),
        (rechecks.hand_over, {"recheck": look, "assignee": rita, **given}),
        (reader_requests.ask, {"claim": claim, "words": "x", "address": "203.0.113.1", "at": NOW}),
        (merging.merge, {"claims": [claim], "into": make_claim(), "reason": "x", **given}),
        (merging.merge, {"claims": [make_claim()], "into": claim, "reason": "x", **given}),
    ):
        refused = refusal(act, **arguments)
        assert (refused.status, refused.code, refused.data) == (409, "merged", {"merged_into": other.pk}), act


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("into itself", "same_claim"),
        ("no reason", "required"),
        ("into a retired one", "wrong_state"),
        ("published into unpublished", "merge_other_way"),
    ],
)
def test_what_cannot_be_merged(why: str, code: str) -> None:
    claim, other = make_claim(), make_claim()
    asked: dict[str, object] = {
        "claims": [claim], "into": other, "reason": "x", "by": make_user(), "at": NOW
    }  # fmt: skip
    if why == "into itself":
        asked["claims"] = [other]
    elif why == "no reason":
        asked["reason"] = " "
    elif why == "into a retired one":
        Claim.objects.filter(pk=other.pk).update(state="retired", retired_why="x")
    else:
        publish(claim)
    assert refusal(merging.merge, **asked).code == code
    assert not Claim.objects.exclude(merged_into=None).exists()


def test_a_contributor_merges_nothing() -> None:
    with pytest.raises(Forbidden):
        merge(make_claim(), into=make_claim(), by=make_user("contributor"))


def test_of_several_all_are_merged_or_none() -> None:
    claim, published, other = make_claim(), make_claim(), make_claim()
    publish(published)
    with pytest.raises(Conflict):
        merge(claim, published, into=other)
    claim.refresh_from_db()
    assert claim.merged_into is None


def test_too_many_at_once_are_refused() -> None:
    with pytest.raises(Invalid):
        merge(*(make_claim() for _ in range(merging.MOST + 1)), into=make_claim())


def test_the_database_refuses_a_circle_and_a_merged_claim_that_is_not_retired() -> None:
    first, second, third = make_claim(), make_claim(), make_claim()
    merge(first, into=second)
    merge(second, into=third)
    state = {"state": "retired", "retired_why": "x", "merged_at": NOW, "merged_by": make_user()}
    for target in (first, third):
        with pytest.raises(DatabaseError, match="merged into itself"), transaction.atomic():
            Claim.objects.filter(pk=third.pk).update(merged_into=target, **state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=first.pk).update(state="new")


def test_another_article_with_its_words_makes_the_other_claim() -> None:
    claim, other = make_claim(text="The bridge is shut."), make_claim()
    publish(other)
    merge(claim, into=other)
    article = make_article()
    found = ExtractedClaim(
        text="The bridge is shut.", sentence=TEXT[:38], start=0, end=38, claimant=None, when=None,
        kind="status", score=0.9, reasons=(), edits=(), unresolved=False,
    )  # fmt: skip
    known = drafts.replace(article=article, claims=[found], extractor="x", at=NOW)
    assert known == [other]
    assert list(Claim.objects.filter(appearances__article=article)) == [other]


def test_a_draft_that_others_were_merged_into_outlives_a_second_extraction() -> None:
    article = make_article()
    draft = make_claim(article, state="new")
    merge(make_claim(), into=draft)
    assert draft.pk not in drafts.untouched(article)


def test_the_history_tells_of_the_merge_and_of_what_went_over() -> None:
    claim, other = make_claim(text="The bridge is shut."), make_claim(text="The bridge is closed.")
    make_evidence(claim)
    merge(claim, into=other)
    told = {(edit.field, edit.before, edit.after) for entry in trail(claim) for edit in entry.edits}
    assert ("merged into", "", "The bridge is closed.") in told
    told = {(edit.field, edit.before, edit.after) for entry in trail(other) for edit in entry.edits}
    assert ("claim", "The bridge is shut.", "The bridge is closed.") in told


def test_no_verdict_is_touched() -> None:
    claim, other = make_claim(), make_claim()
    publish(claim)
    publish(other)
    before = list(Verdict.objects.order_by("pk").values())
    merge(claim, into=other)
    assert list(Verdict.objects.order_by("pk").values()) == before
