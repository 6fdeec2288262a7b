"""Two people act on the same claim at the same moment: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pghistory
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.db import connection

from claims import (
    evidence,
    intake,
    links,
    merging,
    notifications,
    reader_requests,
    rechecks,
    reminders,
    review,
    triage,
    undo,
)
from claims.errors import Refused
from claims.models import Article, Claim, Digest, Proposal, Recheck, RecheckCause, Reminder, Verdict
from config.keeper import wait_until
from sources.work import claim_next
from tests.factories import NOW, TEXT, days, make_claim, make_source, make_user, propose, publish

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread and connection of its own; a refusal is returned as its code."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        together.wait()
        try:
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_submissions_one_waits_for_review() -> None:
    claim, people = make_claim(), [make_user(), make_user()]
    results = at_once(*(lambda by=by: propose(claim, by=by) for by in people))
    assert "proposal_open" in results
    assert Proposal.objects.count() == 1


def test_of_two_approvals_one_publishes() -> None:
    proposal, people = propose(make_claim()), [make_user("editor"), make_user("editor")]
    results = at_once(*(lambda by=by: review.approve(proposal=proposal, by=by, at=NOW) for by in people))
    assert "already_reviewed" in results
    assert Verdict.objects.count() == 1


def test_of_two_edits_one_is_told_of_the_other() -> None:
    claim, people = make_claim(), [make_user(), make_user()]
    results = at_once(
        *(
            lambda by=by: triage.edit(claim=claim, revision=1, text=f"By {by.pk}.", by=by, at=NOW)
            for by in people
        )
    )
    assert "claim_changed" in results
    claim.refresh_from_db()
    assert claim.revision == 2


def test_of_two_outcomes_one_is_recorded() -> None:
    claim, people = make_claim(), [make_user(), make_user()]
    publish(claim)
    recheck = claim.rechecks.get()
    results = at_once(
        *(
            lambda by=by: rechecks.record_outcome(
                recheck=recheck, outcome="still_so", by=by, at=NOW + days(14)
            )
            for by in people
        )
    )
    assert "already_closed" in results
    assert claim.rechecks.open().count() == 1


def test_verdicts_on_two_linked_claims_do_not_wait_for_each_other() -> None:
    for _ in range(5):
        claim, other, editor = make_claim(), make_claim(), make_user("editor")
        for one in (claim, other):
            publish(one, "false")
        links.link(claim=claim, other=other, kind="contradicts", by=make_user(), at=NOW)
        waiting = [propose(one, "true", change="new_evidence") for one in (claim, other)]
        results = at_once(
            *(
                lambda one=one, by=editor: review.approve(proposal=one, by=by, at=NOW + days(1))
                for one in waiting
            )
        )
        assert all(isinstance(verdict, Verdict) for verdict in results)
        assert RecheckCause.objects.filter(claim__in=[claim, other]).count() == 1


def test_one_cause_told_twice_at_once_counts_once() -> None:
    claim = make_claim()
    publish(claim)
    told = {"claim": claim, "rule": "source_gone", "why": "Gone.", "at": NOW + days(1)}
    made = at_once(*(lambda: rechecks.bring_forward(**told) for _ in range(4)))
    assert sum(one is not None for one in made) == 1
    assert claim.rechecks.open().count() == 1


def test_readers_who_ask_at_once_are_counted_one_by_one() -> None:
    claim = make_claim()
    publish(claim)
    asked = {"claim": claim, "words": "Look.", "address": "203.0.113.1", "at": NOW}
    results = at_once(*(lambda: reader_requests.ask(**asked) for _ in range(8)))
    assert results.count("too_many") == 3


def test_two_workers_remind_once() -> None:
    claim = make_claim()
    publish(claim)
    due_at = claim.rechecks.get().due_at
    at_once(*(lambda: reminders.remind_due(at=due_at) for _ in range(2)))
    assert Reminder.objects.filter(channel="inbox").count() == 1


def test_two_workers_gather_one_digest_and_send_it_once() -> None:
    mira = make_user()
    notifications.change(person=mira, wishes={"rhythm": "daily"}, by=mira, at=NOW)
    for _ in range(6):
        claim = make_claim()
        publish(claim, by=mira)
    Recheck.objects.update(due_at=NOW)
    later = NOW + days(1)
    at_once(*(lambda: reminders.remind_due(at=NOW) for _ in range(3)))
    at_once(*(lambda: reminders.gather_digest(at=later) for _ in range(3)))
    at_once(*(lambda: reminders.send_next(at=later) for _ in range(3)))
    assert Digest.objects.get().reminders.count() == 6
    assert [letter.subject for letter in mail.outbox] == ["6 claims to look at again"]


def test_the_same_text_from_two_people_is_one_article() -> None:
    people = [make_user(), make_user()]
    results = at_once(*(lambda by=by: intake.add_article(by=by, at=NOW, text=TEXT)[1] for by in people))
    assert sorted(results) == [False, True]
    assert Article.objects.count() == 1


def test_what_a_dead_worker_held_is_taken_back_at_once_and_what_a_live_one_holds_is_not() -> None:
    intake.add_article(by=make_user(), at=NOW, text=TEXT)
    taken, looked = Barrier(2), Barrier(2)

    def work() -> None:
        assert claim_next(Article.objects.waiting(at=NOW), at=NOW, lease=intake.LEASE)
        taken.wait()
        looked.wait()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        worker = pool.submit(work)
        taken.wait()
        assert intake.take_back_articles(at=NOW) == 0
        looked.wait()
        worker.result()
    # The server needs a moment to see that the session has ended.
    assert wait_until(lambda: intake.take_back_articles(at=NOW + days(0.0001)) == 1, 10)
    assert intake.work_article(at=NOW + days(0.001))
    assert Article.objects.get().state == "ready"


def test_what_is_done_is_held_no_longer() -> None:
    intake.add_article(by=make_user(), at=NOW, text=TEXT)
    assert intake.work_article(at=NOW)
    Article.objects.update(work_state="running", lease_until=NOW + intake.LEASE)
    assert intake.take_back_articles(at=NOW) == 1


def test_of_two_merges_into_each_other_one_is_told() -> None:
    merge = partial(merging.merge, reason="The same.", at=NOW)
    for _ in range(3):
        claim, other, people = make_claim(), make_claim(), [make_user(), make_user()]
        results = at_once(
            lambda one=claim, two=other, by=people[0]: merge(claims=[one], into=two, by=by),
            lambda one=claim, two=other, by=people[1]: merge(claims=[two], into=one, by=by),
        )
        assert sorted(str(result) for result in results if isinstance(result, str)) == ["merged"]
        assert Claim.objects.filter(pk__in=[claim.pk, other.pk], merged_into=None).count() == 1


def test_what_comes_in_during_a_merge_is_not_left_on_the_merged_claim() -> None:
    for _ in range(3):
        claim, other, by = make_claim(), make_claim(), make_user()
        found = {"source": make_source(), "stance": "supports", "by": by, "at": NOW}
        results = at_once(
            lambda one=claim, two=other, by=by: merging.merge(
                claims=[one], into=two, reason="x", by=by, at=NOW
            ),
            lambda one=claim, found=found: evidence.attach(claim=one, **found),
        )
        assert not claim.evidence.exists()
        assert other.evidence.count() == (0 if "merged" in results else 1)


def test_a_change_and_its_undo_at_once_leave_one_of_both() -> None:
    claim, rita, key = make_claim(state="new"), make_user(), make_user()
    session = SessionStore()
    session.create()
    with pghistory.context(user=rita.pk):
        triage.accept(claim=claim, by=rita, at=NOW)
        step = undo.record(by=rita, at=NOW, session=session.session_key)
    assert step
    results = at_once(
        lambda: undo.undo(step=step, by=rita, at=NOW),
        lambda: undo.undo(step=step, by=rita, at=NOW),
        lambda: triage.edit(claim=claim, revision=1, text="It is shut.", by=key, at=NOW),
    )
    claim.refresh_from_db()
    if claim.state == "new":
        assert results.count("undone_already") == 1
    else:
        assert results.count("changed_since") == 2
    assert claim.text == "It is shut."
