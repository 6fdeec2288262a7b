"""May a site be asked for a page now, and else when: one pace for all workers, and robots.txt.

The pace of a host is a row: whoever asks locks it, takes the turn or is promised a later one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from sources.fetching import FetchError, fetch
from sources.models import Host
from sources.robots import Rules, rules_for

# RFC 9309, 2.4: a copy is not used for longer than a day; 2.5: at least 500 kibibytes are read.
ROBOTS_KEPT = timedelta(days=1)
ROBOTS_BYTES = 512_000
# Where the site cannot be asked for it, the copy of an earlier day still counts for so long.
OLD_ROBOTS_KEPT = timedelta(days=30)
ROBOTS_RETRY = timedelta(hours=1)
# A file that is not there, is shut off or leads astray forbids nothing (RFC 9309, 2.3.1.2 and 2.3.1.3).
NO_ROBOTS = frozenset({"not_found", "blocked", "http_status", "redirects"})

LONGEST_PAUSE = timedelta(minutes=1)  # that a robots.txt can ask for
LONGEST_PROMISE = timedelta(hours=1)
# A worker that comes a little late must not take the turn of the one after it.
BETWEEN_PROMISES = timedelta(milliseconds=200)


@dataclass(frozen=True)
class Turn:
    """Whether an address may be asked for: if `granted` now, else not before `when`.

    `code` says why not: "pace" (others ask this host), "left_alone" (it asked to be), "robots" (its
    robots.txt forbids this address) or "robots_unknown" (its robots.txt cannot be had, which counts as a
    no; `failure` is what stood in the way). `message` is for a reader.
    """

    granted: bool
    when: datetime
    code: str = ""
    message: str = ""
    failure: FetchError | None = None


def take_turn(*, url: str, at: datetime, scheduled: bool = False) -> Turn:
    """Ask for the right to request this address once, now. `url` as `addresses.checked_url` gives it.

    A turn that is granted is used up: the host's next one comes FETCH_PAUSE seconds later (or after the
    pause its robots.txt asks for). Requests that nobody waits for are `scheduled`: they honour robots.txt,
    which is then read from the site once a day, so call it outside any transaction.
    """
    host = _host(url, at)
    rules = _fresh_rules(host, at)
    if scheduled and rules is not None and not _allows(rules, url):
        return _forbidden(host)
    turn = _take(host, rules, at)
    if not (scheduled and turn.granted and rules is None):
        return turn
    try:
        rules = _read_robots(url, host, at)
    except FetchError as error:
        message = f"The site's robots.txt cannot be read: {error.message}"
        return Turn(False, at + (error.retry_after or ROBOTS_RETRY), "robots_unknown", message, error)
    return turn if _allows(rules, url) else _forbidden(host)


def leave_alone(*, url: str, at: datetime, wait: timedelta) -> None:
    """Grant nobody a turn at this address's host for so long: the site asked for it (Retry-After)."""
    Host.objects.filter(pk=_host(url, at).pk).update(left_alone_until=at + wait)


def _host(url: str, at: datetime) -> Host:
    name = urlsplit(url).netloc[:261]
    host, _ = Host.objects.get_or_create(name=name, defaults={"next_at": at, "promised_at": at})
    return host


def _fresh_rules(host: Host, at: datetime) -> Rules | None:
    read_at = host.robots_read_at
    return _rules(host.robots) if read_at is not None and at - ROBOTS_KEPT < read_at else None


def _rules(text: str) -> Rules:
    return rules_for(text, settings.FETCH_USER_AGENT)


def _allows(rules: Rules, url: str) -> bool:
    parts = urlsplit(url)
    return rules.allow(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _forbidden(host: Host) -> Turn:
    assert host.robots_read_at is not None
    message = "The site's robots.txt asks programs to leave this address alone."
    return Turn(False, host.robots_read_at + ROBOTS_KEPT, "robots", message)


def _take(host: Host, rules: Rules | None, at: datetime) -> Turn:
    pause = timedelta(seconds=settings.FETCH_PAUSE)
    if rules is not None:
        pause = max(pause, min(timedelta(seconds=rules.crawl_delay), LONGEST_PAUSE))
    with transaction.atomic():
        host = Host.objects.select_for_update().defer("robots").get(pk=host.pk)
        if host.left_alone_until is not None and host.left_alone_until > at:
            message = "The site is busy and asked to be left alone for a while."
            return Turn(False, host.left_alone_until, "left_alone", message)
        # Never more than one pause away, should a clock have been set back.
        host.next_at = min(host.next_at, at + pause)
        granted = host.next_at <= at
        if granted:
            host.next_at = at + pause
        else:
            after_last = max(host.promised_at, host.next_at - pause) + pause + BETWEEN_PROMISES
            host.promised_at = min(after_last, at + LONGEST_PROMISE)
        host.save(update_fields=["next_at", "promised_at"])
        if granted:
            return Turn(True, at)
        return Turn(False, host.promised_at, "pace", "Other pages of this site are being asked for.")


def _read_robots(url: str, host: Host, at: datetime) -> Rules:
    """Ask the site for its robots.txt and keep it. Raises FetchError where it may forbid anything."""
    parts = urlsplit(url)
    try:
        answer = fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", types=None, max_bytes=ROBOTS_BYTES)
        text = answer.body.decode("utf-8", "replace").replace("\0", "")
    except FetchError as error:
        if error.code not in NO_ROBOTS:
            if host.robots_read_at is not None and at - OLD_ROBOTS_KEPT < host.robots_read_at:
                return _rules(host.robots)
            raise
        text = ""
    host.robots, host.robots_read_at = text, at
    host.save(update_fields=["robots", "robots_read_at"])
    return _rules(text)
