"""A source has changed: its quotes are looked for, and who stands on one that is gone is told, once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import evidence, quotes, redaction
from claims.models import Claim, Evidence, QuoteLook, Recheck, RecheckCause
from sources.cataloguing import tell_of_text
from sources.models import Source, SourceChange
from tests.factories import (
    NOW,
    days,
    make_claim,
    make_evidence,
    make_snapshot,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
QUOTE = "The board voted to close the east pier until the end of May."
TEXT = f"The harbour board met on Monday. {QUOTE} Its next meeting is in April."


def cited(quote: str = QUOTE, *, source: Source | None = None, text: str = TEXT) -> Evidence:
    """A published claim's evidence, anchored in its source's only snapshot."""
    if source is None:
        source = make_source(title="Minutes")
        make_snapshot(source, text)
    claim = make_claim()
    item = evidence.attach(
        claim=claim, source=source, stance="supports", quote=quote, by=make_user("contributor"), at=NOW
    )
    publish(claim)
    return item


def changes(source: Source, text: str, after: float = 1) -> None:
    at = NOW + days(after)
    tell_of_text(source=source, snapshot=make_snapshot(source, text, at=at), at=at)
    assert quotes.follow_change(at=at)
    assert not SourceChange.objects.exclude(work_state="done").exists()


def recheck(item: Evidence) -> Recheck:
    return Claim.objects.get(pk=item.claim_id).rechecks.get()


def look(item: Evidence) -> QuoteLook:
    item.refresh_from_db()
    assert item.latest_look is not None
    return item.latest_look


def test_a_quote_that_is_still_there_is_left_in_peace() -> None:
    item = cited()
    changes(item.source, f"{TEXT} The clerk took notes.")
    assert (look(item).found, look(item).start) == ("there", item.quote_start)
    changes(item.source, f"Corrected. {TEXT}", after=2)
    assert (look(item).found, look(item).start) == ("moved", TEXT.index(QUOTE) + 11)
    assert not RecheckCause.objects.exists()


def test_a_quote_that_is_gone_makes_its_claim_due_with_the_reason_and_the_difference() -> None:
    item = cited()
    before = item.snapshot
    changes(item.source, "The harbour board met on Monday.")
    assert (look(item).found, look(item).since) == ("gone", NOW + days(1))
    due = recheck(item)
    assert (due.due_at, due.rule) == (NOW + days(1), "quote_gone")
    assert due.why == "A quoted passage is no longer in its source: “Minutes”."
    cause = due.causes.get()
    assert cause.link.startswith(f"/sources/{item.source_id}/difference/?after={look(item).snapshot_id}")
    assert item.snapshot == before


def test_every_claim_that_stands_on_it_is_told_and_no_other() -> None:
    first = cited()
    second = cited(source=first.source)
    other = cited("Its next meeting is in April.", source=first.source)
    changes(first.source, "The harbour board met on Monday. Its next meeting is in April.")
    assert {cause.claim_id for cause in RecheckCause.objects.all()} == {first.claim_id, second.claim_id}
    assert look(other).found == "moved"


def test_a_loss_is_told_once_and_a_return_is_said() -> None:
    item = cited()
    changes(item.source, "The harbour board met on Monday.")
    changes(item.source, "The harbour board met again on Tuesday.", after=2)
    assert RecheckCause.objects.count() == 1
    assert look(item).since == NOW + days(1)
    changes(item.source, TEXT, after=3)
    assert (look(item).found, look(item).came_back) == ("there", True)
    changes(item.source, "The harbour board has moved.", after=4)
    assert RecheckCause.objects.count() == 2


def test_the_same_snapshot_is_followed_once() -> None:
    item = cited()
    changes(item.source, "The harbour board met on Monday.")
    tell_of_text(source=item.source, snapshot=item.source.latest_snapshot(), at=NOW + days(2))
    assert quotes.follow_change(at=NOW + days(2))
    assert (item.looks.count(), RecheckCause.objects.count()) == (1, 1)


def test_a_change_that_another_has_overtaken_is_not_looked_at() -> None:
    item = cited()
    for n, text in enumerate(("The harbour board met on Monday.", TEXT + " Corrected.")):
        tell_of_text(
            source=item.source, snapshot=make_snapshot(item.source, text, at=NOW + days(n + 1)), at=NOW
        )
    while quotes.follow_change(at=NOW + days(3)):
        pass
    assert (look(item).found, RecheckCause.objects.count()) == ("there", 0)


def test_a_reworded_quote_is_shown_and_a_changed_number_is_a_loss() -> None:
    reworded = cited()
    costs = cited("It will cost 4.2 million euros.", text="It will cost 4.2 million euros. That is all.")
    changes(reworded.source, TEXT.replace("voted to close", "voted at last to close"))
    changes(costs.source, "It will cost 4.6 million euros. That is all.")
    assert (look(reworded).found, look(costs).found) == ("reworded", "gone")
    assert "voted at last" in look(reworded).words
    assert "4.6 million" in look(costs).words
    assert RecheckCause.objects.get().claim_id == costs.claim_id


def test_where_no_passage_is_quoted_any_change_counts() -> None:
    item = cited("")
    changes(item.source, "The harbour board met on Tuesday.")
    assert (recheck(item).rule, item.looks.count()) == ("source_changed", 0)


def test_a_quote_that_was_never_found_may_be_found_later() -> None:
    item = cited("It will cost 4.2 million euros.")
    assert item.quote_start is None
    changes(item.source, f"{TEXT} It will cost 4.2 million euros.")
    item.refresh_from_db()
    assert item.quote_start == len(TEXT) + 1
    assert not RecheckCause.objects.exists()


def test_a_source_that_is_gone_makes_its_claims_due() -> None:
    item = cited()
    cited(source=item.source)
    Source.objects.update(liveness="gone", liveness_since=NOW, liveness_why="There is no page (status 410).")
    SourceChange.objects.create(source=item.source, kind="gone", at=NOW, not_before=NOW)
    assert quotes.follow_change(at=NOW)
    assert RecheckCause.objects.count() == 2
    assert recheck(item).why == "A source it stands on is gone: “Minutes”. There is no page (status 410)."


def test_what_is_not_published_is_looked_for_too_but_nobody_is_told() -> None:
    source = make_source()
    snapshot = make_snapshot(source, TEXT)
    item = make_evidence(make_claim(), source=source, quote=QUOTE, snapshot=snapshot, quote_start=33)
    changes(source, "The harbour board met on Monday.")
    assert (look(item).found, Recheck.objects.count()) == ("gone", 0)


def test_another_quote_begins_anew() -> None:
    item = cited()
    changes(item.source, "The harbour board met on Monday.")
    evidence.amend(evidence=item, note="Seen.", by=make_user(), at=NOW)
    assert look(item).found == "gone"
    evidence.amend(evidence=item, quote="The harbour board met", by=make_user(), at=NOW)
    item.refresh_from_db()
    assert (item.latest_look, item.looks.count(), item.quote_start) == (None, 0, 0)
    assert item.snapshot == item.source.latest_snapshot()


def test_a_redaction_erases_what_was_found_too() -> None:
    item = cited()
    changes(item.source, TEXT.replace("voted to close", "has voted to close"))
    redaction.redact(
        verdict=item.claim.verdicts.get(), why="A court order.", evidence=True,
        by=make_user("administrator"), at=NOW + days(2),
    )  # fmt: skip
    assert not QuoteLook.objects.exists()


def test_a_fault_of_our_own_is_tried_again(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    item = cited()
    snapshot = make_snapshot(item.source, "Other.", at=NOW + days(1))
    tell_of_text(source=item.source, snapshot=snapshot, at=NOW)
    monkeypatch.setattr(quotes, "reanchor", lambda text, was: 1 / 0)
    assert quotes.follow_change(at=NOW)
    change = SourceChange.objects.get()
    assert (change.work_state, change.attempts) == ("queued", 1)
    assert "could not be followed up" in caplog.text


def test_the_audit_does_not_count_a_look_as_an_edit() -> None:
    item = cited()
    events = Evidence.pgh_event_model.objects.filter(pgh_obj=item.pk)
    before = events.count()
    changes(item.source, "The harbour board met on Monday.")
    assert events.count() == before


def test_nothing_is_asked_about_evidence_while_no_source_changes() -> None:
    cited()
    with CaptureQueriesContext(connection) as queries:
        assert not quotes.follow_change(at=NOW)
    assert not [query for query in queries if "claims_evidence" in query["sql"]]
