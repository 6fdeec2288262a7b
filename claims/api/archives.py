"""Snapshots as files for web archives."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from claims import archives
from claims.api.endpoint import Endpoint, one
from claims.api.fields import NoQuery
from claims.api.schema import operation
from claims.api.wire import JsonAnswer
from claims.downloads import warc_file
from claims.models import Article
from sources import warc
from sources.models import Source

DESCRIPTION = (
    "A .warc.gz file (ISO 28500) with the whole answer of each snapshot, oldest first. A snapshot whose file "
    "is lost is a metadata record that says so. For reviewers and above; 409 where nothing was fetched."
)


class WarcAnswer(JsonAnswer):
    """The file itself is passed on as it is made; what is refused is JSON."""

    media_type = warc.MEDIA_TYPE


class SourceWarc(Endpoint):
    renderer_classes = [WarcAnswer, JsonAnswer]

    @operation(
        "sources_warc",
        "Export a source's snapshots as WARC",
        tag="Sources",
        answers={200: OpenApiTypes.BINARY},
        refuses=(404, 409),
        media_types=(warc.MEDIA_TYPE,),
        description=DESCRIPTION,
    )
    def get(self, request: Request, id: int) -> StreamingHttpResponse:
        NoQuery.read(request)
        source = one(Source.objects.all(), "source", id)
        return warc_file(archives.of_source(source=source, by=self.person))


class ArticleWarc(Endpoint):
    renderer_classes = [WarcAnswer, JsonAnswer]

    @operation(
        "articles_warc",
        "Export an article's snapshot as WARC",
        tag="Articles",
        answers={200: OpenApiTypes.BINARY},
        refuses=(404, 409),
        media_types=(warc.MEDIA_TYPE,),
        description=DESCRIPTION,
    )
    def get(self, request: Request, id: int) -> StreamingHttpResponse:
        NoQuery.read(request)
        article = one(Article.objects.all(), "article", id)
        return warc_file(archives.of_article(article=article, by=self.person))
