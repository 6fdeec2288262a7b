"""A sealed verdict: rated blind by a second person, then open; and how the two agree."""

import pytest
from django.test import Client

from claims import blind
from claims.models import BlindSwitch, Claim, Proposal, SecondRating, Topic, User
from tests.factories import NOW, make_article, make_claim, propose
from tests.pages.conftest import browser_of
from tests.pages.reading import field, words

SECRET = "The council's minutes decide it."
RATING = {"rating": "half_true", "reason": "One record is missing."}


@pytest.fixture
def claim(edith: User) -> Claim:
    claim = make_claim(make_article(), text="The bridge is closed.")
    blind.switch_on(claim=claim, by=edith, at=NOW)
    return claim


@pytest.fixture
def sealed(claim: Claim, ravi: User) -> Proposal:
    return propose(claim, "mostly_false", by=ravi, reason=SECRET, label="Not so")


@pytest.mark.parametrize(
    "page", ["/claims/{pk}/", "/reviews/", "/", "/claims/{pk}/history/", "/claims/?q=bridge"]
)
def test_the_rating_and_the_reason_are_on_no_page_of_others(
    other_desk: Client, sealed: Proposal, page: str
) -> None:
    told = other_desk.get(page.format(pk=sealed.claim_id)).content.decode()
    assert "The bridge is closed." in told or "proposal" in told
    assert SECRET not in told.replace("&#x27;", "'")
    assert "Not so" not in told
    assert 'chip--mostly_false"' not in told


def test_who_submitted_sees_it_and_that_nobody_else_does(desk: Client, sealed: Proposal) -> None:
    page = words(desk.get(f"/claims/{sealed.claim_id}/"))
    assert SECRET in page
    assert "Nobody else sees it until somebody has rated the claim blind." in page


def test_a_contributor_rates_it_and_then_it_is_open(carl: User, sealed: Proposal) -> None:
    browser = browser_of(carl)
    assert "Rate it before you see the first rating" in words(browser.get(f"/claims/{sealed.claim_id}/"))
    page = words(browser.post(f"/reviews/{sealed.pk}/second-rating/", RATING, follow=True))
    assert "The first rating is another one: see below." in page
    assert SECRET in page
    assert "Rated blind by Carl Berg: Half true One record is missing." in page


def test_the_published_verdict_tells_of_the_second_rating(
    other_desk: Client, carl: User, sealed: Proposal
) -> None:
    browser_of(carl).post(f"/reviews/{sealed.pk}/second-rating/", RATING)
    page = words(other_desk.post(f"/reviews/{sealed.pk}/approve/", follow=True))
    assert "Rated blind by Carl Berg: Half true. One record is missing." in page


def test_what_is_missing_is_said_and_the_rest_is_kept(other_desk: Client, sealed: Proposal) -> None:
    answer = other_desk.post(f"/reviews/{sealed.pk}/second-rating/", RATING | {"rating": ""})
    assert answer.status_code == 422
    assert "Choose a rating." in words(answer)
    assert field(answer, "reason") == RATING["reason"]
    assert SECRET not in words(answer)


def test_approving_it_sealed_is_refused_without_telling(other_desk: Client, sealed: Proposal) -> None:
    answer = other_desk.post(f"/reviews/{sealed.pk}/approve/")
    assert answer.status_code == 409
    assert "Give your own rating first" in words(answer)
    assert SECRET not in words(answer)


def test_a_verdict_of_ones_own_meanwhile_tells_nothing_of_theirs(
    other_desk: Client, sealed: Proposal
) -> None:
    form = {
        "follows": "0",
        "rating": "true",
        "change": "first",
        "applies_from": "2026-03-01",
        "reason": "Mine.",
    }
    answer = other_desk.post(f"/claims/{sealed.claim_id}/verdict/", form)
    assert answer.status_code == 409
    assert "Rate that one blind above" in words(answer)
    assert SECRET not in words(answer)
    assert "Mostly false)" not in words(answer)


def test_an_editor_asks_for_it_of_a_claim_and_ends_it(other_desk: Client, desk: Client) -> None:
    claim = make_claim(make_article())
    assert "Ask for a blind second rating" not in words(desk.get(f"/claims/{claim.pk}/"))
    assert "Ask for a blind second rating" in words(other_desk.get(f"/claims/{claim.pk}/"))
    address = f"/claims/{claim.pk}/"
    page = other_desk.post("/agreement/blind/", {"claim": claim.pk, "next": address}, follow=True)
    assert "Verdicts on it are rated blind by a second person." in words(page)
    other_desk.post(f"/agreement/blind/{BlindSwitch.objects.get().pk}/off/", {"next": address})
    assert not BlindSwitch.objects.exists()


def test_an_editor_asks_for_it_of_a_topic_and_of_all(other_desk: Client) -> None:
    Topic.objects.create(name="Harbour")
    for topic in ("Harbour", ""):
        other_desk.post("/agreement/blind/", {"topic": topic})
    page = words(other_desk.get("/agreement/"))
    assert "Claims about Harbour" in page
    assert "All claims" in page
    assert BlindSwitch.objects.count() == 2


def test_a_reviewer_does_not(desk: Client) -> None:
    page = words(desk.post("/agreement/blind/", {}, follow=True))
    assert "Your role does not allow you to ask for blind second ratings." in page
    assert not BlindSwitch.objects.exists()


def test_agreement_is_shown_by_topic_with_its_number(
    desk: Client, ravi: User, edith: User, carl: User
) -> None:
    topic = Topic.objects.create(name="Harbour")
    blind.switch_on(by=edith, at=NOW)
    for first, second in (("true", "true"), ("false", "false"), ("true", "false")):
        proposal = propose(make_claim(topic=topic), first, by=ravi)
        blind.rate(proposal=proposal, rating=second, reason="So it is.", by=carl, at=NOW)
    blind.rate(proposal=propose(make_claim(), by=ravi), rating="true", reason="Yes.", by=carl, at=NOW)
    page = words(desk.get("/agreement/"))
    assert "Harbour 3 2 of 3 0.40" in page
    assert "no topic 1 1 of 1 not defined: all got one and the same rating" in page
    assert "All 4 3 of 4" in page
    assert SecondRating.objects.count() == 4


def test_without_a_pair_it_says_so(desk: Client) -> None:
    assert "No pair of ratings yet." in words(desk.get("/agreement/"))
