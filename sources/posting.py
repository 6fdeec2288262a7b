"""The one guarded way to send something to an address that a person gave: public, bounded, no redirects."""

from __future__ import annotations

import time
from collections.abc import Mapping

import httpcore
import httpx
from django.conf import settings

from sources.addresses import Allowed, is_public
from sources.connecting import Guard, PrivateAddress, Resolve, resolve
from sources.fetching import REDIRECTS, FetchError, checked_address, unreachable, wait_asked_for

TIMEOUT = 10.0  # seconds
MOST_READ = 10_000  # bytes of the answer, which nobody wants


def post(
    url: str,
    *,
    body: bytes,
    content_type: str,
    headers: Mapping[str, str],
    allowed: Allowed = is_public,
    resolve: Resolve = resolve,
    timeout: float = TIMEOUT,
) -> int:
    """Send `body`; returns the status, one of 200 to 299. Raises FetchError for every other outcome."""
    guard = Guard(allowed=allowed, resolve=resolve, deadline=time.monotonic() + timeout)
    address = checked_address(url, allowed)
    sent = [
        ("User-Agent", settings.FETCH_USER_AGENT),
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *headers.items(),
    ]
    try:
        with guard.pool() as pool, pool.stream("POST", address, headers=sent, content=body) as response:
            answered = httpx.Headers(response.headers)
            _read(response, guard)
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchError("time_out", "The site did not answer in time.", final=False) from None
    except PrivateAddress as error:
        raise FetchError("private_address", str(error), final=True) from None
    except (httpcore.NetworkError, OSError, UnicodeError) as error:
        raise unreachable(error) from error
    except httpcore.ProtocolError as error:
        message = "The site's answer breaks off or is garbled."
        raise FetchError("broken_answer", message, final=False) from error
    _check(response.status, answered)
    return response.status


def _read(response: httpcore.Response, guard: Guard) -> None:
    """So much of the answer that a site that counts on being heard is not cut off."""
    taken = 0
    for part in response.iter_stream():
        taken += len(part)
        guard.seconds_left()
        if taken > MOST_READ:
            return


def _check(status: int, headers: httpx.Headers) -> None:
    if 200 <= status < 300:
        return
    if status in REDIRECTS:
        message = f"The site redirects (status {status}); give the address that answers itself."
        raise FetchError("redirects", message, final=True)
    busy = status in (408, 425, 429) or status >= 500
    raise FetchError(
        "http_status",
        f"The site answered with status {status}.",
        final=not busy,
        retry_after=wait_asked_for(headers) if busy else None,
    )
