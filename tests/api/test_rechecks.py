"""What is due, and saying what the look at it found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.api.conftest import caller, is_problem
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def due():
    claim = make_claim()
    publish(claim)
    recheck = claim.rechecks.get()
    recheck.due_at = NOW
    recheck.assignee = make_user(username="mira")
    recheck.save()
    return recheck


def found(response):
    assert response.status_code == 200, response.content
    return [recheck["id"] for recheck in response.json()["results"]]


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("due=true", True),
        ("due=false", False),
        ("open=true", True),
        ("open=false", False),
        ("assignee=mira", True),
        ("assignee=me", False),
        ("assignee=none", False),
        ("claim={claim}", True),
        ("claim=999999", False),
    ],
)
def test_each_filter(api, due, query, there):
    assert found(api.get("/rechecks?" + query.format(claim=due.claim_id))) == ([due.pk] if there else [])


def test_soonest_due_first(api, due):
    claim = make_claim()
    publish(claim)
    claim.rechecks.update(due_at=NOW - days(1))
    assert found(api.get("/rechecks"))[1] == due.pk


def test_still_so_closes_it_and_sets_the_next(api, due):
    answer = api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "still_so", "note": "Looked."}).json()
    assert (answer["recheck"]["outcome"], answer["recheck"]["note"]) == ("still_so", "Looked.")
    assert answer["next"]["due_at"] > answer["recheck"]["due_at"]
    assert api.get(f"/rechecks/{due.pk}").json()["closed_by"]["username"] == api.user.username


def test_it_is_recorded_once(api, due):
    api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "changed"})
    is_problem(api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "still_so"}), 409, "already_closed")


def test_retiring_needs_a_note_and_leaves_no_next(api, due):
    is_problem(api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "retired"}), 422, field="note")
    answer = api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "retired", "note": "Demolished."}).json()
    assert answer["next"] is None
    assert api.get(f"/claims/{due.claim_id}").json()["state"] == "retired"


def test_nobody_supersedes_by_hand(api, due):
    is_problem(api.post(f"/rechecks/{due.pk}/outcome", {"outcome": "superseded"}), 422, field="outcome")


def test_another_time_with_the_reason(api, due):
    later = (timezone.now() + timedelta(days=9)).replace(microsecond=0)
    answer = api.post(
        f"/rechecks/{due.pk}/reschedule", {"due_at": later.isoformat(), "why": "Court date."}
    ).json()
    assert answer["recheck"]["outcome"] == "superseded"
    assert answer["next"]["due_at"] == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    past = {"due_at": "2020-01-01T00:00:00Z", "why": "Earlier."}
    is_problem(api.post(f"/rechecks/{answer['next']['id']}/reschedule", past), 422, field="due_at")


def test_it_is_handed_over(api, due):
    make_user(username="noor")
    assert (
        api.post(f"/rechecks/{due.pk}/assign", {"assignee": "noor"}).json()["assignee"]["username"] == "noor"
    )


def test_a_contributor_records_nothing(due):
    answer = caller("contributor").post(f"/rechecks/{due.pk}/outcome", {"outcome": "still_so"})
    is_problem(answer, 403, "not_allowed")
