"""Checks: whether a source still says what it said when it was fetched.

The source carries when it is to be checked next; a check is a row of work that is begun then, or when
somebody asks. It asks the site once, politely, and only for what has changed. What it finds:

- unchanged: the site says so, or the text without the page's furniture has the same hash;
- changed: the text is another one; it is kept as a new snapshot;
- moved: the address redirects for good (the source keeps its own address and identity);
- gone: the site said twice, some hours apart, that there is no such page;
- blocked: it cannot be read: refused, forbidden by robots.txt, no answer in time, no text in it.

A site in trouble, or a network, is asked again; it says nothing about the source.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from sources import rhythm
from sources.cataloguing import FOLLOW_WAKE, PLAN_FIELDS, conditions, store_snapshot, tell_of_text, text_hash
from sources.fetching import Fetched, FetchError, fetch
from sources.models import LIVENESS_FIELDS, Check, Snapshot, Source, SourceChange
from sources.pages import Page, Unreadable
from sources.politeness import leave_alone, take_turn
from sources.reading import read_page
from sources.waking import wake
from sources.work import MAX_ATTEMPTS, WORK_FIELDS, claim_next, let_go, still_ours, take_back

logger = logging.getLogger(__name__)

# Longer than any page may take; a worker that dies is replaced after it.
LEASE = timedelta(minutes=5)
WAKE = "sources.tasks.work_checks"
# Between the first "no such page" and the look that decides.
SECOND_LOOK = timedelta(hours=6)

NO_SUCH_PAGE = "not_found"
# What keeps a page from being read, whoever asks and how often. Other failures are trouble on the way.
UNREADABLE = frozenset(
    {"blocked", "http_status", "redirects", "wrong_type", "pdf", "too_large", "bad_address"}
)
# The same, once all tries are used up.
UNREADABLE_IN_THE_END = frozenset({"time_out"})
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Finding:
    """What a check found; `fetched` and `page` are a text that differs from the one known."""

    outcome: Source.Liveness
    why: str = ""
    moved_to: str = ""
    fetched: Fetched | None = None
    page: Page | None = None


class PostponedError(Exception):
    """The site may not be asked yet."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until}")
        self.until = until


def check_now(*, source: Source, at: datetime) -> Check | None:
    """Have a source checked at once. None where it was never fetched: there is nothing to compare."""
    with transaction.atomic():
        source = _locked(source)
        if source.latest_snapshot() is None:
            return None
        check = _open(source)
        if check is None:
            return _begin(source, at, scheduled=False)
        if check.work_state == Check.State.QUEUED:
            check.scheduled = False
            check.not_before = min(check.not_before, at)
            check.save(update_fields=["scheduled", "not_before"])
            wake(WAKE)
    return check


def begin_due(*, at: datetime) -> bool:
    """Begin the check of one source whose time has come. Returns whether there was one."""
    with transaction.atomic():
        due = Source.objects.filter(next_check_at__lte=at).order_by("next_check_at")
        source = due.select_for_update(skip_locked=True, of=("self",)).first()
        if source is None:
            return False
        if _open(source) is None:
            _begin(source, at, scheduled=True)
        else:
            _plan(source, rhythm.AFTER_TROUBLE, at)
    return True


def work_check(*, at: datetime) -> bool:
    """Carry out one waiting check. Returns whether there was one.

    The network is used outside any transaction.
    """
    check = claim_next(Check.objects.waiting(at=at).select_related("source"), at=at, lease=LEASE)
    if check is None:
        return False
    try:
        _work(check, at)
    finally:
        let_go(check)
    return True


def take_back_checks(*, at: datetime) -> int:
    """Give what a dead worker has left behind to the next one, before the lease ends. Returns how many."""
    return take_back(Check.objects.all(), at=at)


def _open(source: Source) -> Check | None:
    return source.checks.filter(work_state__in=[Check.State.QUEUED, Check.State.RUNNING]).first()


def _plan(source: Source, wait: timedelta, at: datetime) -> None:
    source.next_check_at = rhythm.next_check(source, wait, at=at)
    source.save(update_fields=["next_check_at"])


def _begin(source: Source, at: datetime, *, scheduled: bool) -> Check:
    # Its end sets the next one; this is for a check that never ends well.
    _plan(source, rhythm.AFTER_TROUBLE, at)
    check = Check.objects.create(source=source, asked_at=at, not_before=at, scheduled=scheduled)
    wake(WAKE)
    return check


def _work(check: Check, at: datetime) -> None:
    try:
        _record(check, _look(check, at), at)
    except PostponedError as postponed:
        _postpone(check, postponed.until, at)
    except FetchError as error:
        if error.retry_after is not None:
            leave_alone(url=check.source.url, at=at, wait=error.retry_after)
        _not_had(check, error, at)
    except OSError as error:
        logger.exception("the snapshot of source %s could not be written", check.source_id)
        _fail(check, at, "not_written", f"Its snapshot cannot be written: {error.strerror}.")
    except Exception:
        logger.exception("source %s could not be checked", check.source_id)
        _fail(check, at, "internal", "Something went wrong here; the log says what.")


