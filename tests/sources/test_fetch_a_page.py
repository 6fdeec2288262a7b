"""Fetching a page from a site that behaves."""

from __future__ import annotations

import gzip
import ipaddress

import pytest

from sources.fetching import FetchError, fetch
from tests.sources.behaviours import packed, page, redirect
from tests.sources.conftest import Server, get


def test_a_page_comes_with_its_address_type_and_bytes(server: Server) -> None:
    server.answers["/a?b=1"] = page(b"<p>Bridge</p>", kind="text/html; charset=utf-8")
    fetched = get(server.url("/a?b=1#part"))
    assert (fetched.url, fetched.status) == (server.url("/a?b=1"), 200)
    assert (fetched.content_type, fetched.body) == ("text/html; charset=utf-8", b"<p>Bridge</p>")


def test_the_site_sees_its_own_name_and_who_asks(server: Server, settings) -> None:
    settings.FETCH_USER_AGENT = "Recheck/test (+https://desk.example.org)"
    server.answers["/"] = page()
    get(server.url("/", host="www.example.org"))
    head = server.requests[0].lower()
    assert f"host: www.example.org:{server.port}".encode() in head
    assert b"user-agent: recheck/test (+https://desk.example.org)" in head


@pytest.mark.parametrize(
    "kind", ["text/html", "TEXT/HTML", "application/xhtml+xml", "text/plain;charset=x", ""]
)
def test_pages_and_plain_text_are_read(server: Server, kind: str) -> None:
    server.answers["/"] = page(b"text", kind=kind)
    assert get(server.url()).body == b"text"


def test_packed_pages_are_unpacked_even_in_several_parts(server: Server) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two")
    server.answers["/"] = page(body, "Content-Encoding: gzip")
    assert get(server.url()).body == b"one two"


def test_a_page_of_exactly_the_limit_is_read(server: Server) -> None:
    server.answers["/plain"], server.answers["/packed"] = page(b"x" * 1000), packed(b"x" * 1000)
    assert len(get(server.url("/plain"), max_bytes=1000).body) == 1000
    assert len(get(server.url("/packed"), max_bytes=1000).body) == 1000


@pytest.mark.parametrize("status", ["301 X", "302 X", "303 X", "307 X", "308 X"])
def test_redirects_are_followed_to_the_page(server: Server, status: str) -> None:
    server.answers["/old"] = redirect("../new?x=1", status)
    server.answers["/new?x=1"] = page(b"found")
    fetched = get(server.url("/old"))
    assert (fetched.url, fetched.body) == (server.url("/new?x=1"), b"found")


def test_a_redirect_may_name_letters_beyond_ascii(server: Server) -> None:
    server.answers["/old"] = redirect("/caf\u00c3\u00a9")
    server.answers["/caf%C3%A9"] = page(b"found")
    assert get(server.url("/old")).body == b"found"


def test_cookies_are_not_sent_back(server: Server) -> None:
    server.answers["/old"] = page(b"", "Location: /new", "Set-Cookie: who=me", status="302 Found")
    server.answers["/new"] = page()
    get(server.url("/old"))
    assert len(server.requests) == 2
    assert b"cookie" not in server.requests[1].lower()


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://192.0.2.1:9")
    server.answers["/"] = page(b"direct")
    assert get(server.url()).body == b"direct"


def test_the_next_address_is_tried_where_the_first_does_not_listen(server: Server) -> None:
    server.answers["/"] = page(b"second")
    both = [ipaddress.ip_address("127.0.0.3"), ipaddress.ip_address("127.0.0.1")]
    fetched = fetch(server.url(), allowed=lambda _: True, resolve=lambda host, port: both)
    assert fetched.body == b"second"


def test_the_configured_size_is_the_limit(server: Server, settings) -> None:
    settings.FETCH_MAX_BYTES = 10
    server.answers["/"] = page(b"eleven byte")
    with pytest.raises(FetchError, match="larger than"):
        fetch(server.url(host="127.0.0.1"), allowed=lambda _: True)


def test_a_page_that_has_not_changed_is_told_by_its_etag_or_day(server: Server) -> None:
    server.answers["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "b"\r\n\r\n'
    day = "Mon, 02 Mar 2026 12:00:00 GMT"
    fetched = get(server.url(), etag='W/"a"', last_modified=day)
    assert (fetched.not_modified, fetched.body, fetched.headers["etag"]) == (True, b"", '"b"')
    assert b'If-None-Match: W/"a"\r\n' in server.requests[0]
    assert f"If-Modified-Since: {day}\r\n".encode() in server.requests[0]
    server.answers["/"] = page(b"new")
    fetched = get(server.url(), etag='"a"')
    assert (fetched.not_modified, fetched.body) == (False, b"new")


def test_an_etag_is_told_only_to_the_address_that_gave_it(server: Server) -> None:
    server.answers["/old"], server.answers["/new"] = redirect("/new"), b"HTTP/1.1 304 X\r\n\r\n"
    assert get(server.url("/old"), etag='"a"', answered_by=server.url("/new")).not_modified
    assert [b"If-None-Match" in request for request in server.requests] == [False, True]
    with pytest.raises(FetchError):
        get(server.url("/old"), etag='"a"')


@pytest.mark.parametrize(
    "etag", ['"a"\r\nX-Injected: 1', '"a', "a", '"\u2028"', '"é"', '"' + "a" * 600 + '"']
)
def test_what_is_no_etag_is_not_sent(server: Server, etag: str) -> None:
    server.answers["/"] = page()
    get(server.url(), etag=etag, last_modified="yesterday\r\nX-Injected: 1, at 12:00:00")
    assert b"If-" not in server.requests[0]
    assert b"Injected" not in server.requests[0]


@pytest.mark.parametrize(
    ("statuses", "moved"), [((), False), ((301, 308), True), ((301, 302), False), ((307,), False)]
)
def test_a_page_has_moved_where_every_redirect_is_for_good(
    server: Server, statuses: tuple[int, ...], moved: bool
) -> None:
    for n, status in enumerate(statuses):
        server.answers[f"/{n}"] = redirect(f"/{n + 1}", f"{status} X")
    server.answers[f"/{len(statuses)}"] = page()
    assert get(server.url("/0")).moved is moved


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120), ("0", 0), ("9" * 30, 86400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        ("Mon, 02 Mar 2020 12:00:00 GMT", None), ("soon", None), ("-5", None), ("", None),
    ],
)  # fmt: skip
def test_a_busy_site_says_for_how_long(server: Server, said: str, seconds: int | None) -> None:
    server.answers["/"] = page(b"", f"Retry-After: {said}", status="503 X")
    with pytest.raises(FetchError) as caught:
        get(server.url())
    wait = caught.value.retry_after
    assert (None if wait is None else wait.total_seconds()) == seconds
