"""Withdrawals by a program, and what it reads where words were erased."""

import hashlib
import json

import pytest
from django.utils import timezone

from claims import redaction
from tests.api.conftest import is_problem
from tests.factories import NOW, make_claim, make_evidence, make_user, publish, withdraw

pytestmark = pytest.mark.django_db
WITHDRAWAL = {"follows": 1, "reason": "The record was forged.", "applies_from": "2026-03-01"}


@pytest.fixture
def claim():
    claim = make_claim()
    make_evidence(claim)
    publish(claim, label="So it is")
    return claim


@pytest.fixture
def redacted(claim):
    redaction.redact(
        verdict=claim.verdicts.get(), why="A court's order.", by=make_user("administrator"), at=NOW
    )
    return claim


def test_from_proposal_to_withdrawal(api, editor, claim):
    proposal = api.post(f"/claims/{claim.pk}/withdrawal", WITHDRAWAL)
    assert proposal.status_code == 201
    assert (proposal.json()["rating"], proposal.json()["label"]) == (None, "Withdrawn")
    is_problem(api.post(f"/proposals/{proposal.json()['id']}/approve"), 403, "four_eyes")
    verdict = editor.post(f"/proposals/{proposal.json()['id']}/approve").json()
    assert (verdict["number"], verdict["rating"], verdict["change"]) == (2, None, "withdrawal")
    status = api.get(f"/claims/{claim.pk}/status").json()
    assert (status["rating"], status["rating_number"], status["verdict_number"]) == (None, None, 2)
    assert (status["change"], status["reason"]) == ("withdrawal", WITHDRAWAL["reason"])
    is_problem(api.get(f"/claims/{claim.pk}/claimreview"), 404, "not_found")


def test_a_withdrawn_claim_is_found_as_one_without_a_rating(api, claim):
    withdraw(claim)
    assert [found["id"] for found in api.get("/claims?rating=none").json()["results"]] == [claim.pk]
    assert api.get("/claims?rating=true").json()["results"] == []


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"follows": 0}, 422, None, "follows"),
        ({"follows": 7}, 409, "verdict_outdated", None),
        ({"reason": " "}, 422, None, "reason"),
        ({"applies_from": "2020-01-01"}, 422, "nothing_to_withdraw", "applies_from"),
        ({"rating": "true"}, 422, None, "rating"),
    ],
)
def test_what_a_withdrawal_needs(api, claim, change, status, code, field):
    is_problem(api.post(f"/claims/{claim.pk}/withdrawal", WITHDRAWAL | change), status, code, field)


def test_a_verdict_cannot_be_given_as_a_withdrawal(api, claim):
    body = WITHDRAWAL | {"rating": "false", "change": "withdrawal"}
    is_problem(api.post(f"/claims/{claim.pk}/verdicts", body), 422, field="change")


def test_redacted_words_are_null_and_the_redaction_says_why(api, redacted):
    (verdict,) = api.get(f"/claims/{redacted.pk}/verdicts").json()["results"]
    assert (verdict["reason"], verdict["label"], verdict["basis"], verdict["salt"]) == (None, "True", [], "")
    assert (verdict["redaction"]["why"], verdict["redaction"]["at"]) == (
        "A court's order.",
        "2026-03-02T12:00:00Z",
    )
    status = api.get(f"/claims/{redacted.pk}/status").json()
    assert (status["rating"], status["reason"], status["redacted"]) == ("true", None, True)
    proposal = api.get(f"/proposals/{verdict['proposal']}").json()
    assert (proposal["rating"], proposal["reason"]) == ("true", None)


def test_claimreview_says_redacted(api, redacted):
    found = api.get(f"/claims/{redacted.pk}/claimreview").json()
    assert found["reviewBody"] == found["reviewRating"]["ratingExplanation"] == "Redacted."
    assert "citation" not in found


def test_a_program_can_hold_the_words_against_their_digest(api, claim):
    (verdict,) = api.get(f"/claims/{claim.pk}/verdicts").json()["results"]
    assert verdict["redaction"] is None
    words = {"label": "So it is"} | {name: verdict[name] for name in ("reason", "basis", "salt")}
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == verdict["words_hash"]


@pytest.mark.parametrize(
    ("zone", "known_at", "number"),
    [
        # Decided on 2 March 2026 at 12:00 UTC: in Kiritimati it is 3 March, in Niue one in the morning.
        ("UTC", "2026-03-01", None),
        ("UTC", "2026-03-02", 1),
        ("Pacific/Kiritimati", "2026-03-02", None),
        ("Pacific/Kiritimati", "2026-03-03", 1),
        ("Pacific/Niue", "2026-03-01", None),
        ("Pacific/Niue", "2026-03-02", 1),
    ],
)
def test_a_bare_day_ends_where_the_newsroom_is(api, claim, zone, known_at, number):
    with timezone.override(zone):
        path = f"/claims/{claim.pk}/status?as_of=2026-03-02&known_at={known_at}"
        assert api.get(path).json()["verdict_number"] == number


@pytest.mark.parametrize(
    ("zone", "day", "number"),
    [
        ("UTC", "2026-02-28", None),
        ("Pacific/Kiritimati", "2026-03-01", 1),
        ("Pacific/Niue", "2026-02-27", None),
    ],
)
def test_today_is_the_newsrooms_day(api, claim, monkeypatch, zone, day, number):
    """At 28 February 2026, 10:30 UTC; the verdict speaks of 1 March on, and is known whatever the hour."""
    early = NOW.replace(month=2, day=28, hour=10, minute=30)
    monkeypatch.setattr("claims.api.statuses.timezone.now", lambda: early)
    with timezone.override(zone):
        status = api.get(f"/claims/{claim.pk}/status?known_at=2026-04-01T00:00:00Z").json()
    assert (status["as_of"], status["verdict_number"]) == (day, number)