def _look(check: Check, at: datetime) -> Finding:
    """Ask the site. Raises PostponedError and FetchError."""
    source = check.source
    turn = take_turn(url=source.url, at=at, scheduled=check.scheduled)
    if turn.code == "robots":
        return Finding(Source.Liveness.BLOCKED, turn.message)
    if turn.failure is not None:
        raise turn.failure
    if not turn.granted:
        raise PostponedError(turn.when)
    known = source.latest_snapshot()
    fetched = fetch(source.url, **conditions(known))
    moved_to = fetched.url if fetched.moved and fetched.url != source.url else ""
    if fetched.not_modified:
        return _same(moved_to)
    try:
        page = read_page(fetched.body, fetched.content_type, url=fetched.url)
    except Unreadable as error:
        return Finding(Source.Liveness.BLOCKED, error.message, moved_to)
    if known is not None and text_hash(page.text) == known.text_hash:
        return _same(moved_to)
    new_address = moved_to and moved_to != source.moved_to
    outcome = Source.Liveness.MOVED if new_address else Source.Liveness.CHANGED
    why = f"Its address is now {moved_to}, and its text is another." if new_address else ""
    return Finding(outcome, why, moved_to, fetched, page)


def _same(moved_to: str) -> Finding:
    if moved_to:
        return Finding(Source.Liveness.MOVED, f"Its address is now {moved_to}.", moved_to)
    return Finding(Source.Liveness.UNCHANGED)


def _not_had(check: Check, error: FetchError, at: datetime) -> None:
    """What a page that could not be had says: that it is gone, that it cannot be read, or nothing."""
    last_try = check.attempts >= MAX_ATTEMPTS
    if error.code == NO_SUCH_PAGE:
        _missing(check, error.message, at)
    elif error.code in UNREADABLE or (
        last_try and (error.code in UNREADABLE_IN_THE_END or error.status == TOO_MANY_REQUESTS)
    ):
        _record(check, Finding(Source.Liveness.BLOCKED, error.message), at)
    else:
        _fail(check, at, error.code, error.message, wait=error.retry_after)


def _missing(taken: Check, message: str, at: datetime) -> None:
    with transaction.atomic():
        source, check = _locked(taken.source), _locked_check(taken)
        if not still_ours(check, taken):
            return
        since = check.missing_at or at
        if source.liveness != Source.Liveness.GONE and at < since + SECOND_LOOK:
            check.missing_at = since
            check.failure_code, check.failure = NO_SUCH_PAGE, f"{message} A second look follows."
            check.postpone(until=since + SECOND_LOOK)
            check.save(update_fields=[*WORK_FIELDS, "missing_at"])
            return
    _record(taken, Finding(Source.Liveness.GONE, message), at)


def _record(taken: Check, finding: Finding, at: datetime) -> None:
    with transaction.atomic():
        source, check = _locked(taken.source), _locked_check(taken)
        if not still_ours(check, taken):
            return
        was_gone = source.liveness == Source.Liveness.GONE
        check.snapshot = _kept(source, finding, at)
        check.outcome, check.why, check.checked_at = finding.outcome, finding.why, at
        check.finish()
        check.save(update_fields=[*WORK_FIELDS, "outcome", "why", "checked_at", "snapshot"])
        source.found(finding.outcome, why=finding.why, at=at)
        if finding.outcome not in (Source.Liveness.GONE, Source.Liveness.BLOCKED):
            source.moved_to = finding.moved_to
            if check.snapshot is None:
                source.confirmed_at = at
        elif finding.outcome == Source.Liveness.GONE and not was_gone:
            SourceChange.objects.create(source=source, kind=SourceChange.Kind.GONE, at=at, not_before=at)
            wake(FOLLOW_WAKE)
        source.check_wait = rhythm.wait_after(source, finding.outcome)
        source.next_check_at = rhythm.next_check(source, source.check_wait, at=at)
        source.save(update_fields=[*LIVENESS_FIELDS, *PLAN_FIELDS, "confirmed_at"])


def _kept(source: Source, finding: Finding, at: datetime) -> Snapshot | None:
    if finding.fetched is None or finding.page is None:
        return None
    snapshot = store_snapshot(fetched=finding.fetched, text=finding.page.text, at=at, source=source)
    tell_of_text(source=source, snapshot=snapshot, at=at)
    return snapshot


def _postpone(taken: Check, until: datetime, at: datetime) -> None:
    with transaction.atomic():
        check = _locked_check(taken)
        if still_ours(check, taken):
            check.postpone(until=until)
            check.save(update_fields=WORK_FIELDS)
            wake(WAKE, after=until - at)


def _fail(taken: Check, at: datetime, code: str, message: str, *, wait: timedelta | None = None) -> None:
    """Try again later; when all tries are used up the check ends without a finding."""
    with transaction.atomic():
        source, check = _locked(taken.source), _locked_check(taken)
        if not still_ours(check, taken):
            return
        check.fail(at=at, code=code, message=message, final=False)
        if check.work_state == Check.State.QUEUED:
            check.not_before = max(check.not_before, at + (wait or timedelta(0)))
        else:
            check.checked_at = at
            _plan(source, rhythm.AFTER_TROUBLE, at)
        check.save(update_fields=[*WORK_FIELDS, "checked_at"])


def _locked(source: Source) -> Source:
    return Source.objects.select_for_update(of=("self",)).get(pk=source.pk)


def _locked_check(check: Check) -> Check:
    return Check.objects.select_for_update(of=("self",)).get(pk=check.pk)
