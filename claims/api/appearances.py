"""Where claims appear: an article's claims in its order, a claim's articles."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import triage
from claims.api.articles import TAG, article_summaries
from claims.api.claims import CLAIM_PARTS, answer_claim
from claims.api.endpoint import Endpoint, one, standing_claim
from claims.api.fields import AnyOf, Body, NoQuery, Number, Text
from claims.api.moved import MovedShape
from claims.api.paging import NEWEST_ID, OLDEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import AppearanceShape, ArticleClaimShape, ClaimShape
from claims.api.statuses import Clocks, StatusQuery, statuses, with_clocks
from claims.models import Appearance, Article, Claim

# What the database's positions reach.
LONGEST = 2**31 - 1


class ArticleClaimsQuery(PageQuery, StatusQuery):
    standing = AnyOf(choices=Appearance.Standing.choices, help_text="What became of the sentence.")


class AppearanceQuery(PageQuery):
    standing = AnyOf(choices=Appearance.Standing.choices, help_text="What became of the sentence.")


def appearances(query: dict[str, Any]) -> QuerySet[Appearance]:
    rows = Appearance.objects.select_related("version").defer("version__text", "version__skipped")
    standing = query.get("standing")
    return rows.filter(standing__in=standing) if standing else rows


class NewClaim(Body):
    """A claim at a place of the article's text, offsets in characters."""

    start = Number(min_value=0, max_value=LONGEST)
    end = Number(min_value=1, max_value=LONGEST)
    text = Text(max_length=2000)
    kind = serializers.ChoiceField(Claim.Kind.choices)
    claimant = Text(required=False, allow_blank=True, max_length=200)
    when = Text(required=False, allow_blank=True, max_length=21)
    topic = Text(required=False, allow_blank=True, max_length=80, help_text="Its name.")


class ArticleClaims(Endpoint):
    @operation(
        "articles_claims",
        "List an article's claims in its order",
        tag=TAG,
        query=ArticleClaimsQuery,
        answers={200: page_shape(ArticleClaimShape)},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = ArticleClaimsQuery.read(request)
        one(Article.objects.only("pk"), "article", id)
        clocks = Clocks.of(query)
        claims = with_clocks(Claim.objects.select_related(*CLAIM_PARTS), clocks)
        rows = appearances(query).filter(article=id, claim__merged_into=None)
        rows = rows.prefetch_related(Prefetch("claim", claims))
        found = page(rows, (Key("start", int), OLDEST_ID), query=query, request=request)
        standing = statuses((appearance.claim for appearance in found.rows), clocks)
        return found.answer(ArticleClaimShape, request, statuses=standing)

    @operation(
        "articles_add_claim",
        "Add a claim that was not found",
        tag=TAG,
        body=NewClaim,
        answers={201: ClaimShape},
        refuses=(404,),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewClaim.read(request)
        article = one(Article.objects.all(), "article", id)
        claim = triage.add_claim(article=article, by=self.person, at=timezone.now(), **body)
        return answer_claim(request, claim.pk, status=201)


class ClaimAppearances(Endpoint):
    @operation(
        "claims_appearances",
        "List the articles' sentences that make a claim, newest first",
        tag="Claims",
        query=AppearanceQuery,
        answers={200: page_shape(AppearanceShape), 308: MovedShape},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = AppearanceQuery.read(request)
        standing_claim(Claim.objects.only("merged_into"), id)
        rows = appearances(query).filter(claim=id).prefetch_related(Prefetch("article", article_summaries()))
        return page(rows, (NEWEST_ID,), query=query, request=request).answer(AppearanceShape, request)
