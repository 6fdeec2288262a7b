"""Evidence is attached to claims, anchored in what the source said, corrected and taken off."""

import pytest

from claims import evidence, quotes
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Claim, Evidence, User
from sources.cataloguing import tell_of_text
from sources.models import Source
from tests.factories import NOW, make_claim, make_evidence, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db


def attach(claim: Claim, **fields: object) -> Evidence:
    given = {"stance": "supports", "by": make_user("contributor"), "at": NOW} | fields
    return evidence.attach(claim=claim, **given)  # type: ignore[arg-type]


def test_an_address_becomes_a_source_that_waits_to_be_fetched() -> None:
    attached = attach(make_claim(), url="HTTPS://Records.Example/report?utm_campaign=x#top")
    assert attached.source.url == "https://records.example/report"
    assert attached.source.work_state == Source.State.QUEUED


def test_the_same_address_is_one_source() -> None:
    first = attach(make_claim(), url="https://records.example/report")
    second = attach(make_claim(), url="https://records.example/report#page2")
    assert first.source == second.source


def test_a_quote_is_anchored_in_the_newest_snapshot() -> None:
    source = make_source()
    snapshot = make_snapshot(source, "The report says: the bridge is closed.")
    attached = attach(make_claim(), source=source, quote="the bridge is closed")
    assert (attached.snapshot, attached.quote_start) == (snapshot, 17)


def test_a_quote_that_is_not_there_is_kept_without_a_place() -> None:
    source = make_source()
    make_snapshot(source, "Nothing of the kind.")
    attached = attach(make_claim(), source=source, quote="the bridge is closed")
    assert attached.quote_start is None
    assert attached.quote == "the bridge is closed"


def test_evidence_is_anchored_once_its_source_has_been_fetched() -> None:
    attached = attach(make_claim(), url="https://records.example/late", quote="closed on Monday")
    snapshot = make_snapshot(attached.source, "It was closed on Monday.")
    tell_of_text(source=attached.source, snapshot=snapshot, at=NOW)
    assert quotes.follow_change(at=NOW)
    attached.refresh_from_db()
    assert attached.quote_start == 7


def test_the_same_passage_is_attached_once() -> None:
    claim, source = make_claim(), make_source()
    attach(claim, source=source, quote="closed")
    with pytest.raises(Conflict):
        attach(claim, source=source, quote="closed", stance="refutes")


def test_what_was_noted_can_be_corrected() -> None:
    item = make_evidence(make_claim())
    amended = evidence.amend(evidence=item, stance="refutes", note="Read again.", by=make_user(), at=NOW)
    assert (amended.stance, amended.note, amended.quote) == ("refutes", "Read again.", item.quote)


def test_evidence_is_removed_and_the_audit_keeps_it() -> None:
    item = make_evidence(make_claim())
    evidence.remove(evidence=item, by=make_user("contributor"), at=NOW)
    assert not Evidence.objects.exists()
    event = Evidence.pgh_event_model.objects.filter(pgh_label="delete").get()
    assert event.quote == item.quote


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://records.example/", "stance": "maybe"}, "stance"),
        ({"url": "https://records.example/", "quote": "x" * 5001}, "quote"),
        ({"url": "https://records.example/", "locator": "x" * 201}, "locator"),
        ({"url": "https://records.example/", "note": "\x00"}, "note"),
    ],
)
def test_bad_evidence_names_its_field(given: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        attach(make_claim(), **given)
    assert refused.value.field == field
    assert not Source.objects.exists()


def test_who_has_no_role_attaches_nothing() -> None:
    with pytest.raises(Forbidden):
        attach(make_claim(), url="https://records.example/", by=User.objects.create_user("outsider"))
