"""A site cannot make a fetch take longer, hold more or fail otherwise than by a FetchError."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from sources.fetching import FetchError, fetch
from tests.sources.behaviours import packed, page, redirect
from tests.sources.conftest import Server, allowed, get


@contextmanager
def refusal() -> Iterator[pytest.ExceptionInfo[FetchError]]:
    with pytest.raises(FetchError) as caught:
        yield caught
    assert caught.value.message.endswith(".")


def test_the_time_limit_holds_over_all_redirects(server: Server) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(redirect("/"))

    server.answers["/"] = slow
    with refusal() as caught:
        get(server.url(), timeout=0.7)
    assert caught.value.code == "time_out"


def test_the_dns_cannot_hold_a_fetch_up(server: Server) -> None:
    def never(host: str, port: int) -> list:
        time.sleep(3)
        return []

    with refusal() as caught:
        fetch(server.url(), allowed=allowed, resolve=never, timeout=0.2)
    assert caught.value.code == "time_out"


@pytest.mark.parametrize("greeting", [b"", b"\x16\x03\x03\x40\x00"])
def test_tls_cannot_hold_a_fetch_up(greeting: bytes) -> None:
    """A handshake in which nothing is said, or one byte at a time."""

    def shake_hands(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(greeting)
            for _ in range(100):
                time.sleep(0.02)
                connection.sendall(b"\0" if greeting else b"")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=shake_hands, args=(listener,), daemon=True)
        thread.start()
        start = time.monotonic()
        with refusal() as caught:
            get(f"https://news.example.org:{listener.getsockname()[1]}/", timeout=0.5)
        assert caught.value.code == "time_out"
        assert time.monotonic() - start < 1.5
        thread.join()


@pytest.mark.parametrize(
    ("error", "code", "final"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "no_such_site", False),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "unreachable", False),
        (UnicodeError("label too long"), "unreachable", False),
    ],
)
def test_a_name_that_cannot_be_looked_up_says_why(error: Exception, code: str, final: bool) -> None:
    def fail(host: str, port: int) -> list:
        raise error

    with refusal() as caught:
        fetch("http://news.example.org/", allowed=allowed, resolve=fail)
    assert (caught.value.code, caught.value.final) == (code, final)


def test_a_name_without_address_and_a_closed_port_are_worth_another_try(server: Server) -> None:
    with refusal() as caught:
        get(server.url(host="empty.example.org"))
    assert (caught.value.code, caught.value.final) == ("unreachable", False)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with refusal() as caught:
        get(f"http://news.example.org:{port}/")
    assert (caught.value.code, caught.value.final) == ("unreachable", False)


def test_the_sixth_redirect_is_one_too_many(server: Server) -> None:
    server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/5": page(b"there")}
    assert get(server.url("/0")).body == b"there"
    server.answers |= {"/5": redirect("/6"), "/6": page(b"too far")}
    with refusal() as caught:
        get(server.url("/0"))
    assert caught.value.code == "redirects"


def test_a_bomb_within_the_limit_is_just_a_page(server: Server) -> None:
    server.answers["/"] = packed(b"\0" * 90_000)
    assert get(server.url()).body == b"\0" * 90_000
