"""Articles that are edited, over the API."""

from __future__ import annotations

import pytest

from claims.models import Article
from tests.api.conftest import Caller, caller, is_problem
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db
FIRST = "The harbour bridge was closed on Monday after divers found cracks in two pillars."
SECOND = "The city council will reopen the bridge in May 2026, a spokeswoman said."


@pytest.fixture
def article() -> Article:
    found = make_article(f"{FIRST} {SECOND}", url="https://gazette.example/bridge")
    make_claim(found, passage=FIRST)
    make_claim(found, passage=SECOND)
    return found


def test_a_new_text_flags_the_claims_whose_sentence_has_vanished(api: Caller, article: Article) -> None:
    answer = api.post(f"/articles/{article.pk}/revise", {"text": f"{FIRST} It rained."})
    assert (answer.status_code, answer.json()["text"]) == (200, f"{FIRST} It rained.")
    gone = api.get(f"/articles/{article.pk}/claims?standing=vanished").json()["results"]
    assert [(row["sentence"], row["version"]) for row in gone] == [(SECOND, 1)]
    assert gone[0]["standing_since"] is not None
    there = api.get(f"/articles/{article.pk}/claims?standing=there").json()["results"]
    assert [(row["sentence"], row["version"]) for row in there] == [(FIRST, None)]
    claim = gone[0]["claim"]["id"]
    assert api.get(f"/claims/{claim}/appearances?standing=vanished").json()["results"][0]["version"] == 1
    assert [row["id"] for row in api.get("/claims?lost=sentence&lost=quote").json()["results"]] == [claim]


def test_earlier_texts_and_what_has_changed(api: Caller, article: Article) -> None:
    is_problem(api.get(f"/articles/{article.pk}/difference"), 409, "nothing_to_compare")
    api.post(f"/articles/{article.pk}/revise", {"html": f"<p>{FIRST}</p><p>It rained all day long.</p>"})
    kept = api.get(f"/articles/{article.pk}/versions").json()["results"]
    assert [(row["number"], row["text"]) for row in kept] == [(1, f"{FIRST} {SECOND}")]
    assert kept[0]["replaced_by"]["id"] == api.user.pk
    found = api.get(f"/articles/{article.pk}/difference").json()
    assert (found["before"], found["after"]) == (1, 2)
    assert {piece["kind"] for piece in found["pieces"]} >= {"deleted", "inserted"}
    is_problem(api.get(f"/articles/{article.pk}/difference?after=9"), 422, field="after")


def test_an_address_is_read_again_and_new_claims_are_asked_for(api: Caller, article: Article) -> None:
    asked = api.post(f"/articles/{article.pk}/reread")
    assert (asked.status_code, asked.json()["state"], asked.json()["changed"]) == (202, "waiting", None)
    assert api.post(f"/articles/{article.pk}/find-new").json()["state"] == "extracting"
    is_problem(api.post(f"/articles/{article.pk}/find-new"), 409, "not_ready")
    is_problem(
        api.post(f"/articles/{make_article('Words that nobody fetched.').pk}/reread"), 409, "no_address"
    )


def test_what_cannot_be_used_names_its_field(api: Caller, article: Article) -> None:
    path = f"/articles/{article.pk}/revise"
    is_problem(api.post(path, {}), 422, field="text")
    is_problem(api.post(path, {"text": "Too short."}), 422, "too_short", "text")
    is_problem(api.post(path, {"text": "a b c d", "html": "<p>a b c d</p>"}), 422, field="text")
    is_problem(api.post("/articles/999999/revise", {"text": "a b c d"}), 404)
    is_problem(caller("contributor", "read").post(path, {"text": "a b c d"}), 403)
    other = make_article("Words of another article altogether.")
    stored = api.post(f"/articles/{other.pk}/revise", {"text": "Words of another article, edited."})
    assert stored.status_code == 200
    refused = is_problem(api.post(path, {"text": "Words of another article, edited."}), 409, "text_known")
    assert refused["article"] == other.pk
