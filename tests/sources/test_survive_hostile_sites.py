"""A site cannot make a fetch take longer, hold more or fail otherwise than by a FetchError."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sources.fetching import FetchError, fetch
from tests.sources.conftest import Answer, Server, allowed, get, packed, page, redirect

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(before: bytes, piece: bytes) -> Answer:
    """Send a piece again and again, always before any time-out of a single read."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(before)
        for _ in range(500):
            connection.sendall(piece)
            time.sleep(0.02)

    return answer


def flood(before: bytes, piece: bytes) -> Answer:
    """Send a piece without end, as fast as it is read."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(piece)

    return answer


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def bomb(layers: int) -> bytes:
    body = b"\0" * 20_000_000
    for _ in range(layers):
        body = gzip.compress(body)
    return page(body, f"Content-Encoding: {', '.join(['gzip'] * layers)}")


def empty_blocks() -> bytes:
    """Packed data without end that unpacks to nothing."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(50))


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CASES: dict[str, tuple[bytes | Answer, str, bool]] = {
    "says nothing": (silence, "time_out", False),
    "drips the status line": (drip(b"", b"H"), "time_out", False),
    "drips the headers": (drip(OK, b"X: 1\r\n"), "time_out", False),
    "drips one header": (drip(OK + b"X: ", b"a"), "time_out", False),
    "drips the body": (drip(OK + b"\r\n", b"a"), "time_out", False),
    "drips chunks": (drip(CHUNKED, chunk(b"a")), "time_out", False),
    "drips a packed body": (drip(OK + b"Content-Encoding: gzip\r\n\r\n", b"\x1f"), "broken_answer", False),
    "never stops saying 100": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "time_out", False),
    "floods with 103": (flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), "time_out", False),
    "endless headers": (flood(OK, b"X: 1\r\n"), "broken_answer", False),
    "one endless header": (flood(OK + b"X: ", b"a" * 1000), "broken_answer", False),
    "endless body": (flood(OK + b"\r\n", b"a" * 10_000), "too_large", True),
    "endless chunks": (flood(CHUNKED, chunk(b"a" * 10_000)), "too_large", True),
    "one chunk of ten gigabytes": (flood(CHUNKED + b"254be4000\r\n", b"a" * 10_000), "too_large", True),
    "says it is ten gigabytes": (OK + b"Content-Length: 10000000000\r\n\r\n", "too_large", True),
    "says it is beyond counting": (page(b"", "Content-Length: " + "9" * 500), "broken_answer", False),
    "a body larger than it says": (OK + b"Content-Length: 200000\r\n\r\n" + b"a" * 9, "too_large", True),
    "a gzip bomb": (bomb(1), "too_large", True),
    "a gzip bomb in a gzip bomb": (bomb(2), "wrong_type", True),
    "three gzip bombs": (bomb(3), "wrong_type", True),
    "packed nothing without end": (
        flood(OK + b"Content-Encoding: gzip\r\n\r\n" + empty_blocks()[:10], b"\0\0\0\xff\xff" * 2000),
        "too_large",
        True,
    ),
    "empty gzip members without end": (
        flood(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 100), "too_large", True
    ),
    "gzip that is none": (page(b"<p>x</p>", "Content-Encoding: gzip"), "broken_answer", False),
    "gzip that breaks off": (
        page(gzip.compress(b"x" * 999)[:-9], "Content-Encoding: gzip"), "broken_answer", False
    ),
    "packed with brotli unasked": (page(b"x", "Content-Encoding: br"), "wrong_type", True),
    "hangs up at once": (b"", "broken_answer", False),
    "hangs up in the headers": (OK, "broken_answer", False),
    "hangs up in the body": (OK + b"Content-Length: 9\r\n\r\nabc", "broken_answer", False),
    "hangs up in a chunk": (CHUNKED + b"9\r\nabc", "broken_answer", False),
    "speaks another protocol": (b"SSH-2.0-OpenSSH_9.6\r\n", "broken_answer", False),
    "a header with a line break in it": (OK + b"X: a\rb\r\n\r\n", "broken_answer", False),
    "two different lengths": (page(b"ab", "Content-Length: 1"), "broken_answer", False),
    "redirects to itself": (redirect("/"), "redirects", True),
    "redirects nowhere": (page(status="302 Found"), "http_status", True),
    "redirects to a fault": (redirect("http://[::1"), "bad_address", True),
    "an image": (page(kind="image/png"), "wrong_type", True),
    "a programme": (page(kind="application/octet-stream"), "wrong_type", True),
    "a PDF": (page(kind="application/pdf"), "pdf", True),
    "JSON": (page(b"{}", kind="application/json"), "wrong_type", True),
    "wrong type, never ending": (
        flood(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"a" * 9999), "wrong_type", True
    ),
    "401": (page(status="401 X"), "blocked", True),
    "403": (page(status="403 X"), "blocked", True),
    "404": (page(status="404 X"), "not_found", True),
    "410": (page(status="410 X"), "not_found", True),
    "418": (page(status="418 X"), "http_status", True),
    "429": (page(status="429 X"), "server_error", False),
    "451": (page(status="451 X"), "blocked", True),
    "500": (page(status="500 X"), "server_error", False),
    "503": (page(status="503 X"), "server_error", False),
    "status 999": (page(status="999 X"), "server_error", False),
    "switches protocols": (b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n", "broken_answer", False),
}  # fmt: skip


@contextmanager
def refusal() -> Iterator[pytest.ExceptionInfo[FetchError]]:
    with pytest.raises(FetchError) as caught:
        yield caught
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_answer_is_a_fetch_error(server: Server, case: str) -> None:
    server.answers["/"], code, final = CASES[case]
    with refusal() as caught:
        get(server.url(), timeout=0.5 if code == "time_out" else 20)
    assert (caught.value.code, caught.value.final) == (code, final)


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
