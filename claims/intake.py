"""Articles in: from a text, a page, an upload or an address to stored drafts of claims.

`add_article` answers at once; the worker's `work_article` fetches, reads and extracts.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction

from claims import drafts, handed_in, inputs, rechecks, versions
from claims.errors import Conflict, Invalid, require
from claims.extraction import Document, Extraction
from claims.extractor import extract
from claims.models import Article, User
from sources.addresses import BadAddress, canonical_url
from sources.cataloguing import publisher_named, store_snapshot
from sources.fetching import FetchError, fetch
from sources.models import Publisher
from sources.pages import has_begun
from sources.reading import Page, Unreadable, decode, read_page
from sources.waking import wake
from sources.work import claim_next, let_go, still_ours, take_back

log = logging.getLogger(__name__)

# Longer than any article may take, a language model's time included; a worker that dies is replaced after it.
LEASE = timedelta(minutes=10)
WAKE = "claims.tasks.work_articles"
PLAIN, PAGES = frozenset({"txt", "md"}), frozenset({"html", "htm", "xhtml"})
ENDINGS = PLAIN | PAGES


class LeaseLostError(Exception):
    """The lease ran out meanwhile and another worker has the row."""


@transaction.atomic
def add_article(
    *,
    by: User,
    at: datetime,
    text: str | None = None,
    html: str | bytes | None = None,
    url: str | None = None,
    title: str = "",
    published_on: date | None = None,
    publisher: str = "",
    language: str = "",
    quietly: bool = False,
) -> tuple[Article, bool]:
    """Store an article and ask for its claims. Returns it, and whether it is new.

    Give `text`, or `html` (with the `url` it was saved from, where known), or a `url` to fetch. The text of
    an article known by its address, given once more and edited, becomes its present version.
    What is given wins over what the page says. `quietly`: no worker is woken, the caller sees to it.
    """
    require(by, "add_article", "add articles")
    url = _address(url) if url and url.strip() else None
    if text is not None and html is not None:
        raise Invalid("text_or_html", "Give the text or the HTML, not both.", field="html")
    if text is None and html is None and url is None:
        raise Invalid("required", "Paste a text, upload a file or give an address.", field="text")
    article = Article(
        url=url,
        title=inputs.line(title, "title", 500),
        published_on=inputs.past_day(published_on, "published_on", at),
        publisher=_publisher(inputs.line(publisher, "publisher", 200)),
        language=inputs.language(language),
        added_by=by,
        added_at=at,
    )
    if text is not None or html is not None:
        _take(article, handed_in.read(text=text, html=html, url=url), at)
    article.queue(at=at)
    article, new = _store_once(article)
    if article.work_state == Article.State.QUEUED and not quietly:
        wake(WAKE)
    return article, new


def add_upload(
    *,
    by: User,
    at: datetime,
    name: str,
    content: bytes,
    url: str | None = None,
    title: str = "",
    published_on: date | None = None,
    publisher: str = "",
    language: str = "",
    quietly: bool = False,
) -> tuple[Article, bool]:
    """Store an uploaded .txt or .html file as an article."""
    if len(content) > settings.FETCH_MAX_BYTES:
        message = f"The file has {len(content):,} bytes; {settings.FETCH_MAX_BYTES:,} is the most."
        raise Invalid("too_long", message, field="file")
    ending = name.lower().rpartition(".")[2]
    if ending not in ENDINGS:
        raise Invalid("file_kind", f"“{name}” is not a .txt or .html file.", field="file")
    add = partial(
        add_article, by=by, at=at, url=url, title=title, published_on=published_on, publisher=publisher,
        language=language, quietly=quietly,
    )  # fmt: skip
    if ending in PLAIN:
        try:
            text = decode(content)
        except Unreadable as unreadable:
            raise Invalid(unreadable.code, unreadable.message, field="file") from unreadable
        return add(text=text)
    return add(html=content)


def set_details(
    *,
    article: Article,
    by: User,
    at: datetime,
    title: str | None = None,
    published_on: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> Article:
    """Fill in or correct what could not be read. A new day means new dates: drafts are made again."""
    require(by, "change_article", "change articles")
    day = inputs.past_day(published_on, "published_on", at)
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if title is not None:
            article.title = inputs.line(title, "title", 500, required=True)
        if publisher is not None:
            article.publisher = _publisher(inputs.line(publisher, "publisher", 200))
        if language is not None:
            article.language = inputs.language(language)
        if day is not None and day != article.published_on:
            article.published_on = day
            extract_again(article, at=at)
        article.save()
    return article


def extract_again(article: Article, *, at: datetime) -> None:
    """After its day has changed: its drafts are dated anew. The caller, in a transaction, saves it."""
    if article.state == "ready":
        article.only_new = False
        article.queue(at=at)
        wake(WAKE)


def retry(*, article: Article, by: User, at: datetime) -> Article:
    """Try again what failed."""
    require(by, "change_article", "change articles")
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if article.state != "failed":
            raise Conflict("not_failed", "This article has not failed; there is nothing to try again.")
        article.queue(at=at)
        article.save()
        wake(WAKE)
    return article


def work_article(*, at: datetime) -> bool:
    """Take up one waiting article: fetch it where only its address is known, then extract its claims.

    Returns whether there was one. A worker that dies leaves the row to the next one.
    """
    article = claim_next(Article.objects.waiting(at=at), at=at, lease=LEASE)
    if article is None:
        return False
    try:
        _work(article, at)
    finally:
        let_go(article)
    return True


def take_back_articles(*, at: datetime) -> int:
    """Give what a dead worker has left behind to the next one, before the lease ends. Returns how many."""
    return take_back(Article.objects.all(), at=at)


def _work(article: Article, at: datetime) -> None:
    try:
        if not article.text:
            article = _fetch(article, at)
        if article.duplicate_of_id is None:
            _extract(article, at)
    except LeaseLostError:
        log.info("article %s is another worker's by now", article.pk)
    except FetchError as error:
        _failed(article, at, error.code, error.message, final=error.final)
    except (Unreadable, Invalid) as error:
        _failed(article, at, error.code, error.message, final=True)
    except Exception:
        log.exception("article %s could not be worked on", article.pk)
        _failed(article, at, "internal", "Something went wrong here; the log says what.", final=False)


def _address(url: str) -> str:
    try:
        return canonical_url(url)
    except BadAddress as bad:
        raise Invalid("bad_address", str(bad), field="url") from bad


def _publisher(name: str) -> Publisher | None:
    return publisher_named(name=name) if name else None


def _take(article: Article, page: Page, at: datetime) -> None:
    """Set what the page says, except where somebody has said it better."""
    handed_in.check(page)
    article.text = page.text
    article.text_hash = versions.hash_of(page.text)
    article.title = article.title or page.title[:500]
    article.authors = article.authors or [name[:200] for name in page.authors]
    article.language = article.language or page.language[:12]
    # A page that claims to come from the future is not believed.
    if article.published_on is None and page.published_on and has_begun(page.published_on, at):
        article.published_on = page.published_on
    if article.publisher is None and (page.publisher or page.site):
        article.publisher = publisher_named(name=(page.publisher or page.site)[:200], site=page.site or None)


def _known(article: Article) -> Article | None:
    if article.text_hash:
        same_text = Article.objects.filter(text_hash=article.text_hash).exclude(pk=article.pk).first()
        if same_text:
            return same_text
    if article.url:
        return Article.objects.filter(url=article.url).exclude(pk=article.pk).first()
    return None


def _store_once(article: Article) -> tuple[Article, bool]:
    known = _known(article)
    if known is None:
        try:
            with transaction.atomic():
                article.save()
            return article, True
        except IntegrityError:
            # Somebody else stored the same one between the look and the write.
            known = _known(article)
            if known is None:
                raise
    if article.text and not known.text and known.duplicate_of is None:
        return _fill(known, article), False
    if article.text and known.duplicate_of is None and known.state == "ready":
        assert article.added_by is not None
        versions.paste(article=known, text=article.text, by=article.added_by, at=article.added_at)
    return known.duplicate_of or known, False


def _fill(known: Article, article: Article) -> Article:
    """Give the text at hand to an article of which only the address was known."""
    known = Article.objects.select_for_update(of=("self",)).get(pk=known.pk)
    if not known.text:
        for field in ("text", "text_hash", "title", "authors", "language", "published_on", "publisher"):
            setattr(known, field, getattr(article, field) or getattr(known, field))
        known.queue(at=article.added_at)
        known.save()
    return known


def _fetch(article: Article, at: datetime) -> Article:
    """Fetch and read the article's page. The network is used outside any transaction."""
    assert article.url is not None
    fetched = fetch(article.url)
    page = read_page(fetched.body, fetched.content_type, url=fetched.url)
    with transaction.atomic():
        taken, article = article, Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not still_ours(article, taken):
            raise LeaseLostError
        _take(article, page, at)
        article.snapshot = store_snapshot(fetched=fetched, text=page.text, at=at)
        original = Article.objects.filter(text_hash=article.text_hash).exclude(pk=article.pk).first()
        if original:
            article.duplicate_of, article.text_hash = original, ""
            article.finish()
        article.save()
    return article


