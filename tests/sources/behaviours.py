"""What a hostile server does instead of answering, or as its answer."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable

Behaviour = Callable[[socket.socket], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"


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


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def drip(before: bytes, piece: bytes) -> Behaviour:
    """Send a piece again and again, always before any time-out of a single read."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(before)
        for _ in range(500):
            connection.sendall(piece)
            time.sleep(0.02)

    return answer


def flood(before: bytes, piece: bytes) -> Behaviour:
    """Send a piece without end, as fast as it is read."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(piece)

    return answer


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def reset(connection: socket.socket) -> None:
    """Break the connection off in the middle of an answer."""
    connection.sendall(OK + b"Content-Length: 900\r\n\r\nabc")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def bomb(layers: int) -> bytes:
    body = b"\0" * 20_000_000
    for _ in range(layers):
        body = gzip.compress(body)
    return page(body, f"Content-Encoding: {', '.join(['gzip'] * layers)}")


def zlib_bomb() -> bytes:
    return page(zlib.compress(b"\0" * 20_000_000), "Content-Encoding: deflate")


def with_dictionary() -> bytes:
    """Packed with a dictionary that only the server has."""
    packer = zlib.compressobj(zdict=b"hello")
    return page(packer.compress(b"hello hello") + packer.flush(), "Content-Encoding: deflate")


def first_empty_blocks() -> bytes:
    """The beginning of packed data that unpacks to nothing."""
    packer = zlib.compressobj(wbits=31)
    return (packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH))[:10]
