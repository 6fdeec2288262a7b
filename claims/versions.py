"""Articles that are edited after their claims were found: versions, and what became of each claim's sentence.

The article holds the present text, each earlier one is a version. Appearances are found again in the new
text, word for word or reworded; one whose sentence has vanished keeps it, and its place in the version that
had it.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from claims import handed_in
from claims.errors import Conflict, Invalid, Refused, require
from claims.models import Appearance, Article, ArticleVersion, Reread, User
from sources.anchoring import CONTEXT, Anchor, places
from sources.cataloguing import conditions, store_snapshot
from sources.fetching import Fetched, FetchError, fetch
from sources.pages import Page, Unreadable
from sources.politeness import leave_alone, take_turn
from sources.reading import read_page
from sources.reanchoring import Found, Place, reanchor
from sources.waking import wake
from sources.work import WORK_FIELDS, claim_next, let_go, still_ours, take_back

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
WAKE = "claims.tasks.work_rereads"
EXTRACT_WAKE = "claims.tasks.work_articles"
# Articles are edited in their first days, if at all: looks come seldom where nothing happens.
FIRST_WAIT, LONGEST_WAIT = timedelta(days=1), timedelta(days=30)
# Characters that all searches for reworded sentences of one article may go through: a minute's work.
MOST_SEARCHED = 300_000_000

STANDINGS = {
    Found.THERE: Appearance.Standing.THERE,
    Found.MOVED: Appearance.Standing.THERE,
    Found.REWORDED: Appearance.Standing.REWORDED,
    Found.GONE: Appearance.Standing.VANISHED,
}


def hash_of(text: str) -> str:
    """The SHA-256 that tells articles apart, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def revise(
    *,
    article: Article,
    by: User,
    at: datetime,
    text: str | None = None,
    html: str | bytes | None = None,
) -> bool:
    """Give the text that an article has now. Returns whether it is another one than before."""
    require(by, "change_article", "change articles")
    if (text is None) == (html is None):
        raise Invalid("required", "Paste the text as it reads now.", field="text")
    page = handed_in.read(text=text, html=html, url=article.url)
    handed_in.check(page)
    return replace_text(article=article, text=page.text, by=by, at=at)


def paste(*, article: Article, text: str, by: User, at: datetime) -> bool:
    """The text of a known article was handed in once more: as above, where the person may change articles."""
    return by.has_perm("claims.change_article") and replace_text(article=article, text=text, by=by, at=at)


def replace_text(
    *,
    article: Article,
    text: str,
    fetched: Fetched | None = None,
    by: User | None = None,
    at: datetime,
) -> bool:
    """Make the present text a version and find the appearances again in this one. False: it is the same."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if hash_of(text) == article.text_hash:
            return False
        _check_free(article, text)
        last = article.versions.order_by("-number").first()
        version = ArticleVersion.objects.create(
            article=article,
            number=last.number + 1 if last else 1,
            text=article.text,
            text_hash=article.text_hash,
            snapshot=article.snapshot,
            skipped=article.skipped,
            replaced_at=at,
            replaced_by=by,
        )
        _reattach(article, text, version, at)
        article.skipped = _found_again(article.skipped, article.text, text)
        article.text, article.text_hash = text, hash_of(text)
        article.snapshot = store_snapshot(fetched=fetched, text=text, at=at) if fetched else None
        article.save(update_fields=["text", "text_hash", "skipped", "snapshot"])
    return True


def find_new_claims(*, article: Article, by: User, at: datetime) -> Article:
    """Ask for the claims of sentences in which none appears so far."""
    require(by, "change_article", "change articles")
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if article.state != "ready":
            raise Conflict("not_ready", "The article is being read; wait until it is ready.")
        article.only_new = True
        article.queue(at=at)
        article.save(update_fields=[*WORK_FIELDS, "only_new"])
        wake(EXTRACT_WAKE)
    return article


def reread_now(*, article: Article, by: User, at: datetime) -> Reread:
    """Have an article's address looked at: has it been edited?"""
    require(by, "change_article", "change articles")
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not article.url or not article.text:
            raise Conflict("no_address", "Only an article with an address can be read again; paste its text.")
        reread = _open(article)
        if reread is None:
            return _begin(article, at, scheduled=False)
        if reread.work_state == Reread.State.QUEUED:
            reread.scheduled, reread.not_before = False, min(reread.not_before, at)
            reread.save(update_fields=["scheduled", "not_before"])
            wake(WAKE)
    return reread


