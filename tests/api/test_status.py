"""Where a claim stands: as of a day, as known at a moment."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.factories import NOW, days, make_claim, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def sailors():
    """True from 28 June 2019, false from 7 September: said in July, and in October."""
    claim = make_claim(text="The 23 sailors remain in custody.")
    publish(claim, "true", at=datetime(2019, 7, 1, 12, tzinfo=UTC), applies_from=date(2019, 6, 28))
    publish(
        claim,
        "false",
        at=datetime(2019, 10, 1, 12, tzinfo=UTC),
        change="world_changed",
        applies_from=date(2019, 9, 7),
    )
    return claim


@pytest.mark.parametrize(
    ("query", "rating", "number"),
    [
        ("as_of=2019-06-27", None, None),
        ("as_of=2019-06-28", "true", 1),
        ("as_of=2019-09-06", "true", 1),
        ("as_of=2019-09-07", "false", 2),
        ("", "false", 2),
        ("as_of=2019-09-20&known_at=2019-09-20", "true", 1),
        ("as_of=2019-09-20&known_at=2019-10-02", "false", 2),
        ("as_of=2019-09-20&known_at=2019-10-01", "false", 2),
        ("as_of=2019-09-20&known_at=2019-10-01T11:59:00Z", "true", 1),
        ("as_of=2019-09-20&known_at=2019-10-01T14:30:00%2B02:00", "false", 2),
        ("as_of=2019-09-20&known_at=2019-10-01T14:30:00+02:00", "false", 2),
        ("as_of=2019-09-20&known_at=2019-10-01T13:30:00+02:00", "true", 1),
        ("as_of=2019-09-20&known_at=2019-06-30", None, None),
    ],
)
def test_what_was_so_and_what_was_said(api, sailors, query, rating, number):
    status = api.get(f"/claims/{sailors.pk}/status?{query}").json()
    assert (status["rating"], status["verdict_number"]) == (rating, number)
    assert api.get(f"/claims/{sailors.pk}?{query}").json()["status"] == status


def test_the_answer_has_all_that_a_consumer_needs(api, sailors):
    status = api.get(f"/claims/{sailors.pk}/status?as_of=2019-07-04").json()
    first = sailors.verdicts.get(number=1)
    assert status["rating_number"] == 5
    assert status["label"] == "True"
    assert status["reason"] == first.reason
    assert (status["applies_from"], status["applies_until"]) == ("2019-06-28", None)
    assert status["decided_at"] == "2019-07-01T12:00:00Z"
    assert status["hash"] == first.hash
    assert (status["as_of"], status["known_at"]) == ("2019-07-04", None)


def test_moments_are_told_in_utc_wherever_the_site_is(api, sailors):
    with timezone.override("Asia/Tokyo"):
        status = api.get(f"/claims/{sailors.pk}/status?known_at=2019-07-01T12:00:00").json()
    assert status["known_at"] == status["decided_at"] == "2019-07-01T12:00:00Z"


def test_a_claim_without_a_verdict_is_unchecked_not_fresh(api):
    status = api.get(f"/claims/{make_claim().pk}/status").json()
    assert (status["rating"], status["rating_number"], status["freshness"]) == (None, None, "unchecked")


def test_the_newsrooms_own_label_is_told_beside_the_rating(api):
    claim = make_claim()
    publish(claim, "false", label="Pants on fire")
    status = api.get(f"/claims/{claim.pk}/status").json()
    assert (status["rating"], status["rating_number"], status["label"]) == ("false", 1, "Pants on fire")


def test_freshness_goes_by_the_open_recheck(api):
    claim = make_claim()
    publish(claim)
    recheck = claim.rechecks.get()
    for due_at, freshness in ((NOW - days(400), "stale"), (NOW + days(9000), "fresh")):
        recheck.due_at = due_at
        recheck.save()
        status = api.get(f"/claims/{claim.pk}/status").json()
        assert status["freshness"] == freshness
        assert status["next_check_at"] == due_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_caller_who_has_it_already_gets_304(api, sailors):
    path = f"/claims/{sailors.pk}/status?as_of=2019-07-04"
    tag = api.get(path).headers["ETag"]
    again = api.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    publish(sailors, "unproven", applies_from=date(2019, 7, 1))
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 200
