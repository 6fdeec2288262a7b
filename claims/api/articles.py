"""Articles: handing one in, watching it being read, and the claims that it makes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import intake
from claims.api.endpoint import Endpoint, one
from claims.api.fields import AnyOf, Body, Day, Moment, NoQuery, Text
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import ARTICLE_STATES, ArticleShape, ArticleSummary
from claims.errors import Invalid
from claims.models import Article
from sources.addresses import BadAddress, canonical_url

TAG = "Articles"
# Article.state in SQL, so that a list needs neither the texts nor a query for each.
STANDING = Case(
    When(duplicate_of__isnull=False, then=Value("duplicate")),
    When(work_state=Article.State.DONE, then=Value("ready")),
    When(work_state=Article.State.FAILED, then=Value("failed")),
    When(text="", then=Value("fetching")),
    default=Value("extracting"),
    output_field=CharField(),
)


def articles() -> QuerySet[Article]:
    return Article.objects.select_related("publisher").annotate(standing=STANDING)


def article_summaries() -> QuerySet[Article]:
    return articles().defer("text", "skipped")


class NewArticle(Body):
    """Give `text`, or `html` (with the `url` it was saved from, where known), or a `url` to fetch."""

    text = Text(required=False, allow_blank=True, trim_whitespace=False)
    html = Text(required=False, allow_blank=True, trim_whitespace=False)
    url = Text(required=False, max_length=2000)
    title = Text(required=False, allow_blank=True, max_length=500)
    published_on = Day(required=False, allow_null=True)
    publisher = Text(required=False, allow_blank=True, max_length=200)
    language = Text(required=False, allow_blank=True, max_length=12, help_text="Such as en.")


class ArticleDetails(Body):
    title = Text(required=False, max_length=500)
    published_on = Day(required=False)
    publisher = Text(required=False, allow_blank=True, max_length=200)
    language = Text(required=False, allow_blank=True, max_length=12)


class ArticleQuery(PageQuery):
    state = AnyOf(choices=ARTICLE_STATES)
    url = serializers.CharField(required=False, max_length=2000, help_text="Its address; any spelling of it.")
    publisher = serializers.CharField(
        required=False, max_length=200, help_text="The publisher's name or site."
    )
    added_after = Moment(required=False)
    added_before = Moment(required=False)


class Articles(Endpoint):
    @operation(
        "articles_list",
        "List articles, newest first",
        tag=TAG,
        query=ArticleQuery,
        answers={200: page_shape(ArticleSummary)},
    )
    def get(self, request: Request) -> Response:
        query = ArticleQuery.read(request)
        rows = article_summaries()
        if states := query.get("state"):
            rows = rows.filter(Q(standing__in=states))
        if address := query.get("url"):
            rows = rows.filter(url=canonical(address))
        if publisher := query.get("publisher"):
            rows = rows.filter(Q(publisher__name__iexact=publisher) | Q(publisher__site__iexact=publisher))
        if after := query.get("added_after"):
            rows = rows.filter(added_at__gte=after)
        if before := query.get("added_before"):
            rows = rows.filter(added_at__lt=before)
        keys = (Key("added_at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(ArticleSummary, request)

    @operation(
        "articles_create",
        "Hand in an article",
        tag=TAG,
        body=NewArticle,
        answers={200: ArticleShape, 201: ArticleShape},
        description="Answers at once; the article is fetched, read and broken into claims in the background: "
        "read it again until its state is ready. 200 where the same text or address is known already.",
    )
    def post(self, request: Request) -> Response:
        NoQuery.read(request)
        body = NewArticle.read(request)
        article, created = intake.add_article(by=self.person, at=timezone.now(), **body)
        stored = one(articles(), "article", article.pk)
        return self.present(ArticleShape, stored, 201 if created else 200)


class ArticleDetail(Endpoint):
    @operation("articles_read", "Read an article", tag=TAG, answers={200: ArticleShape}, refuses=(404,))
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        return self.present(ArticleShape, one(articles(), "article", id))

    @operation(
        "articles_update",
        "Give or correct an article's details",
        tag=TAG,
        body=ArticleDetails,
        answers={200: ArticleShape},
        refuses=(404,),
        description="A new publication day gives the untouched drafts new dates: they are made again.",
    )
    def patch(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = ArticleDetails.read(request)
        article = one(Article.objects.all(), "article", id)
        intake.set_details(article=article, by=self.person, at=timezone.now(), **body)
        return self.present(ArticleShape, one(articles(), "article", id))


class ArticleRetry(Endpoint):
    @operation(
        "articles_retry",
        "Try an article again that failed",
        tag=TAG,
        answers={200: ArticleShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        intake.retry(article=one(Article.objects.all(), "article", id), by=self.person, at=timezone.now())
        return self.present(ArticleShape, one(articles(), "article", id))


def canonical(address: str) -> str:
    """The one spelling of an address. Invalid for what is none."""
    try:
        return canonical_url(address)
    except BadAddress as bad:
        raise Invalid("bad_address", bad.message, field="url") from bad
