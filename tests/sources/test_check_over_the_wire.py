"""Checks against a real server: conditional requests, redirects and missing pages, byte for byte."""

from __future__ import annotations

from typing import Any

import pytest

from sources import cataloguing, liveness, politeness
from sources.fetching import Fetched
from sources.liveness import SECOND_LOOK
from sources.models import Source
from tests.factories import NOW, days
from tests.sources.behaviours import page, redirect
from tests.sources.conftest import Server, get

pytestmark = pytest.mark.django_db

OLD = b"<html><article><p>The harbour board voted to close the east pier until the end of May.</p></article>"
NEW = OLD.replace(b"May", b"June")
ETAG = 'ETag: "v1"'


@pytest.fixture
def source(server: Server, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A source on the server, fetched once."""

    def fetch(url: str, **options: Any) -> Fetched:
        return get(url, **options)

    for module in (cataloguing, liveness, politeness):
        monkeypatch.setattr(module, "fetch", fetch)
    monkeypatch.setattr(cataloguing, "canonical_url", lambda url: url)
    server.answers["/robots.txt"] = page(b"", status="404 Not Found")
    server.answers["/pier"] = page(OLD, ETAG)
    source, _ = cataloguing.add_source(url=server.url("/pier"), at=NOW, kind="media")
    assert cataloguing.work_source(at=NOW)
    server.requests.clear()
    return source


def checked(source: Source, after: float = 0) -> Source:
    at = NOW + days(10 + after)
    liveness.begin_due(at=at)
    assert liveness.work_check(at=at)
    source.refresh_from_db()
    return source


def asked(server: Server) -> list[bytes]:
    return [request for request in server.requests if b"robots.txt" not in request]


def test_the_site_is_asked_whether_it_has_changed_by_our_own_name(server: Server, source: Source) -> None:
    server.answers["/pier"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert checked(source).liveness == "unchanged"
    (request,) = asked(server)
    assert b'If-None-Match: "v1"' in request
    assert b"User-Agent: Recheck/" in request
    assert server.requests[0].startswith(b"GET /robots.txt")


def test_another_text_is_a_change(server: Server, source: Source) -> None:
    server.answers["/pier"] = page(NEW, 'ETag: "v2"')
    assert checked(source).liveness == "changed"
    snapshot = source.latest_snapshot()
    assert snapshot is not None
    assert "June" in snapshot.text


def test_a_redirect_for_good_is_followed_and_told(server: Server, source: Source) -> None:
    server.answers["/pier"] = redirect("/piers/east", status="301 Moved Permanently")
    server.answers["/piers/east"] = page(OLD, ETAG)
    checked(source)
    assert (source.liveness, source.moved_to) == ("moved", server.url("/piers/east"))
    assert source.url == server.url("/pier")


def test_a_missing_page_is_asked_for_twice(server: Server, source: Source) -> None:
    server.answers["/pier"] = page(b"gone", status="410 Gone")
    assert checked(source).liveness == ""
    assert liveness.work_check(at=NOW + days(10) + SECOND_LOOK)
    source.refresh_from_db()
    assert (source.liveness, len(asked(server))) == ("gone", 2)


def test_robots_txt_is_read_and_honoured(server: Server, source: Source) -> None:
    server.answers["/robots.txt"] = page(b"User-agent: recheck\nDisallow: /pier", kind="text/plain")
    assert checked(source).liveness == "blocked"
    assert asked(server) == []
