"""Sending something to an address that a person gave: public, bounded, and to no other address than that."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any

import pytest

from sources.fetching import FetchError
from sources.posting import post
from tests.sources.behaviours import redirect
from tests.sources.conftest import Server, allowed, resolve
from tests.sources.hostile_addresses import INSIDE, NAMES

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LOCAL = [ipaddress.ip_address("127.0.0.1")]


def send(url: str, **kwargs: Any) -> int:
    kwargs = {"allowed": lambda _: True, "resolve": lambda host, port: LOCAL, "headers": {}} | kwargs
    return post(url, body=b'{"a": 1}', content_type="application/json", **kwargs)


def refused(url: str, **kwargs: Any) -> FetchError:
    with pytest.raises(FetchError) as found:
        send(url, **kwargs)
    return found.value


def test_the_body_arrives_with_its_headers(server: Server) -> None:
    server.answers["/hook?a=1"] = OK
    assert send(server.url("/hook?a=1"), headers={"webhook-id": "reminder-7"}) == 200
    head = server.requests[0].lower()
    assert head.startswith(b"post /hook?a=1 http/1.1\r\n")
    for line in (b"content-type: application/json", b"content-length: 8", b"webhook-id: reminder-7"):
        assert line in head


@pytest.mark.parametrize("status", ["204 No Content", "202 Accepted", "201 Created"])
def test_every_kind_of_yes_is_one(server: Server, status: str) -> None:
    server.answers["/"] = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    assert send(server.url()) == int(status[:3])


def test_redirects_are_not_followed(server: Server) -> None:
    server.answers["/"], server.answers["/new"] = redirect("/new", "307 X"), OK
    error = refused(server.url())
    assert (error.code, error.final) == ("redirects", True)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "final"),
    [("400 X", True), ("404 X", True), ("410 X", True), ("429 X", False), ("500 X", False), ("503 X", False)],
)
def test_a_no_says_whether_another_try_may_help(server: Server, status: str, final: bool) -> None:
    server.answers["/"] = f"HTTP/1.1 {status}\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n".encode()
    error = refused(server.url())
    assert (error.code, error.final) == ("http_status", final)
    assert (error.retry_after is None) == final


@pytest.mark.parametrize("name", sorted(name for name, (_, said) in NAMES.items() if said == INSIDE))
def test_names_that_lead_inside_are_refused(server: Server, name: str) -> None:
    error = refused(server.url(host=name), allowed=allowed, resolve=resolve)
    assert error.code == "private_address"
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "ftp://a.example/", "http://me:pw@a.example/",
     "http://localhost/", "http://a.example:22/", "http://169.254.169.254/latest/"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(FetchError) as found:
        post(url, body=b"", content_type="text/plain", headers={})
    assert found.value.final


def test_a_site_that_drips_is_left_in_time(server: Server) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-A: b\r\n")
            time.sleep(0.05)

    server.answers["/"] = drip
    assert refused(server.url(), timeout=0.4).code == "time_out"


def test_an_endless_answer_is_not_read_to_its_end(server: Server) -> None:
    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    server.answers["/"] = pour
    assert send(server.url(), timeout=5) == 200


def test_nobody_there() -> None:
    server = Server()
    server.close()
    error = refused(server.url())
    assert (error.code, error.final) == ("unreachable", False)
