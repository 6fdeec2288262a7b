"""Finding claims, and working on them before there is a verdict."""

import pytest

from claims.models import Claim, Claimant
from tests.api.conftest import is_problem
from tests.factories import NOW, days, make_article, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def ids(response):
    assert response.status_code == 200, response.content
    return [claim["id"] for claim in response.json()["results"]]


def test_newest_first(api):
    old, new = make_claim(), make_claim(created_at=NOW + days(1))
    assert ids(api.get("/claims")) == [new.pk, old.pk]


def test_search_finds_word_forms_and_puts_the_best_match_first(api):
    passing = make_claim(
        text="The reopening of the market and a long list of other things was about bridges."
    )
    named = make_claim(text="The bridge, the bridge of all bridges.")
    make_claim(text="The mayor resigned.")
    assert ids(api.get("/claims?q=bridge")) == [named.pk, passing.pk]
    assert ids(api.get("/claims?q=bridge -market")) == [named.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=in_progress", True),
        ("state=new", False),
        ("state=new&state=in_progress", True),
        ("kind=status", True),
        ("kind=event", False),
        ("when=2026", True),
        ("when=2026-05", True),
        ("when=2025", False),
        ("claimant=ines falk", True),
        ("claimant=The mayor", True),
        ("claimant=Somebody else", False),
        ("freshness=unchecked", True),
        ("freshness=fresh", False),
        ("rating=none", True),
        ("rating=true", False),
        ("assignee=none", False),
        ("assignee=me", False),
        ("assignee=mira", True),
        ("created_after=2026-03-02", True),
        ("created_after=2026-03-03", False),
        ("created_before=2026-03-02", False),
        ("created_before=2026-03-02T13:00:00Z", True),
        ("article=999999", False),
    ],
)
def test_each_filter(api, query, found):
    mayor = Claimant.objects.create(name="Ines Falk", aliases=["The mayor"])
    make_claim(claimant=mayor, when="2026-05", assignee=make_user(username="mira"))
    assert bool(ids(api.get(f"/claims?{query}"))) is found


def test_by_claimants_id_and_by_article(api):
    article = make_article()
    claim = make_claim(article, claimant=Claimant.objects.create(name="Ines Falk"))
    make_claim()
    assert ids(api.get(f"/claims?claimant={claim.claimant_id}")) == [claim.pk]
    assert ids(api.get(f"/claims?article={article.pk}")) == [claim.pk]


def test_the_rating_filter_goes_by_the_day_asked_for(api):
    claim = make_claim()
    publish(claim, "true", applies_from=NOW.date())
    assert ids(api.get("/claims?rating=true&as_of=2026-03-05")) == [claim.pk]
    assert ids(api.get("/claims?rating=true&as_of=2026-02-05")) == []
    assert ids(api.get("/claims?rating=true&known_at=2026-03-01")) == []


def test_a_claim_says_where_it_stands(api):
    claim = make_claim()
    publish(claim, "misleading")
    status = api.get(f"/claims/{claim.pk}").json()["status"]
    assert (status["rating"], status["rating_number"]) == ("misleading", None)
    assert status["verdict_number"] == 1


def test_an_edit_counts_the_revision(api):
    claim = make_claim()
    answer = api.patch(
        f"/claims/{claim.pk}", {"revision": 1, "text": "The bridge is open.", "when": "2026-05"}
    )
    assert answer.json()["text"] == "The bridge is open."
    assert answer.json()["revision"] == 2


def test_an_edit_of_what_somebody_changed_meanwhile_is_refused_with_the_claim_as_it_is(api):
    claim = make_claim()
    api.patch(f"/claims/{claim.pk}", {"revision": 1, "text": "Theirs."})
    problem = is_problem(
        api.patch(f"/claims/{claim.pk}", {"revision": 1, "text": "Mine."}), 409, "claim_changed"
    )
    assert (problem["revision"], problem["text"]) == (2, "Theirs.")
    assert Claim.objects.get(pk=claim.pk).text == "Theirs."


def test_a_draft_is_accepted_rejected_with_a_reason_and_restored(api):
    claim = make_claim(state="new")
    assert api.post(f"/claims/{claim.pk}/accept").json()["state"] == "in_progress"
    rejected = api.post(f"/claims/{claim.pk}/reject", {"why": "An opinion."}).json()
    assert (rejected["state"], rejected["retired_why"]) == ("retired", "An opinion.")
    assert api.post(f"/claims/{claim.pk}/restore").json()["state"] == "new"


def test_a_published_claim_is_not_rejected(api):
    claim = make_claim()
    publish(claim)
    is_problem(api.post(f"/claims/{claim.pk}/reject", {"why": "Old."}), 409, "wrong_state")


def test_somebody_is_made_responsible(api):
    claim = make_claim()
    make_user(username="mira")
    assert (
        api.post(f"/claims/{claim.pk}/assign", {"assignee": "mira"}).json()["assignee"]["username"] == "mira"
    )
    assert api.post(f"/claims/{claim.pk}/assign", {"assignee": None}).json()["assignee"] is None
    is_problem(api.post(f"/claims/{claim.pk}/assign", {"assignee": "nobody"}), 422, field="assignee")


def test_where_a_claim_appears(api):
    article = make_article()
    claim = make_claim(article)
    [place] = api.get(f"/claims/{claim.pk}/appearances").json()["results"]
    assert place["article"]["id"] == article.pk
    assert place["sentence"] == "The harbour bridge was closed on Monday."
