"""Undo: each change at the desk is taken back whole, by who made it, unless somebody went on from it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pghistory
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model

from claims import (
    blind,
    evidence,
    intake,
    links,
    merging,
    pauses,
    quotes,
    reader_requests,
    rechecks,
    review,
    splitting,
    triage,
    undo,
    verdicts,
)
from claims.audit import trail
from claims.errors import Conflict, Forbidden, Refused
from claims.models import (
    Appearance,
    Article,
    BlindSwitch,
    Claim,
    ClaimLink,
    Evidence,
    Proposal,
    ReaderRequest,
    Recheck,
    RecheckCause,
    UndoStep,
    User,
)
from claims.splitting import Part
from sources.cataloguing import tell_of_text
from sources.models import Source
from tests.factories import (
    NOW,
    days,
    make_article,
    make_claim,
    make_evidence,
    make_snapshot,
    make_source,
    make_user,
    propose,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db
LATER = NOW + days(20)  # The re-checks of what was published at NOW are due.
TABLES: tuple[type[Model], ...] = (
    BlindSwitch, Claim, Appearance, Evidence, ClaimLink, Proposal, Recheck, RecheckCause, ReaderRequest,
)  # fmt: skip
# What counts on, and what the search makes of a text.
ASIDE = {"revision", "search"}


@pytest.fixture
def rita() -> User:
    return make_user("reviewer")


@pytest.fixture
def session() -> str:
    store = SessionStore()
    store.create()
    assert store.session_key
    return store.session_key


def step_of(act: Callable[[], object], by: User, session: str, at: Any = LATER) -> UndoStep:
    """What one request does, as the desk records it."""
    with pghistory.context(user=by.pk):
        act()
        step = undo.record(by=by, at=at, session=session)
    assert step
    return step


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the desk, by table."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in ASIDE}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in TABLES
    }


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def changes(rita: User) -> dict[str, Callable[[], object]]:
    """Every change of the desk, each on claims of its own; by the words of its step."""
    given: dict[str, Any] = {"by": rita, "at": LATER}
    carl, editor = make_user("contributor"), make_user("editor")

    def judged(**fields: Any) -> Claim:
        claim = make_claim(text="The bridge is closed.", **fields)
        publish(claim)
        return claim

    def asked() -> ReaderRequest:
        request = reader_requests.ask(claim=judged(), words="Look!", address="203.0.113.1", at=NOW)
        assert request
        return request

    def linked() -> ClaimLink:
        return links.link(claim=open_one, other=make_claim(), kind="same", by=rita, at=NOW)

    draft = make_claim(make_article(), state="new", text="The bridge is closed.")
    rejected = make_claim(state="retired", retired_why="x", text="The bridge is closed.")
    open_one = make_claim(text="The bridge is closed.")
    attached, request, declined, link = make_evidence(open_one), asked(), asked(), linked()
    waiting, own = propose(make_claim(text="The bridge is closed."), by=carl), None
    own = propose(make_claim(text="The bridge is closed."), by=rita)
    watched, moved, handed, paced, ended = (judged() for _ in range(5))
    sitting, other = judged(), make_claim()
    merged, target = judged(), judged()
    make_evidence(merged, source=attached.source, quote="x")
    make_evidence(merged, source=attached.source, quote="y")
    make_evidence(target, source=attached.source, quote="x")
    whole = make_claim(make_article("It is so. It is.", text_hash="y"), text="The bridge is closed.")
    part = Part("One.", appearances=frozenset(whole.appearances.values_list("pk", flat=True)))
    verdict: dict[str, Any] = {
        "follows": 0, "rating": "true", "reason": "x", "change": "first", "applies_from": NOW.date()
    }  # fmt: skip
    article = draft.appearances.get().article
    return {
        "Accepted": lambda: triage.accept(claim=draft, **given),
        "Retired": lambda: triage.reject(claim=draft, why="trivial", **given),
        "Put back to new": lambda: triage.restore(claim=rejected, **given),
        "Claim changed": lambda: triage.edit(claim=open_one, revision=1, text="It is shut.", **given),
        "Assigned": lambda: triage.assign(claims=[sitting, other], assignee=carl, **given),
        "Claim added": lambda: triage.add_claim(
            article=article, start=0, end=10, text="New.", kind="event", **given
        ),
        "Evidence attached": lambda: evidence.attach(
            claim=open_one, url="https://a.example/1", stance="context", **given
        ),
        "Evidence changed": lambda: evidence.amend(evidence=attached, quote="Another.", note="x", **given),
        "Evidence removed": lambda: evidence.remove(evidence=attached, **given),
        "Claims linked": lambda: links.link(claim=watched, other=moved, kind="contradicts", **given),
        "Link taken away": lambda: links.unlink(link=link, by=rita),
        "Verdict proposed": lambda: verdicts.submit(claim=open_one, **verdict, **given),
        "Verdict sent back": lambda: review.send_back(proposal=waiting, note="More.", **given),
        "Verdict withdrawn": lambda: review.withdraw(proposal=own, **given),
        "Re-check recorded, still so": lambda: rechecks.record_outcome(
            recheck=watched.rechecks.get(), outcome="still_so", **given
        ),
        "Re-check recorded, retired": lambda: rechecks.record_outcome(
            recheck=ended.rechecks.get(), outcome="retired", note="Over.", **given
        ),
        "Re-check recorded, superseded": lambda: rechecks.reschedule(
            recheck=moved.rechecks.get(), due_at=LATER + days(9), why="x", **given
        ),
        "Re-check changed": lambda: rechecks.hand_over(recheck=handed.rechecks.get(), assignee=carl, **given),
        "Blind second rating asked for": lambda: blind.switch_on(claim=paced, by=editor, at=LATER),
        "Claim changed ": lambda: rechecks.set_volatility(claim=paced, volatility="fast", **given),
        "Reader's request accepted": lambda: reader_requests.accept(request=request, **given),
        "Reader's request declined": lambda: reader_requests.decline(request=declined, reason="No.", **given),
        "Merged": lambda: merging.merge(claims=[merged], into=target, reason="x", **given),
        "Split": lambda: splitting.split(claim=whole, parts=[part, Part("Two.")], reason="x", **given),
    }


def test_every_change_at_the_desk_is_taken_back_whole(rita: User, session: str) -> None:
    todo = changes(rita)
    for words, act in todo.items():
        before = everything()
        step = step_of(act, rita, session)
        assert step.words.startswith(words.strip() + ": "), step.words
        assert everything() != before
        undo.undo(step=step, by=rita, at=LATER)
        assert everything() == before, words


def test_changes_are_taken_back_one_after_the_other_the_last_first(rita: User, session: str) -> None:
    claim = make_claim(state="new", text="The bridge is closed.")
    given: dict[str, Any] = {"by": rita, "at": LATER}
    before = everything()
    steps = [
        step_of(act, rita, session)
        for act in (
            lambda: triage.accept(claim=claim, **given),
            lambda: triage.edit(claim=claim, revision=1, text="It is shut.", **given),
            lambda: evidence.attach(claim=claim, source=make_source(), stance="refutes", **given),
            lambda: triage.assign(claims=[claim], assignee=rita, **given),
        )
    ]
    assert list(undo.steps(by=rita, session=session)) == steps[::-1]
    assert code_of(lambda: undo.undo(step=steps[0], by=rita, at=LATER)) == "changed_since"
    for step in reversed(steps):
        undo.undo(step=step, by=rita, at=LATER)
    assert everything() == before
    claim.refresh_from_db()
    assert claim.revision == 3  # Counts on: nobody's stale form fits again.


def test_what_somebody_else_has_changed_since_stays(rita: User, session: str) -> None:
    claim, carl = make_claim(), make_user("contributor", first_name="Carl", last_name="Berg")
    step = step_of(lambda: triage.edit(claim=claim, revision=1, kind="event", by=rita, at=NOW), rita, session)
    with pghistory.context(user=carl.pk):
        triage.edit(claim=claim, revision=2, text="By Carl.", by=carl, at=NOW)
    with pytest.raises(Conflict, match="Carl Berg has changed the claim since"):
        undo.undo(step=step, by=rita, at=LATER)
    claim.refresh_from_db()
    assert (claim.kind, claim.text) == ("event", "By Carl.")
    step.refresh_from_db()
    assert step.undone_at is None


def test_of_many_claims_all_are_taken_back_or_none(rita: User, session: str) -> None:
    claims = [make_claim(state="new") for _ in range(3)]
    step = step_of(lambda: [triage.accept(claim=claim, by=rita, at=NOW) for claim in claims], rita, session)
    assert step.words == "Accepted: 3 claims"
    with pghistory.context():
        triage.edit(claim=claims[1], revision=1, text="Other.", by=make_user(), at=NOW)
    assert code_of(lambda: undo.undo(step=step, by=rita, at=LATER)) == "changed_since"
    assert set(Claim.objects.values_list("state", flat=True)) == {"in_progress"}


def test_a_published_verdict_is_no_step(rita: User, session: str) -> None:
    claim = make_claim()
    waiting = propose(claim)
    with pghistory.context(user=rita.pk):
        review.approve(proposal=waiting, by=rita, at=NOW)
        assert undo.record(by=rita, at=NOW, session=session) is None
    with pghistory.context(user=rita.pk):
        withdraw(claim, by=rita, at=LATER)
        assert undo.record(by=rita, at=LATER, session=session) is None


@pytest.mark.parametrize("what", ["merge", "split", "evidence"])
def test_a_verdict_published_since_ends_it(rita: User, session: str, what: str) -> None:
    claim, other = make_claim(), make_claim()
    acts: dict[str, Callable[[], object]] = {
        "merge": lambda: merging.merge(claims=[claim], into=other, reason="x", by=rita, at=LATER),
        "split": lambda: splitting.split(
            claim=claim, parts=[Part("One."), Part("Two.")], reason="x", by=rita, at=LATER
        ),
        "evidence": lambda: evidence.attach(
            claim=claim, source=make_source(), stance="supports", by=rita, at=LATER
        ),
    }
    step = step_of(acts[what], rita, session)
    judged = {"merge": other, "split": claim.parts.first() or claim, "evidence": claim}[what]
    publish(judged, at=LATER + timedelta(minutes=1))
    assert code_of(lambda: undo.undo(step=step, by=rita, at=LATER + days(0.1))) == "verdict_published"


def test_what_others_rest_on_stays(rita: User, session: str) -> None:
    claim = make_claim()
    step = step_of(
        lambda: splitting.split(
            claim=claim, parts=[Part("One."), Part("Two.")], reason="x", by=rita, at=LATER
        ),
        rita,
        session,
    )
    with pghistory.context():
        found = make_evidence(claim.parts.first())
    assert code_of(lambda: undo.undo(step=step, by=rita, at=LATER)) == "in_use"
    assert Evidence.objects.get() == found


def test_only_who_did_it_undoes_it_and_only_once(rita: User, session: str) -> None:
    claim = make_claim(state="new")
    step = step_of(lambda: triage.accept(claim=claim, by=rita, at=NOW), rita, session)
    with pytest.raises(Forbidden):
        undo.undo(step=step, by=make_user("editor"), at=LATER)
    undo.undo(step=step, by=rita, at=LATER)
    assert code_of(lambda: undo.undo(step=step, by=rita, at=LATER)) == "undone_already"


def test_what_the_program_fills_in_meanwhile_does_not_stand_in_the_way(rita: User, session: str) -> None:
    claim, source = make_claim(), make_source()
    attach = {"claim": claim, "source": source, "stance": "supports", "quote": "closed", "by": rita}
    step = step_of(lambda: evidence.attach(**attach, at=NOW), rita, session)  # type: ignore[arg-type]
    with pghistory.context():
        snapshot = make_snapshot(source, "The bridge is closed.")
        tell_of_text(source=source, snapshot=snapshot, at=NOW)
        assert quotes.follow_change(at=NOW)
    assert Evidence.objects.get().quote_start is not None
    undo.undo(step=step, by=rita, at=LATER)
    assert not Evidence.objects.exists()
    assert Source.objects.get() == source


def test_a_quote_put_back_is_anchored_anew(rita: User, session: str) -> None:
    source = make_source()
    make_snapshot(source, "The bridge is closed.")
    item = make_evidence(make_claim(), source=source, quote="bridge")
    evidence.amend(evidence=item, quote="bridge", by=rita, at=NOW)
    step = step_of(lambda: evidence.amend(evidence=item, quote="closed", by=rita, at=NOW), rita, session)
    undo.undo(step=step, by=rita, at=LATER)
    item.refresh_from_db()
    assert (item.quote, item.quote_start) == ("bridge", 4)


def test_the_day_of_an_article_put_back_dates_its_drafts_again(rita: User, session: str) -> None:
    article = make_article()
    step = step_of(
        lambda: intake.set_details(
            article=article, published_on=date(2026, 1, 1), title="Other", by=rita, at=NOW
        ),
        rita,
        session,
    )
    assert step.words == "Details of the article changed: Other"
    Article.objects.update(work_state="done")
    undo.undo(step=step, by=rita, at=LATER)
    article.refresh_from_db()
    assert (article.published_on, article.title) == (date(2026, 3, 2), "Harbour bridge to reopen")
    assert article.work_state == "queued"


def test_what_changed_nothing_is_no_step(rita: User, session: str) -> None:
    claim = make_claim()
    with pghistory.context(user=rita.pk):
        triage.accept(claim=claim, by=rita, at=NOW)
        assert undo.record(by=rita, at=NOW, session=session) is None
    assert undo.record(by=rita, at=NOW, session=session) is None


def test_an_undo_is_in_the_history(rita: User, session: str) -> None:
    claim = make_claim(state="new")
    step = step_of(lambda: triage.accept(claim=claim, by=rita, at=NOW), rita, session)
    with pghistory.context(user=rita.pk):
        undo.undo(step=step, by=rita, at=LATER)
        assert undo.record(by=rita, at=LATER, session=session) is None
    newest = trail(claim)[0]
    assert (newest.undo, newest.who) == (True, str(rita))
    assert [(edit.before, edit.after) for edit in newest.edits] == [("in progress", "new")]


def test_a_step_goes_with_its_session_or_after_a_day(rita: User, session: str) -> None:
    step_of(lambda: triage.assign(claims=[make_claim()], assignee=rita, by=rita, at=NOW), rita, session, NOW)
    assert undo.forget(at=NOW + days(0.9)) == 0
    assert undo.forget(at=NOW + days(1)) == 1
    step_of(lambda: triage.assign(claims=[make_claim()], assignee=rita, by=rita, at=NOW), rita, session, NOW)
    Session.objects.all().delete()
    assert not UndoStep.objects.exists()


def test_what_cannot_be_taken_back_whole_is_no_step(rita: User, session: str) -> None:
    claim = make_claim()
    publish(claim)
    look, day = claim.rechecks.get(), LATER.date() + timedelta(days=1)
    with pghistory.context(user=rita.pk):
        pauses.snooze(recheck=look, until=day, why="Not today.", by=rita, at=LATER)
        assert undo.record(by=rita, at=LATER, session=session) is None


def test_a_blind_second_rating_is_not_undone(rita: User, session: str) -> None:
    claim, editor = make_claim(), make_user("editor")
    blind.switch_on(claim=claim, by=editor, at=NOW)
    waiting = propose(claim)
    with pghistory.context(user=rita.pk):
        blind.rate(proposal=waiting, rating="true", reason="So it is.", by=rita, at=LATER)
        assert undo.record(by=rita, at=LATER, session=session) is None


def test_what_a_verdict_submitted_since_stands_on_stays(rita: User, session: str) -> None:
    claim = make_claim()
    attach = {"claim": claim, "source": make_source(), "stance": "supports", "by": rita, "at": NOW}
    step = step_of(lambda: evidence.attach(**attach), rita, session, NOW)  # type: ignore[arg-type]
    propose(claim, at=NOW + days(1))
    assert code_of(lambda: undo.undo(step=step, by=rita, at=LATER)) == "proposal_open"
    assert Evidence.objects.exists()


def test_a_verdict_put_back_by_a_change_waits_again_and_its_submitter_is_told(
    rita: User, session: str
) -> None:
    claim = make_claim()
    item, proposal = make_evidence(claim), propose(claim, at=NOW + days(1))
    step = step_of(lambda: evidence.amend(evidence=item, stance="refutes", by=rita, at=LATER), rita, session)
    proposal.refresh_from_db()
    assert proposal.state == "put_back"
    undo.undo(step=step, by=rita, at=LATER)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    told = [notice.words for notice in proposal.submitted_by.notices.order_by("pk")]
    assert told[-1] == "What had ended its review was undone: the verdict waits for review again."
