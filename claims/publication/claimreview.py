"""A published verdict as schema.org ClaimReview, by the rules of Google's fact check page.

Ratings off the truth axis carry no number, ever; the claim's author is left out where nobody asserts it.
Where the words of a verdict are gone it says so in their place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.models import Article, Claim, Claimant, Rating, Verdict
from claims.models.verdict import TRUTH_AXIS, Change

WORST, BEST = min(TRUTH_AXIS.values()), max(TRUTH_AXIS.values())
AUTHOR_TYPES = {Claimant.Kind.PERSON.value: "Person", Claimant.Kind.ORGANISATION.value: "Organization"}
MOST_APPEARANCES = 20


@dataclass(frozen=True)
class Desk:
    """Who publishes the review."""

    name: str
    url: str


def claim_review(*, claim: Claim, verdict: Verdict, desk: Desk, url: str) -> dict[str, Any]:
    """The JSON-LD of `verdict`, in force and with a rating. `url` is the public page that shows it."""
    first = verdict if verdict.number == 1 else claim.verdicts.get(number=1)
    open_recheck = claim.rechecks.open().first()
    articles = [
        appearance.article
        for appearance in claim.appearances.select_related("article").defer(
            "article__text", "article__skipped"
        )[:MOST_APPEARANCES]
    ]
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim.text,
        "datePublished": _moment(first.decided_at),
        "dateModified": _moment(verdict.decided_at),
        "expires": _moment(open_recheck.due_at) if open_recheck else None,
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": desk.name, "url": desk.url},
        "itemReviewed": _claim(claim, articles),
        "reviewRating": rating(verdict),
        "reviewBody": _reason(verdict),
        "citation": sorted({item["source"] for item in verdict.basis}),
    }
    if verdict.change == Change.OUR_ERROR:
        review["correction"] = {
            "@type": "CorrectionComment",
            "text": verdict.correction.text,
            "datePublished": _moment(verdict.decided_at),
        }
    return {name: value for name, value in review.items() if value}


def rating(verdict: Verdict) -> dict[str, Any]:
    """The label, and a number only on the truth axis."""
    number = Rating(verdict.rating).number
    scale = {} if number is None else {"ratingValue": number, "worstRating": WORST, "bestRating": BEST}
    return {
        "@type": "Rating",
        **scale,
        "alternateName": verdict.label or Rating(verdict.rating).label,
        "ratingExplanation": _reason(verdict),
    }


def _reason(verdict: Verdict) -> str:
    return verdict.reason or "Redacted."


def _claim(claim: Claim, articles: Iterable[Article]) -> dict[str, Any]:
    articles = list(articles)
    days = [article.published_on for article in articles if article.published_on]
    item: dict[str, Any] = {
        "@type": "Claim",
        "author": _claimant(claim.claimant),
        "datePublished": min(days).isoformat() if days else None,
        "appearance": [_appearance(article) for article in articles if article.url],
    }
    return {name: value for name, value in item.items() if value}


def _claimant(claimant: Claimant | None) -> dict[str, str] | None:
    if claimant is None:
        return None
    author = {"@type": AUTHOR_TYPES.get(claimant.kind, "Thing"), "name": claimant.name}
    if claimant.wikidata_id:
        author["sameAs"] = f"https://www.wikidata.org/wiki/{claimant.wikidata_id}"
    return author


def _appearance(article: Article) -> dict[str, str]:
    page = {"@type": "NewsArticle", "url": article.url or "", "headline": article.title}
    return {name: value for name, value in page.items() if value}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
