"""ClaimReview for other systems."""

from datetime import date

import pytest

from claims.models import Claimant
from tests.api.conftest import is_problem
from tests.factories import NOW, days, make_article, make_claim, make_evidence, publish

pytestmark = pytest.mark.django_db


def review(api, claim):
    response = api.get(f"/claims/{claim.pk}/claimreview")
    assert response.status_code == 200, response.content
    return response.json()


def test_a_rating_on_the_truth_axis_has_its_number(api):
    claim = make_claim()
    publish(claim, "mostly_false")
    rating = review(api, claim)["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (2, 1, 5)
    assert rating["alternateName"] == "Mostly false"


@pytest.mark.parametrize(
    "off_axis",
    ["misleading", "missing_context", "altered", "satire", "unproven", "unverifiable", "opinion"],
)
def test_a_rating_off_the_axis_has_none(api, off_axis):
    claim = make_claim()
    publish(claim, off_axis)
    rating = review(api, claim)["reviewRating"]
    assert not {"ratingValue", "worstRating", "bestRating"} & set(rating)
    assert rating["alternateName"]


def test_what_the_review_says(api, settings):
    article = make_article(url="https://news.example.com/a")
    mayor = Claimant.objects.create(name="Ines Falk", kind="person", wikidata_id="Q42")
    claim = make_claim(article, claimant=mayor)
    evidence = make_evidence(claim)
    publish(claim)
    found = review(api, claim)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "ClaimReview")
    assert found["url"].startswith(f"{settings.SITE_URL}/claims/{claim.pk}")
    assert found["claimReviewed"] == claim.text
    assert found["author"]["name"] == settings.SITE_NAME
    assert found["datePublished"] == found["dateModified"] == "2026-03-02T12:00:00Z"
    assert found["expires"] == claim.rechecks.get().due_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found["citation"] == [evidence.source.url]
    item = found["itemReviewed"]
    assert item["author"] == {
        "@type": "Person",
        "name": "Ines Falk",
        "sameAs": "https://www.wikidata.org/wiki/Q42",
    }
    assert item["datePublished"] == "2026-03-02"
    assert item["appearance"][0]["url"] == "https://news.example.com/a"


def test_a_claim_that_nobody_asserts_has_no_author(api):
    claim = make_claim(make_article())
    publish(claim)
    assert "author" not in review(api, claim)["itemReviewed"]


def test_a_correction_is_told(api):
    claim = make_claim()
    publish(claim)
    publish(claim, "false", change="our_error", correction="We misread the record.", at=NOW + days(2))
    found = review(api, claim)
    assert found["correction"]["text"] == "We misread the record."
    assert (found["datePublished"], found["dateModified"]) == ("2026-03-02T12:00:00Z", "2026-03-04T12:00:00Z")


def test_nothing_published_is_a_404(api):
    is_problem(api.get(f"/claims/{make_claim().pk}/claimreview"), 404, "not_found")


def test_a_verdict_about_a_time_to_come_is_not_published_as_if_it_held_today(api):
    claim = make_claim()
    publish(claim, applies_from=date(2999, 1, 1))
    is_problem(api.get(f"/claims/{claim.pk}/claimreview"), 404, "not_found")


def test_as_json_ld_where_asked_for(api):
    claim = make_claim()
    publish(claim)
    response = api.get(f"/claims/{claim.pk}/claimreview", headers={"Accept": "application/ld+json"})
    assert response.headers["Content-Type"] == "application/ld+json"
