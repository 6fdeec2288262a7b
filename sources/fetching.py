"""The one guarded HTTP request of the project: a public page, in bounded time and size.

The request stands on httpx's transport (httpcore) without its client: no cookies, no redirects but our
own, no proxies or netrc from the environment.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpcore
import httpx
from django.conf import settings

from sources.addresses import Allowed, BadAddress, checked_url, is_public
from sources.connecting import Guard, PrivateAddress, Resolve, resolve

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
NOT_MODIFIED = 304
READABLE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
LOWEST_OTHER_PORT = 1024
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
LONGEST_WAIT = timedelta(days=1)  # that a site can ask for

# What may be sent back to a site as it came (RFC 9110, 8.8.3 and 5.6.7): nothing that could end a header.
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,500}"')
_HTTP_DATE = re.compile(r"[A-Za-z0-9,: +-]{20,60}")


class FetchError(Exception):
    """A page that could not be had: `final` says that another try will not help.

    `retry_after` is how long the site asks to be left alone, where it says so; a day at most. `status` is
    the HTTP status of an answer that was none, None where there was no such answer.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        final: bool,
        retry_after: timedelta | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.final, self.retry_after = code, message, final, retry_after
        self.status = status


@dataclass(frozen=True)
class Fetched:
    """What an address answered; `url` is the one that answered, after redirects.

    With `not_modified` the site says that the page is as it was when it gave `etag` or `last_modified`;
    there is no body then. `moved`: there were redirects, and each said that it is for good.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]
    moved: bool = False

    @property
    def not_modified(self) -> bool:
        return self.status == NOT_MODIFIED


@dataclass(frozen=True)
class _Redirect:
    url: str
    permanent: bool


@dataclass(frozen=True)
class _Known:
    """What the page said when it was last had, to be told to the address that said it and to no other."""

    url: str
    headers: tuple[tuple[str, str], ...]


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    answered_by: str | None = None,
    allowed: Allowed = is_public,
    resolve: Resolve = resolve,
    types: frozenset[str] | None = READABLE_TYPES,
    max_bytes: int | None = None,
    timeout: float | None = None,
) -> Fetched:
    """Read a page; `max_bytes` bounds the decoded body, `timeout` the whole of it in seconds.

    With the `etag` or `last_modified` of an earlier answer the site may answer that nothing has changed
    (`Fetched.not_modified`). They are sent to the address that gave them only: `answered_by`, by default
    `url`. `types` are the media types that are taken, None for any. Raises FetchError.
    """
    deadline = time.monotonic() + (timeout or settings.FETCH_TIMEOUT)
    guard = Guard(allowed=allowed, resolve=resolve, deadline=deadline)
    limit = max_bytes or settings.FETCH_MAX_BYTES
    address = checked_address(url, allowed)
    known = _known(checked_address(answered_by, allowed) if answered_by else address, etag, last_modified)
    permanent: list[bool] = []
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(address, guard, known, types, limit)
        if isinstance(answer, Fetched):
            return replace(answer, moved=bool(permanent) and all(permanent))
        address = checked_address(answer.url, allowed)
        permanent.append(answer.permanent)
    raise FetchError("redirects", f"The address redirects more than {MAX_REDIRECTS} times.", final=True)


def checked_address(url: str, allowed: Allowed) -> str:
    try:
        checked = checked_url(url, allowed=allowed)
    except BadAddress as error:
        raise FetchError("bad_address", error.message, final=True) from None
    port = httpx.URL(checked).port
    if port is not None and port < LOWEST_OTHER_PORT and port not in (80, 443):
        raise FetchError("bad_address", f"Port {port} is not one that web pages are served from.", final=True)
    return checked


def _known(url: str, etag: str | None, last_modified: str | None) -> _Known:
    """The conditions of a request; what is none is left out."""
    headers = []
    if etag and _ETAG.fullmatch(etag):
        headers.append(("If-None-Match", etag))
    if last_modified and _HTTP_DATE.fullmatch(last_modified):
        headers.append(("If-Modified-Since", last_modified))
    return _Known(url, tuple(headers))


def _ask(
    url: str, guard: Guard, known: _Known, types: frozenset[str] | None, limit: int
) -> Fetched | _Redirect:
    """One request: the page, or the address it redirects to."""
    conditions = known.headers if known.url == url else ()
    try:
        with guard.pool() as pool, pool.stream("GET", url, headers=_request_headers(conditions)) as response:
            headers = httpx.Headers(response.headers)
            status = response.status
            if status in REDIRECTS and "location" in headers:
                return _Redirect(_target(url, headers["location"]), status in PERMANENT)
            content_type = headers.get("content-type", "")[:200]
            if status == NOT_MODIFIED and conditions:
                return Fetched(url, status, content_type, b"", dict(headers))
            _check_status(status, headers)
            _check_type(content_type, types)
            body = _body(response, headers, guard, limit)
            return Fetched(url, status, content_type, body, dict(headers))
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchError("time_out", "The site did not answer in time.", final=False) from None
    except PrivateAddress as error:
        raise FetchError("private_address", str(error), final=True) from None
    except (httpcore.NetworkError, OSError, UnicodeError) as error:
        raise unreachable(error) from error
    except (httpcore.ProtocolError, zlib.error) as error:
        logger.info("broken answer from %s: %s", url, error)
        message = "The site's answer breaks off or is garbled."
        raise FetchError("broken_answer", message, final=False) from error


def _request_headers(conditions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        ("User-Agent", settings.FETCH_USER_AGENT),
        ("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9"),
        # Only what `_unpacked` can bound while it works.
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
        *conditions,
    ]


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise FetchError("bad_address", "The site redirects to an unusable address.", final=True) from None


def _check_status(status: int, headers: httpx.Headers) -> None:
    if status in (206, NOT_MODIFIED):
        message = f"The site answered with a part of the page that nobody asked for (status {status})."
        raise FetchError("broken_answer", message, final=False)
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise FetchError("not_found", f"The site has no page at this address (status {status}).", final=True)
    if status in (401, 402, 403, 451):
        message = f"The site does not let Recheck read this page (status {status})."
        raise FetchError("blocked", message, final=True)
    if status in (408, 425, 429) or status >= 500:
        message = f"The site is in trouble or too busy (status {status})."
        retry_after = wait_asked_for(headers)
        raise FetchError("server_error", message, final=False, retry_after=retry_after, status=status)
    raise FetchError("http_status", f"The site answered with status {status}.", final=True)


def wait_asked_for(headers: httpx.Headers) -> timedelta | None:
    """How long the site asks to be left alone (RFC 9110, 10.2.3): seconds, or until a date."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    wait = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def _check_type(content_type: str, types: frozenset[str] | None) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if types is None or kind in types:
        return
    if kind == "application/pdf":
        message = "The address is a PDF; Recheck reads web pages and plain text, PDFs not yet."
        raise FetchError("pdf", message, final=True)
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


def unreachable(error: Exception) -> FetchError:
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError("certificate", "The site's certificate is not valid.", final=False)
    if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
        # Not final: a resolver that is cut off from the network says the same.
        return FetchError("no_such_site", "There is no site of this name.", final=False)
    return FetchError("unreachable", "The site cannot be reached.", final=False)
