"""The policy, the load to come, still so in one call, links, and readers' requests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import reader_requests, rechecks
from claims.models import ReaderRequest
from tests.api.conftest import caller, is_problem
from tests.factories import NOW, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    claim = make_claim()
    publish(claim)
    return claim


@pytest.fixture
def asked(published):
    return reader_requests.ask(claim=published, words="<b>It reopened.</b>", address="203.0.113.1", at=NOW)


def now():
    return timezone.now().isoformat()


def test_the_policy_is_read(api):
    policy = api.get("/rechecks/policy").json()
    assert (policy["number"], policy["adopted_by"]) == (1, None)
    first = policy["rules"][0]
    assert (first["name"], first["wait"], first["applies_to"]) == (
        "settled", "never", "any claim, rated satire or opinion",
    )  # fmt: skip


def test_the_load_to_come(api, published):
    due = timezone.now() + timedelta(days=8)
    published.rechecks.update(due_at=due, assignee=api.user)
    answer = api.get("/rechecks/forecast").json()
    assert len(answer["weeks"]) == len(answer["everybody"]["by_week"]) == 13
    assert [(load["person"]["username"], load["total"]) for load in answer["loads"]] == [
        (api.user.username, 1)
    ]


def test_still_so_in_one_call(api, published):
    answer = api.post(f"/claims/{published.pk}/still-so", {"seen": now()}).json()
    assert answer["recheck"]["outcome"] == "still_so"
    assert answer["next"]["due_at"] > answer["recheck"]["closed_at"]
    published.refresh_from_db()
    assert published.last_verified_at > NOW


def test_still_so_on_what_was_seen(api, published):
    seen = now()
    rechecks.bring_forward(claim=published, rule="source_gone", why="Gone.", at=timezone.now())
    is_problem(api.post(f"/claims/{published.pk}/still-so", {"seen": seen}), 409, "something_came")
    is_problem(api.post(f"/claims/{published.pk}/still-so", {}), 422, field="seen")
    is_problem(api.post(f"/claims/{make_claim().pk}/still-so", {"seen": seen}), 409, "not_published")


def test_how_fast_it_changes(api, published):
    answer = api.post(f"/claims/{published.pk}/volatility", {"volatility": "fast"})
    assert answer.json()["volatility"] == "fast"
    is_problem(
        api.post(f"/claims/{published.pk}/volatility", {"volatility": "wild"}), 422, field="volatility"
    )


def test_claims_are_linked_listed_and_unlinked(api):
    claim, other = make_claim(), make_claim()
    made = api.post(f"/claims/{other.pk}/links", {"kind": "contradicts", "other": claim.pk})
    assert made.status_code == 201
    assert (made.json()["claim"], made.json()["other"]) == (claim.pk, other.pk)
    for pk in (claim.pk, other.pk):
        assert [link["id"] for link in api.get(f"/claims/{pk}/links").json()["results"]] == [
            made.json()["id"]
        ]
    body = {"kind": "same", "other": other.pk}
    is_problem(api.post(f"/claims/{claim.pk}/links", body), 409, "linked_already")
    assert api.delete(f"/links/{made.json()['id']}").status_code == 204
    assert api.get(f"/claims/{claim.pk}/links").json()["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "same", "other": 999_999}, "other"),
        ({"kind": "same", "other": "1"}, "other"),
        ({"kind": "is like", "other": 1}, "kind"),
        ({"kind": "same"}, "other"),
    ],
)
def test_a_link_that_cannot_be(api, body, field):
    is_problem(api.post(f"/claims/{make_claim().pk}/links", body), 422, field=field)


def test_a_request_is_accepted(api, asked, published):
    assert [row["words"] for row in api.get("/reader-requests?state=waiting").json()["results"]] == [
        "<b>It reopened.</b>"
    ]
    answer = api.post(f"/reader-requests/{asked.pk}/accept").json()
    assert (answer["state"], answer["decided_by"]["username"]) == ("accepted", api.user.username)
    assert published.rechecks.get().rule == "reader_asked"
    assert api.get("/reader-requests?state=waiting").json()["results"] == []
    is_problem(api.post(f"/reader-requests/{asked.pk}/accept"), 409, "already_decided")


def test_a_request_is_declined_with_a_reason(api, asked):
    is_problem(api.post(f"/reader-requests/{asked.pk}/decline", {"reason": ""}), 422, field="reason")
    answer = api.post(f"/reader-requests/{asked.pk}/decline", {"reason": "An opinion."}).json()
    assert (answer["state"], answer["decline_reason"]) == ("declined", "An opinion.")


def test_a_contributor_does_none_of_it(asked, published):
    program = caller("contributor")
    is_problem(program.get("/reader-requests"), 403, "not_allowed")
    for path, body in (
        (f"/reader-requests/{asked.pk}/accept", None),
        (f"/reader-requests/{asked.pk}/decline", {"reason": "No."}),
        (f"/claims/{published.pk}/still-so", {"seen": now()}),
        (f"/claims/{published.pk}/volatility", {"volatility": "slow"}),
        (f"/claims/{published.pk}/links", {"kind": "same", "other": make_claim().pk}),
    ):
        is_problem(program.post(path, body), 403, "not_allowed")
    assert ReaderRequest.objects.get().state == "waiting"
    assert make_user("reviewer").has_perm("claims.decide_readerrequest")
