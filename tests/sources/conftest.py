"""A web server of our own that answers byte for byte as a test tells it to, and names that lead to it."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from sources.addresses import IPAddress, is_public
from sources.fetching import Fetched, fetch

LOCAL = ipaddress.ip_address("127.0.0.1")
# Names of the tests' own DNS; every other name leads to the server.
NAMES = {
    "loopback.example.org": ["127.0.0.2"],
    "zero.example.org": ["0.0.0.0"],
    "inner.example.org": ["10.1.2.3"],
    "mixed.example.org": ["93.184.215.14", "192.168.1.1"],
    "metadata.example.org": ["169.254.169.254"],
    "shared.example.org": ["100.64.0.1"],
    "multicast.example.org": ["224.0.0.1"],
    "broadcast.example.org": ["255.255.255.255"],
    "benchmark.example.org": ["198.18.0.1"],
    "loopback6.example.org": ["::1"],
    "link6.example.org": ["fe80::1%eth0"],
    "unique6.example.org": ["fd00::1"],
    "multicast6.example.org": ["ff02::1"],
    "mapped6.example.org": ["::ffff:127.0.0.1"],
    "compatible6.example.org": ["::127.0.0.1"],
    "sixtofour.example.org": ["2002:7f00:1::"],
    "nat64.example.org": ["64:ff9b::a00:1"],
    "teredo.example.org": ["2001:0:7f00:1::"],
    "documentation6.example.org": ["2001:db8::1"],
    "site6.example.org": ["fec0::1"],
    "empty.example.org": [],
}

Answer = Callable[[socket.socket], None]


class Server:
    """Answers each path with the bytes or the behaviour set in `answers`; keeps the requests it got."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Answer] = {}
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/", host: str = "news.example.org") -> str:
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        # Wakes the thread that waits in accept().
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(4096)
                if not part:
                    return
                request += part
            self.requests.append(request)
            answer = self.answers[request.split(b" ")[1].decode()]
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def page(
    body: bytes = b"<p>Hello</p>", *headers: str, status: str = "200 OK", kind: str = "text/html"
) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    head += [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def packed(body: bytes) -> bytes:
    return page(gzip.compress(body), "Content-Encoding: gzip")


def redirect(location: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {location}", status=status)


def resolve(host: str, port: int) -> list[IPAddress]:
    return [ipaddress.ip_address(address) for address in NAMES.get(host, ["127.0.0.1"])]


def allowed(address: IPAddress) -> bool:
    return address == LOCAL or is_public(address)


def get(url: str, *, max_bytes: int = 100_000, timeout: float = 5.0, **options: Any) -> Fetched:
    """Fetch as in earnest, but for the one local address that the test's server has."""
    return fetch(url, allowed=allowed, resolve=resolve, max_bytes=max_bytes, timeout=timeout, **options)
