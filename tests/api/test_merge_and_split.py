"""Merging and splitting by programs: who asks for a merged claim is sent on, who writes to it is refused."""

import pytest

from claims.models import Claim
from tests.api.conftest import ROOT, Caller, caller, is_problem
from tests.factories import make_article, make_claim, make_evidence, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(api: Caller) -> tuple[Claim, Claim]:
    claim, other = make_claim(make_article()), make_claim()
    publish(claim, "true")
    publish(other, "false")
    answer = api.post(f"/claims/{claim.pk}/merge", {"into": other.pk, "reason": "The same."})
    assert answer.status_code == 200
    assert (answer.json()["id"], answer.json()["merged_from"]) == (other.pk, [claim.pk])
    return claim, other


@pytest.mark.parametrize(
    "path", ["", "/status", "/claimreview", "/appearances", "/evidence", "/links", "/status?as_of=2026-03-02"]
)
def test_whoever_reads_it_is_sent_on(api: Caller, merged: tuple[Claim, Claim], path: str) -> None:
    claim, other = merged
    answer = api.get(f"/claims/{claim.pk}{path}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"http://testserver{ROOT}/claims/{other.pk}{path}"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    told = answer.json()
    assert (told["code"], told["claim"]) == ("merged", other.pk)
    assert told["claim_url"] == f"http://testserver{ROOT}/claims/{other.pk}"
    assert api.get(f"/claims/{other.pk}{path}").status_code == 200


def test_its_verdicts_stay_readable(api: Caller, merged: tuple[Claim, Claim]) -> None:
    [verdict] = api.get(f"/claims/{merged[0].pk}/verdicts").json()["results"]
    assert verdict["rating"] == "true"


def test_asked_for_a_moment_before_the_merge_it_answers_as_then(
    api: Caller, merged: tuple[Claim, Claim]
) -> None:
    claim, other = merged
    before, as_of = "known_at=2026-03-02T13:00:00Z", "as_of=2026-03-02"
    assert api.get(f"/claims/{claim.pk}/status?{as_of}&{before}").json()["rating"] == "true"
    whole = api.get(f"/claims/{claim.pk}?{as_of}&{before}").json()
    assert (whole["status"]["rating"], whole["merged_into"]) == ("true", other.pk)
    now = api.get(f"/claims/{claim.pk}/status?{as_of}", follow=True)
    assert now.status_code == 308


def test_the_list_has_only_those_that_stood_at_the_time(api: Caller, merged: tuple[Claim, Claim]) -> None:
    claim, other = merged
    assert [row["id"] for row in api.get("/claims").json()["results"]] == [other.pk]
    then = api.get("/claims?known_at=2026-03-02T13:00:00Z").json()["results"]
    assert {row["id"] for row in then} == {claim.pk, other.pk}


def test_whoever_writes_to_it_is_told_the_claim_that_stands(
    api: Caller, editor: Caller, merged: tuple[Claim, Claim]
) -> None:
    claim, other = merged
    verdict = {
        "follows": 1,
        "rating": "true",
        "reason": "x",
        "change": "new_evidence",
        "applies_from": "2026-03-01",
    }
    for method, path, body in (
        ("PATCH", "", {"revision": 2, "kind": "event"}),
        ("POST", "/accept", None),
        ("POST", "/restore", None),
        ("POST", "/assign", {"assignee": None}),
        ("POST", "/evidence", {"url": "https://records.example/x", "stance": "supports"}),
        ("POST", "/verdicts", verdict),
        ("POST", "/links", {"kind": "same", "other": make_claim().pk}),
        ("POST", "/volatility", {"volatility": "fast"}),
        ("POST", "/still-so", {"seen": "2026-03-02"}),
        ("POST", "/merge", {"into": other.pk, "reason": "Again."}),
        ("POST", "/split", {"reason": "x", "parts": [{"text": "One."}, {"text": "Two."}]}),
    ):
        problem = is_problem(api.send(method, f"/claims/{claim.pk}{path}", body), 409, "merged")
        assert problem["merged_into"] == other.pk, path


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"into": 999999, "reason": "x"}, "into"),
        ({"into": 1}, "reason"),
        ({"reason": "x"}, "into"),
        ({"into": "1", "reason": "x"}, "into"),
        ({"into": 1, "reason": "x", "why": "x"}, "why"),
    ],
)
def test_a_bad_merge_names_the_field(api: Caller, body: dict[str, object], field: str) -> None:
    is_problem(api.post(f"/claims/{make_claim().pk}/merge", body), 422, field=field)


def test_a_claim_is_not_merged_into_itself(api: Caller) -> None:
    claim = make_claim()
    answer = api.post(f"/claims/{claim.pk}/merge", {"into": claim.pk, "reason": "x"})
    is_problem(answer, 422, "same_claim", "into")


def test_a_split_gives_the_parts_what_was_chosen(api: Caller) -> None:
    claim = make_claim(make_article(), kind="event")
    place, proof = claim.appearances.get(), make_evidence(claim)
    parts = [
        {"text": "The bridge is closed.", "appearances": [place.pk], "evidence": [proof.pk]},
        {"text": "The tunnel is closed.", "kind": "status"},
    ]
    answer = api.post(f"/claims/{claim.pk}/split", {"reason": "Two things.", "parts": parts})
    assert answer.status_code == 201
    first, second = answer.json()["parts"]
    assert (first["text"], first["kind"], first["split_from"]) == ("The bridge is closed.", "event", claim.pk)
    assert (second["kind"], second["state"]) == ("status", "in_progress")
    assert len(api.get(f"/claims/{first['id']}/evidence").json()["results"]) == 1
    assert api.get(f"/claims/{second['id']}/evidence").json()["results"] == []
    whole = api.get(f"/claims/{claim.pk}").json()
    assert whole["split_into"] == [first["id"], second["id"]]
    assert (whole["state"], whole["retired_why"]) == ("retired", "Two things.")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason": "x", "parts": [{"text": "One."}]}, "parts"),
        ({"reason": "x", "parts": [{"text": "One."}, {"text": "One."}]}, "parts"),
        ({"reason": "x", "parts": [{"text": "One."}, {"text": "Two.", "evidence": [999999]}]}, "parts"),
        ({"reason": "x", "parts": [{"text": "One."}, {"words": "Two."}]}, "parts.1.words"),
        ({"parts": [{"text": "One."}, {"text": "Two."}]}, "reason"),
    ],
)
def test_a_bad_split_names_the_field(api: Caller, body: dict[str, object], field: str) -> None:
    is_problem(api.post(f"/claims/{make_claim().pk}/split", body), 422, field=field)


def test_a_contributor_may_do_neither() -> None:
    carl = caller("contributor")
    claim, other = make_claim(), make_claim()
    is_problem(carl.post(f"/claims/{claim.pk}/merge", {"into": other.pk, "reason": "x"}), 403)
    parts = [{"text": "One."}, {"text": "Two."}]
    is_problem(carl.post(f"/claims/{claim.pk}/split", {"reason": "x", "parts": parts}), 403)


def test_after_the_merge_only_the_other_ones_verdicts_count(api: Caller, merged: tuple[Claim, Claim]) -> None:
    _, other = merged
    withdraw(other)
    assert api.get(f"/claims/{other.pk}/status?as_of=2026-03-02").json()["rating"] is None
