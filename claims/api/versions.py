"""Articles that are edited: their new text, looks at their address, earlier texts and differences."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import versions
from claims.api.articles import TAG, articles
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, Body, Instant, NoQuery, Query, Text
from claims.api.paging import OLDEST_ID, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.shapes import ArticleShape, Failure, PersonShape
from claims.api.source_shapes import CHECK_STATES, PieceShape
from claims.comparing import versions_compared
from claims.models import Article, ArticleVersion, Reread
from sources.differences import difference


class NewText(Body):
    """Give `text` or `html`: the whole article as it reads now."""

    text = Text(required=False, trim_whitespace=False)
    html = Text(required=False, trim_whitespace=False)


class VersionShape(serializers.Serializer[ArticleVersion]):
    """An earlier text of an article."""

    number = serializers.IntegerField(help_text="1, 2, 3 … of this article; the present text comes after.")
    text = serializers.CharField()
    text_hash = serializers.CharField(help_text="SHA-256, in hex.")
    replaced_at = Instant()
    replaced_by = PersonShape(allow_null=True, help_text="Null: the page was found to be another.")


class RereadShape(serializers.Serializer[Reread]):
    """One look at an article's address: has it been edited?"""

    id = serializers.IntegerField(source="pk")
    article = serializers.IntegerField(source="article_id")
    scheduled = serializers.BooleanField(help_text="False where somebody asked for it.")
    asked_at = Instant()
    read_at = Instant(allow_null=True, help_text="When it ended.")
    state = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField(help_text="Null where nothing was found out, or not yet.")
    failure = Failure()

    @extend_schema_field(serializers.ChoiceField(CHECK_STATES))
    def get_state(self, reread: Reread) -> str:
        ended = reread.work_state in (Reread.State.DONE, Reread.State.FAILED)
        return str(reread.work_state) if ended else "waiting"

    def get_changed(self, reread: Reread) -> bool | None:
        return reread.outcome == Reread.Outcome.CHANGED if reread.outcome else None


class TextDifferenceShape(serializers.Serializer[Any]):
    """What was taken out of an article and what was put in, word by word; unchanged runs are folded."""

    before = serializers.IntegerField(source="before.number")
    after = serializers.IntegerField(source="after.number")
    pieces = PieceShape(many=True)
    complete = serializers.BooleanField(help_text="false: the pieces stop before the texts do.")


class VersionsQuery(Query):
    before = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    after = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class ArticleRevise(Endpoint):
    @operation(
        "articles_revise",
        "Give the text that an article has now",
        tag=TAG,
        body=NewText,
        answers={200: ArticleShape},
        refuses=(404, 409),
        description="The one before is kept as a version. Appearances are found again in the new text, or "
        "say that their sentence has vanished.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewText.read(request)
        article = one(Article.objects.all(), "article", id)
        versions.revise(article=article, by=self.person, at=timezone.now(), **body)
        return self.present(ArticleShape, one(articles(), "article", id))


class ArticleFindNew(Endpoint):
    @operation(
        "articles_find_new",
        "Find claims in the sentences that have none",
        tag=TAG,
        answers={200: ArticleShape},
        refuses=(404, 409),
        description="Claims that are there stay as they are.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        article = one(Article.objects.all(), "article", id)
        versions.find_new_claims(article=article, by=self.person, at=timezone.now())
        return self.present(ArticleShape, one(articles(), "article", id))


class ArticleReread(Endpoint):
    @operation(
        "articles_reread",
        "Have an article's address read again",
        tag=TAG,
        answers={202: RereadShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        article = one(Article.objects.all(), "article", id)
        reread = versions.reread_now(article=article, by=self.person, at=timezone.now())
        return self.present(RereadShape, reread, 202)


class ArticleVersions(Endpoint):
    @operation(
        "articles_versions",
        "List an article's earlier texts, oldest first",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(VersionShape)},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = PageQuery.read(request)
        one(Article.objects.only("pk"), "article", id)
        rows = ArticleVersion.objects.filter(article=id).select_related("replaced_by").defer("skipped")
        return page(rows, (OLDEST_ID,), query=query, request=request).answer(VersionShape, request)


class ArticleDifference(Endpoint):
    @operation(
        "articles_difference",
        "Compare what an article said at two times",
        tag=TAG,
        query=VersionsQuery,
        answers={200: TextDifferenceShape},
        refuses=(404, 409),
        description="`before` and `after`: numbers of versions; by default the present one and its elder.",
    )
    def get(self, request: Request, id: int) -> Response:
        query = VersionsQuery.read(request)
        article = one(Article.objects.all(), "article", id)
        before, after = versions_compared(
            article=article, before=query.get("before"), after=query.get("after")
        )
        found = difference(before.text, after.text)
        answer = {"before": before, "after": after, "pieces": found.pieces, "complete": found.complete}
        return self.present(TextDifferenceShape, answer)
