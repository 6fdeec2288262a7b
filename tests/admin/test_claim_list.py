"""Finding claims, keeping the view, and doing one thing to many of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Claimant, SavedView
from tests.admin.conftest import list_of
from tests.factories import make_article, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def texts(answer):
    return [claim.text for claim in answer.context["cl"].result_list]


def act(client, action, claims, **fields):
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [claim.pk for claim in claims]}
    return client.post(list_of("claim"), chosen | fields, follow=True)


@pytest.mark.parametrize("words", ["bridges", '"bridge is closed"', "Falk", "harbourmaster", "#{pk}"])
def test_claims_are_found_by_words_claimant_alias_and_number(client, enter, words):
    enter()
    falk = Claimant.objects.create(name="Ines Falk", aliases=["harbourmaster"])
    wanted = make_claim(text="The bridge is closed.", claimant=falk)
    make_claim(text="Tea is cheap.")
    assert texts(client.get(list_of("claim"), {"q": words.format(pk=wanted.pk)})) == [wanted.text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=new", ["new"]),
        ("state=published", ["true", "misleading"]),
        ("kind=event", ["new"]),
        ("rating=misleading", ["misleading"]),
        ("rating=none", ["new"]),
        ("freshness=unchecked", ["new"]),
        ("assignee=me", ["misleading"]),
        ("assignee=none", ["new", "true"]),
        ("claimant=Falk", ["true"]),
        ("created_from=2026-03-02&created_to=2026-03-02", ["new", "true", "misleading"]),
        ("created_to=2026-03-01", []),
        ("page=2&state=new", ["new"]),
    ],
)
def test_filters_narrow_the_list(client, enter, query, found):
    me = enter()
    make_claim(text="new", state="new", kind="event")
    publish(make_claim(text="true", claimant=Claimant.objects.create(name="Ines Falk")))
    publish(make_claim(text="misleading", assignee=me), "misleading")
    assert sorted(texts(client.get(list_of("claim", query)))) == sorted(found)


def test_claims_of_one_article_are_listed(client, enter):
    enter()
    article = make_article()
    there = make_claim(article)
    make_claim()
    assert texts(client.get(list_of("claim", f"article={article.pk}"))) == [there.text]


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "created_from=yesterday",
        "article=x",
        "assignee=99999999999999999999",
    ],
)
def test_a_filter_that_cannot_be_is_no_fault_of_the_server(client, enter, query):
    enter()
    assert client.get(list_of("claim", query), follow=True).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/claims/claim/?state=%00",
        "/admin/claims/claim/x/change/",
        "/admin/claims/claim/999999/change/",
        "/admin/claims/claim/x/accept/",
        "/admin/claims/claim/99999999999999999999/accept/",
        "/admin/claims/claim/x/open_at_desk/",
        "/admin/claims/verdict/7/open_at_desk/",
        "/admin/claims/recheck/x/hand_over/",
        "/admin/sources/source/x/fetch_again/",
        "/admin/claims/article/?published_on_from=never",
    ],
)
def test_an_address_that_names_nothing_is_no_fault_of_the_server(client, enter, address):
    enter()
    for method in (client.get, client.post):
        assert method(address, {"_form_submitted": "on"} if method == client.post else None).status_code < 500


def test_the_number_of_queries_does_not_grow_with_the_list(client, enter):
    me = enter()

    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get(list_of("claim"))
        return len(counted)

    publish(make_claim(make_article(), assignee=me))
    queries()  # Fills caches.
    few = queries()
    for n in range(12):
        publish(make_claim(claimant=Claimant.objects.create(name=f"Claimant {n}"), assignee=make_user()))
    assert queries() == few


def test_many_claims_are_assigned_after_a_question(client, enter):
    enter()
    claims, colleague = [make_claim() for _ in range(3)], make_user()
    asked = act(client, "assign_selected", claims[:2])
    assert "2 claims" in asked.text
    assert not Claim.objects.exclude(assignee=None).exists()
    done = act(client, "assign_selected", claims[:2], confirm="yes", assignee=colleague.pk)
    assert f"2 claims assigned to {colleague}." in done.text
    assert set(Claim.objects.filter(assignee=colleague)) == set(claims[:2])


def test_all_claims_of_a_filter_are_assigned_across_pages(client, enter):
    enter()
    colleague = make_user()
    claims = [make_claim(state="new") for _ in range(60)]
    fields = {
        "action": "assign_selected", "select_across": "1", "confirm": "yes", "assignee": colleague.pk,
        ACTION_CHECKBOX_NAME: [claims[0].pk],
    }  # fmt: skip
    client.post(list_of("claim", "state=new"), fields)
    assert Claim.objects.filter(assignee=colleague).count() == 60


def test_accepting_many_says_which_were_left(client, enter):
    enter()
    new, done = make_claim(state="new"), publish(make_claim()).claim
    answer = act(client, "accept_selected", [new, done])
    assert "1 claim accepted." in answer.text
    assert "1 claim left as they were" in answer.text
    new.refresh_from_db()
    assert new.state == "in_progress"


def test_rejecting_many_asks_for_the_reason(client, enter):
    enter()
    claim = make_claim(state="new")
    act(client, "reject_selected", [claim], confirm="yes", why="")
    claim.refresh_from_db()
    assert claim.state == "new"
    act(client, "reject_selected", [claim], confirm="yes", why="an opinion")
    claim.refresh_from_db()
    assert (claim.state, claim.retired_why) == ("retired", "an opinion")


def test_the_filters_of_now_are_kept_as_a_view(client, enter):
    me = enter()
    words = {"name": "Stale", "query": "freshness=stale&assignee=me", "shared": "on"}
    answer = client.post(list_of("claim") + "save-view/", words, follow=True)
    assert answer.redirect_chain[-1][0].endswith("?freshness=stale&assignee=me")
    view = SavedView.objects.get()
    assert (view.owner, view.query, view.shared) == (me, words["query"], True)
    (tab,) = answer.context["saved_views"]
    assert tab.active


def test_a_view_of_somebody_else_is_seen_only_when_shared(client, enter):
    colleague = make_user()
    SavedView.objects.create(owner=colleague, name="Mine alone", query="state=new")
    shared = SavedView.objects.create(owner=colleague, name="For all", query="state=new", shared=True)
    enter()
    tabs = client.get(list_of("claim")).context["saved_views"]
    assert [tab.name for tab in tabs] == ["For all"]
    assert client.post(f"/admin/claims/savedview/{shared.pk}/delete/", {"post": "yes"}).status_code == 403


def test_what_is_due_is_shown_with_its_day(client, enter):
    enter()
    publish(make_claim(), at=timezone.now() - timedelta(days=100))
    (claim,) = client.get(list_of("claim", "freshness=stale")).context["cl"].result_list
    assert claim.due_at < timezone.now() - timedelta(days=30)