def begin_due(*, at: datetime) -> bool:
    """Begin the look at one article whose time has come. Returns whether there was one."""
    with transaction.atomic():
        due = Article.objects.filter(next_reread_at__lte=at).order_by("next_reread_at")
        article = due.select_for_update(skip_locked=True, of=("self",)).first()
        if article is None:
            return False
        if article.state == "ready" and _open(article) is None:
            _begin(article, at, scheduled=True)
        else:
            _plan(article, FIRST_WAIT, at)
    return True


def work_reread(*, at: datetime) -> bool:
    """Carry out one waiting look. Returns whether there was one. The network is used outside transactions."""
    waiting = Reread.objects.waiting(at=at).select_related("article__snapshot")
    reread = claim_next(waiting, at=at, lease=LEASE)
    if reread is None:
        return False
    try:
        _work(reread, at)
    finally:
        let_go(reread)
    return True


def take_back_rereads(*, at: datetime) -> int:
    """Give what a dead worker has left behind to the next one, before the lease ends. Returns how many."""
    return take_back(Reread.objects.all(), at=at)


def plan_first_reread(article: Article, at: datetime) -> None:
    """Set when an article's address is first looked at again; the caller saves it."""
    if article.url and article.next_reread_at is None:
        article.reread_wait = FIRST_WAIT
        article.next_reread_at = at + FIRST_WAIT


def _check_free(article: Article, text: str) -> None:
    if article.state not in ("ready", "failed"):
        raise Conflict("not_ready", "The article is being read; wait until it is ready.")
    other = Article.objects.filter(text_hash=hash_of(text)).exclude(pk=article.pk).first()
    if other is not None:
        raise Conflict("text_known", f"This text is another article's: “{other}”.", article=other.pk)


def _reattach(article: Article, text: str, version: ArticleVersion, at: datetime) -> None:
    appearances = list(article.appearances.select_for_update(of=("self",)).order_by("start", "pk"))
    found = _places(appearances, text)
    many = [pk for pk, n in Counter(item.claim_id for item in appearances).items() if n > 1]
    # So that one appearance of a claim does not stand in the way of another that takes its place.
    article.appearances.filter(claim__in=many).exclude(standing=Appearance.Standing.VANISHED).update(
        standing=Appearance.Standing.VANISHED, version=version
    )
    taken = set[tuple[int, int, int]]()
    for item, place in zip(appearances, found, strict=True):
        standing = STANDINGS[place.found]
        if standing != Appearance.Standing.VANISHED:
            assert place.start is not None
            assert place.end is not None
            start, end = place.start, _with_marks(text, place.end)
            if (item.claim_id, start, end) in taken:
                standing = Appearance.Standing.VANISHED
            else:
                taken.add((item.claim_id, start, end))
                item.start, item.end, item.sentence = start, end, text[start:end]
                item.prefix, item.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        if standing != item.standing:
            item.standing, item.standing_since = standing, at
        gone = standing == Appearance.Standing.VANISHED
        item.version = (item.version or version) if gone else None
        item.save(
            update_fields=[
                "start", "end", "sentence", "prefix", "suffix", "standing", "standing_since", "version",
            ]
        )  # fmt: skip


def _places(appearances: Iterable[Appearance], text: str) -> list[Place]:
    """Where each sentence is in this text; beyond what can be searched only word for word."""
    found = []
    searched = 0
    for item in appearances:
        vanished = item.standing == Appearance.Standing.VANISHED
        was = Anchor(item.sentence, item.prefix, item.suffix, -1 if vanished else item.start, item.end)
        if searched > MOST_SEARCHED and not places(text, item.sentence):
            found.append(Place(Found.GONE))
            continue
        place = reanchor(text, was)
        searched += len(text) * (place.found in (Found.REWORDED, Found.GONE))
        found.append(place)
    return found


