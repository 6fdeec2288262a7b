"""From an article to a status and its re-check, by programs alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import intake
from tests.api.conftest import caller

pytestmark = pytest.mark.django_db

ARTICLE = (
    "The harbour bridge in Lindholm was closed on Monday after inspectors found cracks.\n\n"
    "Mayor Ines Falk said that the repair will cost 4 million euros. The council approved the money in 2024."
)


def test_from_article_to_recheck(api, editor):
    article = api.post("/articles", {"text": ARTICLE, "published_on": "2026-03-02"}).json()
    assert api.get(f"/articles/{article['id']}/claims").json()["results"] == []
    assert intake.work_article(at=timezone.now() + timedelta(seconds=1))

    article = api.get(f"/articles/{article['id']}").json()
    assert article["state"] == "ready"
    places = api.get(f"/articles/{article['id']}/claims").json()["results"]
    assert places
    for place in places:
        assert ARTICLE[place["start"] : place["end"]] == place["sentence"]
    claim = f"/claims/{places[0]['claim']['id']}"

    api.post(f"{claim}/accept")
    minutes = {"url": "https://council.example.org/minutes", "stance": "supports", "quote": "Closed."}
    assert api.post(f"{claim}/evidence", minutes).status_code == 201
    verdict = {"follows": 0, "rating": "mostly_true", "reason": "The minutes say so.", "change": "first"}
    proposal = api.post(f"{claim}/verdicts", verdict | {"applies_from": "2026-03-02"}).json()
    assert editor.post(f"/proposals/{proposal['id']}/approve").status_code == 201

    reader = caller("contributor", "read")
    status = reader.get(f"{claim}/status?as_of=2026-03-02").json()
    assert (status["rating"], status["rating_number"], status["freshness"]) == ("mostly_true", 4, "fresh")
    assert reader.get(f"{claim}/claimreview").json()["reviewRating"]["ratingValue"] == 4

    [recheck] = reader.get(f"/rechecks?claim={status['claim']}").json()["results"]
    assert recheck["due_at"] == status["next_check_at"]
    looked = editor.post(f"/rechecks/{recheck['id']}/outcome", {"outcome": "still_so"}).json()
    assert looked["next"]["due_at"] >= recheck["due_at"]
    world_changed = {"follows": 1, "rating": "false", "reason": "It reopened.", "change": "world_changed"}
    proposal = api.post(f"{claim}/verdicts", world_changed | {"applies_from": "2026-05-01"}).json()
    gate = editor.get(f"/proposals/{proposal['id']}/gate").json()
    assert len(gate["unaddressed"]) == 1  # The minutes, which say otherwise.
    editor.post(f"/proposals/{proposal['id']}/approve", {"seen": gate["unaddressed"]})
    assert reader.get(f"{claim}/status?as_of=2026-04-30").json()["rating"] == "mostly_true"
    assert reader.get(f"{claim}/status?as_of=2026-05-01").json()["rating"] == "false"
