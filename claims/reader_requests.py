"""Readers ask for another look at a published claim; a reviewer decides. Nothing of it is public."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from claims import inputs, rechecks, standing
from claims.errors import Conflict, TooMany, require
from claims.models import Claim, ReaderRequest, User

RULE = "reader_asked"
LONGEST = 2_000
WINDOW = timedelta(days=1)
# So many a day, accepted or not.
MOST_FROM_ADDRESS = 5
MOST_ABOUT_CLAIM = 20
# An arbitrary number, the same in every process: readers' requests are counted and stored one by one.
LOCK = 7_215_044


def ask(*, claim: Claim, words: str, address: str, trap: str = "", at: datetime) -> ReaderRequest | None:
    """Keep a reader's request. `trap` is a field that people do not see: where it is filled, nothing is kept.

    `address` is the reader's network address; only a keyed hash of it is stored, to count by.
    """
    words = inputs.text(words, "words", LONGEST, required=True)
    if trap:
        return None
    asked_from = _hashed(address)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Locked, so that none comes in while the claim is merged or split.
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        standing.check(claim)
        if claim.state != Claim.State.PUBLISHED:
            raise Conflict("not_published", "This claim is not published any more.")
        lately = ReaderRequest.objects.filter(asked_at__gt=at - WINDOW)
        if lately.filter(asked_from=asked_from).count() >= MOST_FROM_ADDRESS:
            raise TooMany("too_many", "You have asked often today. Please come back tomorrow.")
        if lately.filter(claim=claim).count() >= MOST_ABOUT_CLAIM:
            words = "Many readers have asked about this claim today; we are aware of it."
            raise TooMany("too_many", words)
        return ReaderRequest.objects.create(claim=claim, words=words, asked_from=asked_from, asked_at=at)


def accept(*, request: ReaderRequest, by: User, at: datetime) -> ReaderRequest:
    """Look at the claim again: its re-check falls due now, with the reader's words."""
    require(by, "decide_readerrequest", "decide on readers' requests")
    with transaction.atomic():
        request = _end(request, ReaderRequest.State.ACCEPTED, by, at)
        brought = rechecks.bring_forward(
            claim=request.claim,
            rule=RULE,
            why=f"A reader asks: {request.words}",
            cause=f"reader_request:{request.pk}",
            at=at,
        )
        if brought is None:
            raise Conflict("not_published", "The claim is not published any more: decline, with that reason.")
    return request


def decline(*, request: ReaderRequest, reason: str, by: User, at: datetime) -> ReaderRequest:
    """Leave it, with the reason."""
    require(by, "decide_readerrequest", "decide on readers' requests")
    reason = inputs.line(reason, "reason", 500, required=True)
    with transaction.atomic():
        return _end(request, ReaderRequest.State.DECLINED, by, at, reason)


def decline_waiting(*, claim: Claim, reason: str, by: User, at: datetime) -> None:
    """The claim ends, and with it what readers asked. Called within a transaction that has its row locked."""
    for request in claim.reader_requests.filter(state=ReaderRequest.State.WAITING):
        _end(request, ReaderRequest.State.DECLINED, by, at, reason)


def _end(
    request: ReaderRequest, state: ReaderRequest.State, by: User, at: datetime, reason: str = ""
) -> ReaderRequest:
    found = ReaderRequest.objects.select_for_update(of=("self",)).select_related("claim").get(pk=request.pk)
    if found.state != ReaderRequest.State.WAITING:
        raise Conflict(
            "already_decided", f"{found.decided_by} has {found.state} this meanwhile.", state=found.state
        )
    found.state, found.decided_by, found.decided_at, found.decline_reason = state, by, at, reason
    found.save(update_fields=["state", "decided_by", "decided_at", "decline_reason"])
    return found


def _hashed(address: str) -> str:
    """An IPv6 address counts as its /64, which one reader may roam in."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        whole = "unknown"
    else:
        whole = str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))
    return salted_hmac("claims.reader_requests", whole, algorithm="sha256").hexdigest()
