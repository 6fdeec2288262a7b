"""Triage beside the article: accept, reject, take back, edit, add."""

from django.test import Client

from claims.models import Claim
from tests.factories import make_article, make_claim
from tests.pages.reading import HTMX, field, words


def test_accepting_gives_the_card_back_in_its_new_state(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article, state="new")
    answer = desk.post(f"/claims/{claim.pk}/accept/?article={article.pk}", headers=HTMX)
    assert 'data-state="in_progress"' in answer.content.decode()
    assert 'id="claim-tabs"' in answer.content.decode()
    claim.refresh_from_db()
    assert claim.state == "in_progress"


def test_accepting_works_without_javascript(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article, state="new")
    answer = desk.post(f"/claims/{claim.pk}/accept/?article={article.pk}")
    assert answer["Location"] == f"/articles/{article.pk}/#claim-{claim.pk}"


def test_rejecting_needs_a_reason(desk: Client) -> None:
    claim = make_claim(make_article(), state="new")
    answer = desk.post(f"/claims/{claim.pk}/reject/", {"why": ""}, headers=HTMX)
    assert answer.status_code == 422
    assert "Why not?: Say in a few words" in words(answer)
    desk.post(f"/claims/{claim.pk}/reject/", {"why": "", "preset": "too trivial"})
    claim.refresh_from_db()
    assert (claim.state, claim.retired_why) == ("retired", "too trivial")


def test_a_rejection_can_be_taken_back(desk: Client) -> None:
    claim = make_claim(make_article(), state="retired", retired_why="trivial")
    desk.post(f"/claims/{claim.pk}/restore/")
    claim.refresh_from_db()
    assert (claim.state, claim.retired_why) == ("new", "")


def test_editing_changes_wording_kind_claimant_and_time(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article)
    form = {"revision": 1, "text": "The bridge was closed on 2 March 2026.", "kind": "event",
            "claimant": "Ines Falk", "when": "2026-03-02"}  # fmt: skip
    answer = desk.post(f"/claims/{claim.pk}/edit/?article={article.pk}", form, headers=HTMX)
    assert "Ines Falk says so 2 March 2026" in words(answer)
    claim.refresh_from_db()
    assert (claim.kind, claim.when, claim.revision) == ("event", "2026-03-02", 2)


def test_an_edit_that_comes_too_late_keeps_the_text_and_shows_the_other(desk: Client) -> None:
    claim = make_claim(make_article(), text="Theirs now.", revision=2)
    form = {"revision": 1, "text": "Mine, typed at length.", "kind": "status", "claimant": "", "when": ""}
    answer = desk.post(f"/claims/{claim.pk}/edit/", form, headers=HTMX)
    assert answer.status_code == 409
    assert "It now reads: Theirs now." in words(answer)
    assert (field(answer, "text"), field(answer, "revision")) == ("Mine, typed at length.", "2")
    desk.post(f"/claims/{claim.pk}/edit/", form | {"revision": field(answer, "revision")})
    claim.refresh_from_db()
    assert claim.text == "Mine, typed at length."


def test_a_bad_time_is_refused_at_its_field(desk: Client) -> None:
    claim = make_claim(make_article())
    form = {"revision": 1, "text": claim.text, "kind": "status", "claimant": "", "when": "last summer"}
    answer = desk.post(f"/claims/{claim.pk}/edit/", form, headers=HTMX)
    assert answer.status_code == 422
    assert "Time: Give a year, month or day" in words(answer)


def test_a_decision_that_comes_too_late_is_told_above_the_page(desk: Client) -> None:
    article = make_article()
    claim = make_claim(article, state="in_review")
    answer = desk.post(f"/claims/{claim.pk}/accept/?article={article.pk}", headers=HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#notices"
    assert "This claim is in review" in words(answer)


def test_a_selection_becomes_a_claim_at_its_place(desk: Client) -> None:
    article = make_article(text="🌉🌉 The bridge is closed. It rained.")
    form = desk.get(f"/articles/{article.pk}/add-claim/?start=3&end=24", headers=HTMX)
    assert field(form, "quote") == "The bridge is closed."
    sent = {name: field(form, name) for name in ("quote", "start", "end", "text")}
    answer = desk.post(f"/articles/{article.pk}/add-claim/", sent | {"kind": "status"}, headers=HTMX)
    claim = Claim.objects.get()
    assert answer["HX-Retarget"] == "#article-body"
    assert claim.appearances.get().sentence == "The bridge is closed."


def test_pasted_words_are_found_in_the_article(desk: Client) -> None:
    article = make_article()
    form = {
        "quote": "the repair costs 4 million euros",
        "text": "It costs 4 million euros.",
        "kind": "quantity",
    }
    desk.post(f"/articles/{article.pk}/add-claim/", form)
    assert article.appearances.get().sentence == "the repair costs 4 million euros"


def test_words_that_are_not_in_the_article_are_refused(desk: Client) -> None:
    article = make_article()
    form = {"quote": "Elephants crossed the river at noon", "text": "Elephants crossed.", "kind": "event"}
    answer = desk.post(f"/articles/{article.pk}/add-claim/", form)
    assert answer.status_code == 422
    assert "Words of the article: These words do not stand in the article" in words(answer)
    assert field(answer, "text") == "Elephants crossed."
