"""The one guarded HTTP request of the project: a public page, in bounded time and size.

The request stands on httpx's transport (httpcore) without its client: no cookies, no redirects but our
own, no proxies or netrc from the environment.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore
import httpx
from django.conf import settings

from sources.addresses import Allowed, BadAddress, checked_url, is_public
from sources.connecting import Guard, PrivateAddress, Resolve, resolve

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
READABLE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
LOWEST_OTHER_PORT = 1024
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class FetchError(Exception):
    """A page that could not be had: `final` says that another try will not help."""

    def __init__(self, code: str, message: str, *, final: bool) -> None:
        super().__init__(message)
        self.code, self.message, self.final = code, message, final


@dataclass(frozen=True)
class Fetched:
    """What an address answered; `url` is the one that answered, after redirects."""

    url: str
    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]


def fetch(
    url: str,
    *,
    allowed: Allowed = is_public,
    resolve: Resolve = resolve,
    max_bytes: int | None = None,
    timeout: float | None = None,
) -> Fetched:
    """Read a page; `max_bytes` bounds the decoded body, `timeout` the whole of it in seconds.

    Raises FetchError.
    """
    deadline = time.monotonic() + (timeout or settings.FETCH_TIMEOUT)
    guard = Guard(allowed=allowed, resolve=resolve, deadline=deadline)
    limit = max_bytes or settings.FETCH_MAX_BYTES
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(_address(url, allowed), guard, limit)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchError("redirects", f"The address redirects more than {MAX_REDIRECTS} times.", final=True)


def _address(url: str, allowed: Allowed) -> str:
    try:
        checked = checked_url(url, allowed=allowed)
    except BadAddress as error:
        raise FetchError("bad_address", error.message, final=True) from None
    port = httpx.URL(checked).port
    if port is not None and port < LOWEST_OTHER_PORT and port not in (80, 443):
        raise FetchError("bad_address", f"Port {port} is not one that web pages are served from.", final=True)
    return checked


def _ask(url: str, guard: Guard, limit: int) -> Fetched | str:
    """One request: the page, or the address it redirects to."""
    try:
        with guard.pool() as pool, pool.stream("GET", url, headers=_request_headers()) as response:
            headers = httpx.Headers(response.headers)
            if response.status in REDIRECTS and "location" in headers:
                return _target(url, headers["location"])
            _check_status(response.status)
            content_type = headers.get("content-type", "")[:200]
            _check_type(content_type)
            body = _body(response, headers, guard, limit)
            return Fetched(url, response.status, content_type, body, dict(headers))
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchError("time_out", "The site did not answer in time.", final=False) from None
    except PrivateAddress as error:
        raise FetchError("private_address", str(error), final=True) from None
    except (httpcore.NetworkError, OSError, UnicodeError) as error:
        raise _unreachable(error) from error
    except (httpcore.ProtocolError, zlib.error) as error:
        logger.info("broken answer from %s: %s", url, error)
        message = "The site's answer breaks off or is garbled."
        raise FetchError("broken_answer", message, final=False) from error


def _request_headers() -> list[tuple[str, str]]:
    return [
        ("User-Agent", settings.FETCH_USER_AGENT),
        ("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9"),
        # Only what `_unpacked` can bound while it works.
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise FetchError("bad_address", "The site redirects to an unusable address.", final=True) from None


def _check_status(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise FetchError("not_found", f"The site has no page at this address (status {status}).", final=True)
    if status in (401, 402, 403, 451):
        message = f"The site does not let Recheck read this page (status {status})."
        raise FetchError("blocked", message, final=True)
    if status in (408, 425, 429) or status >= 500:
        raise FetchError(
            "server_error", f"The site is in trouble or too busy (status {status}).", final=False
        )
    raise FetchError("http_status", f"The site answered with status {status}.", final=True)


def _check_type(content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/pdf":
        message = "The address is a PDF; Recheck reads web pages and plain text, PDFs not yet."
        raise FetchError("pdf", message, final=True)
    if kind not in READABLE_TYPES:
        message = f"The address is of the type “{kind[:80]}”; Recheck reads web pages and plain text."
        raise FetchError("wrong_type", message, final=True)


def _body(response: httpcore.Response, headers: httpx.Headers, guard: Guard, limit: int) -> bytes:
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise _too_large(limit)
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        parts = _unpacked(response.iter_stream(), limit)
    elif encoding in ("identity", ""):
        parts = iter(response.iter_stream())
    else:
        message = f"The site packs the page in a way that was not asked for (“{encoding[:40]}”)."
        raise FetchError("wrong_type", message, final=True)
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            raise _too_large(limit)
        guard.seconds_left()
    return bytes(body)


def _unpacked(parts: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Unpack piece by piece, so that little can never become much in one step. Raises zlib.error."""
    unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
    taken = 0
    for part in parts:
        taken += len(part)
        if taken > limit:  # packed data that unpacks to nothing
            raise _too_large(limit)
        while part:
            if unpacker.eof:
                unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
            yield unpacker.decompress(part, limit + 1)
            part = unpacker.unconsumed_tail or unpacker.unused_data
    if taken and not unpacker.eof:
        raise zlib.error("the packed data is incomplete")


def _too_large(limit: int) -> FetchError:
    message = f"The page is larger than {limit / 1_000_000:g} MB, more than Recheck reads."
    return FetchError("too_large", message, final=True)


def _unreachable(error: Exception) -> FetchError:
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError("certificate", "The site's certificate is not valid.", final=False)
    if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
        # Not final: a resolver that is cut off from the network says the same.
        return FetchError("no_such_site", "There is no site of this name.", final=False)
    return FetchError("unreachable", "The site cannot be reached.", final=False)
