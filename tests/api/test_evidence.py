"""Attaching evidence, and the sources it comes from."""

import pytest

from claims.models import Evidence
from sources.models import Source
from tests.api.conftest import caller, is_problem
from tests.factories import NOW, make_claim, make_evidence, make_snapshot, make_source

pytestmark = pytest.mark.django_db


def test_an_address_becomes_a_source_that_is_fetched(api):
    claim = make_claim()
    body = {
        "url": "https://Council.Example.org/minutes?utm_source=mail",
        "stance": "supports",
        "quote": "Closed.",
    }
    response = api.post(f"/claims/{claim.pk}/evidence", body)
    assert response.status_code == 201
    source = response.json()["source"]
    assert (source["url"], source["state"]) == ("https://council.example.org/minutes", "fetching")


def test_a_known_source_is_cited_by_its_id(api):
    claim, source = make_claim(), make_source()
    body = {"source": source.pk, "stance": "refutes", "locator": "p. 3", "is_primary": True}
    answer = api.post(f"/claims/{claim.pk}/evidence", body).json()
    assert (answer["source"]["id"], answer["is_primary"], answer["locator"]) == (source.pk, True, "p. 3")


def test_the_same_passage_twice_is_refused(api):
    claim, source = make_claim(), make_source()
    body = {"source": source.pk, "stance": "supports", "quote": "Closed."}
    assert api.post(f"/claims/{claim.pk}/evidence", body).status_code == 201
    is_problem(api.post(f"/claims/{claim.pk}/evidence", body), 409, "evidence_known")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"stance": "supports"}, "url"),
        ({"stance": "supports", "source": 999}, "source"),
        ({"stance": "supports", "source": 2**70}, "source"),
        ({"stance": "perhaps", "url": "https://a.example.org/"}, "stance"),
        ({"url": "https://a.example.org/"}, "stance"),
        ({"stance": "supports", "url": "ftp://a.example.org/"}, "url"),
        ({"stance": "supports", "url": "http://127.0.0.1/"}, "url"),
        ({"stance": "supports", "url": "https://a.example.org/", "is_primary": "yes"}, "is_primary"),
    ],
)
def test_what_evidence_needs(api, body, field):
    is_problem(api.post(f"/claims/{make_claim().pk}/evidence", body), 422, field=field)
    assert not Evidence.objects.exists()
    assert not Source.objects.exists()


def test_evidence_is_listed_corrected_and_removed(api):
    claim = make_claim()
    supporting, refuting = make_evidence(claim), make_evidence(claim, stance="refutes")
    assert len(api.get(f"/claims/{claim.pk}/evidence").json()["results"]) == 2
    [found] = api.get(f"/claims/{claim.pk}/evidence?stance=refutes").json()["results"]
    assert found["id"] == refuting.pk
    assert api.patch(f"/evidence/{supporting.pk}", {"note": "Seen."}).json()["note"] == "Seen."
    assert api.delete(f"/evidence/{supporting.pk}").status_code == 204
    is_problem(api.get(f"/evidence/{supporting.pk}"), 404, "not_found")


def test_a_source_is_added_once(api):
    body = {
        "url": "https://records.example.org/1",
        "title": "Record",
        "kind": "official",
        "publisher": "Council",
    }
    first, second = api.post("/sources", body), api.post("/sources", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["kind"] == "official"


def test_a_source_shows_what_it_said_when(api):
    source = make_source(work_state="failed", failure_code="gone", failure="It answers 410.")
    for day, status in ((1, 200), (2, 410)):
        make_snapshot(source, f"On day {day}.", at=NOW.replace(day=day), status=status)
    answer = api.get(f"/sources/{source.pk}").json()
    assert answer["state"] == "failed"
    assert answer["failure"]["code"] == "gone"
    assert [snapshot["http_status"] for snapshot in answer["snapshots"]] == [410, 200]
    assert answer["snapshots"][1]["fetched_at"] == "2026-03-01T12:00:00Z"


def test_sources_are_found(api):
    source = make_source(title="Minutes of the council", kind="official")
    make_source(work_state="queued")
    for query in ("q=minutes", "kind=official", "state=fetched", f"url={source.url}"):
        assert [s["id"] for s in api.get(f"/sources?{query}").json()["results"]] == [source.pk]


def test_who_has_no_role_adds_no_source():
    somebody = caller("contributor")
    somebody.user.groups.clear()
    is_problem(somebody.post("/sources", {"url": "https://a.example.org/"}), 403, "no_role")
    is_problem(somebody.get("/sources"), 403, "no_role")
    assert not Source.objects.exists()