def _extract(article: Article, at: datetime) -> None:
    def progress(done: int, total: int) -> None:
        Article.objects.filter(pk=article.pk).update(progress_done=done, progress_total=total)

    document = Document(
        text=article.text,
        title=article.title,
        published_on=article.published_on,
        language=article.language or "en",
    )
    extraction = extract(document, progress=progress)
    _store_extraction(article, document, extraction, at)


def _store_extraction(article: Article, document: Document, extraction: Extraction, at: datetime) -> None:
    with transaction.atomic():
        taken, article = article, Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not still_ours(article, taken):
            return
        if (article.published_on, article.text) != (document.published_on, document.text):
            article.queue(at=at)  # It was corrected or edited meanwhile: once more.
            article.save()
            wake(WAKE)
            return
        store = drafts.add_new if article.only_new else drafts.replace
        known = store(article=article, claims=extraction.claims, extractor=extraction.version, at=at)
        rechecks.appear_again(claims=known, article=article, at=at)
        article.skipped = [
            {"start": skipped.start, "end": skipped.end, "reason": skipped.reason}
            for skipped in extraction.skipped
        ]
        article.extractor = extraction.version
        article.progress_done = article.progress_total
        article.only_new = False
        versions.plan_first_reread(article, at)
        article.finish()
        article.save()


def _failed(article: Article, at: datetime, code: str, message: str, *, final: bool) -> None:
    with transaction.atomic():
        taken, article = article, Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if still_ours(article, taken):
            article.fail(at=at, code=code, message=message, final=final)
            article.save()
