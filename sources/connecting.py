"""Connections to public addresses only, none of whose steps outlives a deadline.

A name is looked up, checked and connected to in one step: an answer of the DNS cannot change between
the check and the connection, and the name stays what TLS and the Host header see.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable

import httpcore
import httpx

from sources.addresses import Allowed, IPAddress

Resolve = Callable[[str, int], list[IPAddress]]

# A host with many addresses must not eat the whole time with the first that does not answer.
SECONDS_PER_ADDRESS = 5.0


class PrivateAddress(Exception):  # noqa: N818 - it names what is wrong, not a fault of ours
    """A host of which an address is not allowed."""


def resolve(host: str, port: int) -> list[IPAddress]:
    """All addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(sockaddr[0]) for *_, sockaddr in found))


class Guard(httpcore.NetworkBackend):
    """Opens connections to allowed addresses only, and gives each step the time that is left."""

    def __init__(self, *, allowed: Allowed, resolve: Resolve, deadline: float) -> None:
        self._allowed, self._resolve, self._deadline = allowed, resolve, deadline

    def pool(self) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=_trusted_authorities(), network_backend=self, max_connections=1
        )

    def seconds_left(self) -> float:
        """Raises TimeoutError when there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._look_up(host, port)
        for address in addresses:
            if not self._allowed(address):
                raise PrivateAddress(f"The site's address ({address}) is not one on the public internet.")
        failure: Exception = OSError("the name has no address")
        for address in addresses:
            seconds = min(self.seconds_left(), SECONDS_PER_ADDRESS)
            try:
                stream = httpcore.SyncBackend().connect_tcp(str(address), port, timeout=seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self)
        raise failure

    def _look_up(self, host: str, port: int) -> list[IPAddress]:
        """The host's addresses. The system's look-up knows no time limit: it gets a thread of its own."""
        try:
            return [ipaddress.ip_address(host.strip("[]"))]
        except ValueError:
            pass
        outcome: list[list[IPAddress] | Exception] = []

        def look_up() -> None:
            try:
                outcome.append(self._resolve(host, port))
            except Exception as error:  # handed to the caller below
                outcome.append(error)

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self.seconds_left())
        if not outcome:
            raise TimeoutError
        found = outcome[0]
        if isinstance(found, Exception):
            raise found
        return found


class _Stream(httpcore.NetworkStream):
    """A connection of which no step outlives the deadline, however slowly the bytes drip in."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.seconds_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._guard.seconds_left())
        return _Stream(secured, self._guard)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@functools.cache
def _trusted_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
