"""A web server of our own that answers byte for byte as a test tells it to, and names that lead to it."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from sources.addresses import IPAddress, is_public
from sources.fetching import Fetched, fetch
from tests.sources.behaviours import Behaviour
from tests.sources.hostile_addresses import NAMES

LOCAL = ipaddress.ip_address("127.0.0.1")
ELSEWHERE = ([str(LOCAL)], "")


class Server:
    """Answers each path with the bytes or the behaviour set in `answers`; keeps the requests it got."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Behaviour] = {}
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


def resolve(host: str, port: int) -> list[IPAddress]:
    return [ipaddress.ip_address(address) for address in NAMES.get(host, ELSEWHERE)[0]]


def allowed(address: IPAddress) -> bool:
    return address == LOCAL or is_public(address)


def get(url: str, *, max_bytes: int = 100_000, timeout: float = 5.0, **options: Any) -> Fetched:
    """Fetch as in earnest, but for the one local address that the test's server has."""
    return fetch(url, allowed=allowed, resolve=resolve, max_bytes=max_bytes, timeout=timeout, **options)
