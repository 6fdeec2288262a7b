"""What checks of sources found, over the API."""

import pytest

from claims import quotes
from sources.cataloguing import tell_of_text
from sources.models import Check, Source
from tests.api.conftest import Caller, caller, is_problem
from tests.factories import NOW, days, make_claim, make_evidence, make_snapshot, make_source

pytestmark = pytest.mark.django_db


def test_a_source_says_what_its_last_check_found(api: Caller) -> None:
    source = make_source(
        liveness="moved",
        liveness_since=NOW,
        liveness_why="Its address is now https://new.example/.",
        moved_to="https://new.example/",
        checked_at=NOW,
        next_check_at=NOW + days(3),
    )
    found = api.get(f"/sources/{source.pk}").json()
    assert (found["liveness"], found["liveness_since"]) == ("moved", "2026-03-02T12:00:00Z")
    assert (found["moved_to"], found["next_check_at"]) == ("https://new.example/", "2026-03-05T12:00:00Z")
    assert api.get(f"/sources/{make_source().pk}").json()["liveness"] is None


def test_sources_are_listed_by_what_was_found(api: Caller) -> None:
    gone = make_source(liveness="gone", liveness_since=NOW)
    moved = make_source(liveness="moved", liveness_since=NOW)
    make_source()
    listed = api.get("/sources?liveness=gone&liveness=moved").json()["results"]
    assert {row["id"] for row in listed} == {gone.pk, moved.pk}
    is_problem(api.get("/sources?liveness=dead"), 422, field="liveness")


def test_a_check_is_asked_for_and_listed(api: Caller) -> None:
    source = make_source()
    make_snapshot(source)
    asked = api.post(f"/sources/{source.pk}/checks")
    assert (asked.status_code, asked.json()["state"], asked.json()["outcome"]) == (202, "waiting", None)
    assert api.post(f"/sources/{source.pk}/checks").json()["id"] == asked.json()["id"]
    check = Check.objects.create(
        source=source, asked_at=NOW, not_before=NOW, scheduled=True, work_state="done", outcome="unchanged"
    )
    listed = api.get(f"/sources/{source.pk}/checks").json()["results"]
    assert [row["id"] for row in listed] == [asked.json()["id"], check.pk]
    assert (listed[1]["state"], listed[1]["outcome"]) == ("done", "unchanged")


def test_what_cannot_be_checked_says_why(api: Caller) -> None:
    is_problem(api.post(f"/sources/{make_source().pk}/checks"), 409, "not_fetched")
    is_problem(api.post("/sources/999999/checks"), 404)
    is_problem(api.get("/sources/999999/checks"), 404)
    source = make_source()
    make_snapshot(source)
    is_problem(caller("reviewer", "read").post(f"/sources/{source.pk}/checks"), 403)
    assert not Source.objects.filter(checks__isnull=False).exists()


def test_what_became_of_a_quote(api: Caller) -> None:
    source = make_source()
    make_snapshot(source, "The pier is closed until May. Ruiz said so.")
    item = make_evidence(make_claim(), source=source, quote="The pier is closed until May.")
    item.snapshot, item.quote_start = source.latest_snapshot(), 0
    item.save()
    path = f"/claims/{item.claim_id}/evidence"
    assert api.get(path).json()["results"][0]["latest_look"] is None
    snapshot = make_snapshot(source, "The pier is closed until June. Ruiz said so.", at=NOW + days(1))
    tell_of_text(source=source, snapshot=snapshot, at=NOW)
    quotes.follow_change(at=NOW + days(1))
    look = api.get(f"{path}?quote=gone").json()["results"][0]["latest_look"]
    assert (look["found"], look["snapshot"], look["came_back"]) == ("gone", snapshot.pk, False)
    assert look["words"].startswith("The pier is closed until June")
    assert api.get(f"{path}?quote=there&quote=reworded").json()["results"] == []


def test_the_difference_between_two_snapshots(api: Caller) -> None:
    source = make_source()
    first = make_snapshot(source, "Closed until May.")
    is_problem(api.get(f"/sources/{source.pk}/difference"), 409, "nothing_to_compare")
    second = make_snapshot(source, "Closed until June.", at=NOW + days(1))
    found = api.get(f"/sources/{source.pk}/difference").json()
    assert (found["before"]["id"], found["after"]["id"], found["complete"]) == (first.pk, second.pk, True)
    assert [(piece["kind"], piece["text"].strip()) for piece in found["pieces"]] == [
        ("same", "Closed until"), ("deleted", "May"), ("inserted", "June"), ("same", "."),
    ]  # fmt: skip
    assert api.get(f"/sources/{source.pk}/difference?before={second.pk}&after={first.pk}").status_code == 200
    is_problem(api.get(f"/sources/{source.pk}/difference?before=999999"), 422, field="before")
    is_problem(api.get("/sources/999999/difference"), 404)
    is_problem(api.get(f"/sources/{make_source().pk}/difference"), 409, "not_fetched")