def _with_marks(text: str, end: int) -> int:
    """The end of a sentence with the marks that close it."""
    while end < len(text) and text[end] in ".!?…\"'”’»)" and not text[end - 1].isspace():
        end += 1
    return end


def _found_again(skipped: Iterable[Mapping[str, Any]], old: str, new: str) -> list[dict[str, Any]]:
    """The sentences that gave no claim, where they still stand, in their order."""
    kept, at = [], 0
    for part in skipped:
        sentence = old[part["start"] : part["end"]]
        start = new.find(sentence, at) if sentence else -1
        if start >= 0:
            at = start + len(sentence)
            kept.append({"start": start, "end": at, "reason": part["reason"]})
    return kept


def _open(article: Article) -> Reread | None:
    return article.rereads.filter(work_state__in=[Reread.State.QUEUED, Reread.State.RUNNING]).first()


def _begin(article: Article, at: datetime, *, scheduled: bool) -> Reread:
    _plan(article, article.reread_wait or FIRST_WAIT, at)
    reread = Reread.objects.create(article=article, asked_at=at, not_before=at, scheduled=scheduled)
    wake(WAKE)
    return reread


def _plan(article: Article, wait: timedelta, at: datetime) -> None:
    article.reread_wait, article.next_reread_at = wait, at + wait
    article.save(update_fields=["reread_wait", "next_reread_at"])


def _work(reread: Reread, at: datetime) -> None:
    article = reread.article
    assert article.url is not None
    try:
        turn = take_turn(url=article.url, at=at, scheduled=reread.scheduled)
        if turn.code == "robots":
            return _failed(reread, at, turn.code, turn.message, final=True)
        if turn.failure is not None:
            raise turn.failure
        if not turn.granted:
            return _postponed(reread, turn.when, at)
        fetched = fetch(article.url, **conditions(article.snapshot))
        changed = not fetched.not_modified and _replaced(article, fetched, at)
        return _ended(reread, changed, at)
    except FetchError as error:
        if error.retry_after is not None:
            leave_alone(url=article.url, at=at, wait=error.retry_after)
        _failed(reread, at, error.code, error.message, final=error.final)
    except (Unreadable, Refused) as error:
        _failed(reread, at, error.code, error.message, final=True)
    except Exception:
        log.exception("article %s could not be read again", article.pk)
        _failed(reread, at, "internal", "Something went wrong here; the log says what.", final=False)
    return None


def _replaced(article: Article, fetched: Fetched, at: datetime) -> bool:
    page: Page = read_page(fetched.body, fetched.content_type, url=fetched.url)
    handed_in.check(page)
    return replace_text(article=article, text=page.text, fetched=fetched, at=at)


def _ended(taken: Reread, changed: bool, at: datetime) -> None:
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=taken.article_id)
        reread = Reread.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if not still_ours(reread, taken):
            return
        reread.outcome = Reread.Outcome.CHANGED if changed else Reread.Outcome.UNCHANGED
        reread.read_at = at
        reread.finish()
        reread.save(update_fields=[*WORK_FIELDS, "outcome", "read_at"])
        wait = FIRST_WAIT if changed else min((article.reread_wait or FIRST_WAIT) * 2, LONGEST_WAIT)
        _plan(article, wait, at)


def _postponed(taken: Reread, until: datetime, at: datetime) -> None:
    with transaction.atomic():
        reread = Reread.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if still_ours(reread, taken):
            reread.postpone(until=until)
            reread.save(update_fields=WORK_FIELDS)
            wake(WAKE, after=until - at)


def _failed(taken: Reread, at: datetime, code: str, message: str, *, final: bool) -> None:
    with transaction.atomic():
        reread = Reread.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if still_ours(reread, taken):
            reread.fail(at=at, code=code, message=message, final=final)
            reread.read_at = at if reread.work_state == Reread.State.FAILED else None
            reread.save(update_fields=[*WORK_FIELDS, "read_at"])
