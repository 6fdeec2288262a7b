"""Sources, their publishers and snapshots: everything that is written about them is written here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import F

from sources import bodies, rhythm
from sources.addresses import canonical_url, site_of
from sources.fetching import Fetched, FetchError, fetch
from sources.models import LIVENESS_FIELDS, Publisher, Snapshot, Source, SourceChange
from sources.pages import Page, Unreadable, has_begun
from sources.politeness import Turn, leave_alone, take_turn
from sources.reading import read_page
from sources.waking import wake
from sources.work import WORK_FIELDS, claim_next, let_go, still_ours, take_back

logger = logging.getLogger(__name__)

# Longer than any page may take; a worker that dies is replaced after it.
LEASE = timedelta(minutes=5)
WAKE = "sources.tasks.work_sources"
# Whoever cites sources works this off; here it is only a name.
FOLLOW_WAKE = "claims.tasks.follow_sources"

PLAN_FIELDS = ("next_check_at", "check_wait")

# Of the headers of an answer: as many as pages have, and nothing that lets somebody in.
MOST_HEADERS = 100
LONGEST_HEADER = 2_000  # characters
SECRET_HEADERS = frozenset({"set-cookie", "set-cookie2"})


class Conditions(TypedDict, total=False):
    """The arguments of `fetch` that make a request conditional."""

    etag: str
    last_modified: str
    answered_by: str


def add_source(
    *,
    url: str,
    at: datetime,
    title: str = "",
    kind: str = Source.Kind.SECONDARY,
    publisher: str = "",
    published_on: date | None = None,
) -> tuple[Source, bool]:
    """The source at this address, and whether it is new; a new one is queued to be fetched.

    Details given for a known source fill what is still empty. Raises BadAddress.
    """
    url, title = canonical_url(url), " ".join(title.split())[:500]
    named = publisher_named(name=publisher) if publisher.strip() else None
    with transaction.atomic():
        source, created = Source.objects.get_or_create(
            url=url,
            defaults={
                "title": title, "kind": kind, "publisher": named, "published_on": published_on,
                "added_at": at, "not_before": at,
            },
        )  # fmt: skip
        if created:
            wake(WAKE)
        else:
            source = _fill(source, title=title, publisher=named, published_on=published_on)
    return source, created


def refetch(*, source: Source, at: datetime) -> Source:
    """Ask for a source to be fetched again."""
    with transaction.atomic():
        source = _locked(source)
        if source.work_state != Source.State.RUNNING:
            source.queue(at=at)
            source.save(update_fields=WORK_FIELDS)
            wake(WAKE)
    return source


def publisher_named(*, name: str, site: str | None = None) -> Publisher:
    """The publisher of this site, else of this name, made where there is none.

    A publisher known only by its site is given its name once that is known.
    """
    name = " ".join(name.split())[:200]
    site = (site or "").lower().removeprefix("www.")[:255] or None
    if site is None:
        # One whose site is known before one that somebody only named.
        namesakes = Publisher.objects.filter(name__iexact=name).order_by(F("site").asc(nulls_last=True), "pk")
        return namesakes.first() or Publisher.objects.create(name=name)
    known = Publisher.objects.filter(site=site).first()
    if known is None:
        return _publisher_of_site(name, site)
    if known.name == site and name not in ("", site):
        known.name = name
        known.save(update_fields=["name"])
    return known


def text_hash(text: str) -> str:
    """What two readings of a page share when they differ in white space alone; "" for no text."""
    words = " ".join(text.split())
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def store_snapshot(*, fetched: Fetched, text: str, at: datetime, source: Source | None = None) -> Snapshot:
    """Keep what an address answered; what a source's newest snapshot already holds is not kept twice.

    Raises OSError where the body cannot be written.
    """
    content_hash = bodies.keep(fetched.body)
    latest = source.latest_snapshot() if source else None
    if latest and latest.content_hash == content_hash:
        return latest
    return Snapshot.objects.create(
        source=source,
        url=fetched.url,
        fetched_at=at,
        http_status=fetched.status,
        content_type=fetched.content_type[:200],
        headers=_kept_headers(fetched.headers),
        content_hash=content_hash,
        text=text,
        text_hash=text_hash(text),
    )


def tell_of_text(*, source: Source, snapshot: Snapshot, at: datetime) -> None:
    """Leave word, for those who cite a source, that its text is known or is another one."""
    SourceChange.objects.create(
        source=source, kind=SourceChange.Kind.TEXT, snapshot=snapshot, at=at, not_before=at
    )
    wake(FOLLOW_WAKE)


def conditions(snapshot: Snapshot | None) -> Conditions:
    """What to give `fetch` so that a page that is still as in this snapshot need not be sent again.

    Nothing where its body is lost: then it is wanted again.
    """
    known: Conditions = {}
    if snapshot is None or not bodies.is_whole(snapshot.content_hash):
        return known
    if etag := snapshot.headers.get("etag"):
        known["etag"] = etag
    if last_modified := snapshot.headers.get("last-modified"):
        known["last_modified"] = last_modified
    if known:
        known["answered_by"] = snapshot.url
    return known


def work_source(*, at: datetime) -> bool:
    """Fetch one waiting source and keep what it says. Returns whether there was one.

    The network is used outside any transaction; a source that cannot be had keeps the reason, one whose
    site is being asked by others waits its turn.
    """
    source = claim_next(Source.objects.waiting(at=at), at=at, lease=LEASE)
    if source is None:
        return False
    try:
        _work(source, at)
    finally:
        let_go(source)
    return True


def take_back_sources(*, at: datetime) -> int:
    """Give what a dead worker has left behind to the next one, before the lease ends. Returns how many."""
    return take_back(Source.objects.all(), at=at)


def _work(source: Source, at: datetime) -> None:
    try:
        turn = take_turn(url=source.url, at=at)
        if not turn.granted:
            return _postponed(source, turn, at)
        fetched = fetch(source.url, **conditions(source.latest_snapshot()))
        if fetched.not_modified:
            return _confirmed(source, at)
        page = read_page(fetched.body, fetched.content_type, url=fetched.url)
        return _finished(source, fetched, page, at)
    except FetchError as error:
        if error.retry_after is not None:
            leave_alone(url=source.url, at=at, wait=error.retry_after)
        _failed(source, at, error.code, error.message, final=error.final)
    except Unreadable as error:
        _failed(source, at, error.code, error.message, final=True)
    except OSError as error:
        logger.exception("the snapshot of source %s could not be written", source.pk)
        _failed(source, at, "not_written", f"Its snapshot cannot be written: {error.strerror}.", final=False)
    except Exception:
        logger.exception("source %s could not be worked on", source.pk)
        _failed(source, at, "internal", "Something went wrong here; the log says what.", final=False)
    return None


def _postponed(taken: Source, turn: Turn, at: datetime) -> None:
    with transaction.atomic():
        source = _locked(taken)
        if still_ours(source, taken):
            source.postpone(until=turn.when)
            source.save(update_fields=WORK_FIELDS)
            wake(WAKE, after=turn.when - at)


def _confirmed(taken: Source, at: datetime) -> None:
    with transaction.atomic():
        source = _locked(taken)
        if still_ours(source, taken):
            source.confirmed_at = at
            source.finish()
            source.save(update_fields=[*WORK_FIELDS, "confirmed_at"])


def _finished(taken: Source, fetched: Fetched, page: Page, at: datetime) -> None:
    site = site_of(fetched.url)
    publisher = publisher_named(name=page.publisher or site, site=site) if site else None
    with transaction.atomic():
        source = _locked(taken)
        if not still_ours(source, taken):
            return
        # A page that claims to come from the future is not believed.
        past = page.published_on if page.published_on and has_begun(page.published_on, at) else None
        _fill(source, title=page.title[:500], publisher=publisher, published_on=past)
        before = source.latest_snapshot()
        snapshot = store_snapshot(fetched=fetched, text=page.text, at=at, source=source)
        if before is None or before.text_hash != snapshot.text_hash:
            if before is not None:
                source.found(Source.Liveness.CHANGED, at=at)
            tell_of_text(source=source, snapshot=snapshot, at=at)
        if before == snapshot:
            source.confirmed_at = at
        _plan_first_check(source, at)
        source.finish()
        source.save(update_fields=[*WORK_FIELDS, *LIVENESS_FIELDS, *PLAN_FIELDS, "confirmed_at"])


def _plan_first_check(source: Source, at: datetime) -> None:
    """Set when a source is first checked, unless a check is planned or under way; the caller saves it."""
    if source.next_check_at is None and not source.checks.exists():
        source.check_wait = rhythm.wait_after(source, None)
        source.next_check_at = rhythm.next_check(source, source.check_wait, at=at)


def _failed(taken: Source, at: datetime, code: str, message: str, *, final: bool) -> None:
    with transaction.atomic():
        source = _locked(taken)
        if still_ours(source, taken):
            source.fail(at=at, code=code, message=message, final=final)
            source.save(update_fields=WORK_FIELDS)


def _fill(source: Source, *, title: str, publisher: Publisher | None, published_on: date | None) -> Source:
    """Set what is still empty: never what somebody has typed."""
    found = {"title": title, "publisher": publisher, "published_on": published_on}
    missing = {name: value for name, value in found.items() if value and not getattr(source, name)}
    for name, value in missing.items():
        setattr(source, name, value)
    if missing:
        source.save(update_fields=list(missing))
    return source


def _locked(source: Source) -> Source:
    return Source.objects.select_for_update(of=("self",)).get(pk=source.pk)


def _kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    kept = [(name, value) for name, value in headers.items() if name not in SECRET_HEADERS]
    return {name[:100]: value[:LONGEST_HEADER] for name, value in kept[:MOST_HEADERS]}


def _publisher_of_site(name: str, site: str) -> Publisher:
    # Not the publisher of the same name without a site: any page can call itself anything.
    try:
        with transaction.atomic():
            return Publisher.objects.create(name=name or site, site=site)
    except IntegrityError:
        # Somebody else stored the same site between the look and the write.
        return Publisher.objects.get(site=site)
