"""The worker fetches waiting sources; whatever goes wrong, the source is kept and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from sources import bodies, cataloguing
from sources.cataloguing import add_source, refetch, work_source
from sources.fetching import Fetched, FetchError
from sources.models import Publisher, Source
from sources.tasks import sweep_sources, work_sources
from sources.work import MAX_ATTEMPTS
from tests.factories import make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://www.milltown.example/pier"
LEAD = "The harbour board of Milltown voted on Monday to close the east pier until May."
PAGE = f"""<html lang=en><head><title>Pier closes</title>
<meta property="og:site_name" content="Milltown Post">
<meta property="article:published_time" content="2026-03-01T10:00:00Z"></head>
<body><article><p>{LEAD}</p></article></body></html>"""

Site = Callable[[Fetched | Exception], list[str]]
given: list[dict[str, str]] = []  # with what conditions the latest requests were made


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Sets what every address answers; returns the list of addresses asked for."""
    outside = list(transaction.get_connection().savepoint_ids)

    def set_answer(answer: Fetched | Exception) -> list[str]:
        asked: list[str] = []

        def fetch(url: str, **conditions: str) -> Fetched:
            given.append(conditions)
            if transaction.get_connection().savepoint_ids == outside:  # never within a transaction
                asked.append(url)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(cataloguing, "fetch", fetch)
        return asked

    return set_answer


def html(body: str = PAGE, kind: str = "text/html; charset=utf-8", url: str = URL) -> Fetched:
    return Fetched(url, 200, kind, body.encode(), {})


def test_a_waiting_source_is_fetched_read_and_kept(site: Site) -> None:
    asked = site(html())
    source, _ = add_source(url=URL, at=AT)
    assert work_source(at=AT)
    source.refresh_from_db()
    snapshot = source.latest_snapshot()
    assert (asked, source.work_state, source.title) == ([URL], "done", "Pier closes")
    assert source.published_on == date(2026, 3, 1)
    assert (str(source.publisher), source.publisher.site) == ("Milltown Post", "milltown.example")
    assert (snapshot.text, snapshot.fetched_at, snapshot.http_status) == (LEAD, AT, 200)
    assert bodies.read(snapshot.content_hash).decode() == PAGE


def test_what_a_person_typed_is_not_overwritten(site: Site) -> None:
    site(html())
    source, _ = add_source(url=URL, at=AT, title="My title", publisher="Me", published_on=date(2020, 1, 1))
    work_source(at=AT)
    source.refresh_from_db()
    assert (source.title, str(source.publisher), source.published_on) == ("My title", "Me", date(2020, 1, 1))


def test_a_page_from_the_future_is_not_believed(site: Site) -> None:
    site(html(PAGE.replace("2026-03-01", "2031-03-01")))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.published_on) == ("done", None)


def test_plain_text_is_read_as_text(site: Site) -> None:
    site(html(f"Pier closes for now\n\n{LEAD} 3 < 4", kind="text/plain"))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert source.title == "Pier closes for now"
    assert source.latest_snapshot().text.endswith("3 < 4")


def test_a_page_without_publisher_is_its_sites(site: Site) -> None:
    site(html(f"<p>{LEAD}</p>", url="https://docs.example/x"))
    add_source(url=URL, at=AT)
    work_source(at=AT)
    assert Publisher.objects.get().site == "docs.example"


def test_nothing_waiting_is_nothing_done(site: Site) -> None:
    asked = site(html())
    make_source()
    add_source(url=URL, at=AT + timedelta(hours=1))
    assert not work_source(at=AT)
    assert asked == []


def test_a_failure_that_will_last_is_kept_with_its_reason(site: Site) -> None:
    site(FetchError("not_found", "The site has no page here.", final=True))
    source, _ = add_source(url=URL, at=AT, title="Pier")
    assert work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.failure_code) == ("failed", "not_found")
    assert (source.title, source.failure) == ("Pier", "The site has no page here.")
    assert not work_source(at=AT + timedelta(days=9))


def test_a_failure_that_may_pass_is_tried_again_later_and_not_for_ever(site: Site) -> None:
    asked = site(FetchError("time_out", "The site did not answer in time.", final=False))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    assert not work_source(at=AT + timedelta(seconds=1))
    for day in range(1, 20):
        work_source(at=AT + timedelta(days=day))
    source.refresh_from_db()
    assert (len(asked), source.work_state, source.failure_code) == (MAX_ATTEMPTS, "failed", "time_out")


@pytest.mark.parametrize("fault", [ValueError("bug"), RecursionError()])
def test_a_fault_of_our_own_is_kept_too(
    site: Site, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    site(fault)
    source, _ = add_source(url=URL, at=AT)
    assert work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.failure_code) == ("queued", "internal")
    assert "could not be worked on" in caplog.text


def test_a_page_that_cannot_be_read_says_so(site: Site) -> None:
    site(html("<html><body><nav>Home</nav></body></html>"))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.failure_code, source.latest_snapshot()) == ("failed", "no_text", None)


def test_a_source_whose_worker_died_is_taken_up_again(site: Site) -> None:
    site(html())
    source, _ = add_source(url=URL, at=AT)
    Source.objects.update(work_state="running", attempts=1, lease_until=AT + timedelta(minutes=5))
    assert not work_source(at=AT + timedelta(minutes=5))
    assert work_source(at=AT + timedelta(minutes=6))
    source.refresh_from_db()
    assert (source.work_state, source.attempts) == ("done", 2)


def test_a_source_that_kills_its_workers_is_given_up(site: Site) -> None:
    asked = site(html())
    source, _ = add_source(url=URL, at=AT)
    Source.objects.update(work_state="running", attempts=MAX_ATTEMPTS, lease_until=AT)
    assert not work_source(at=AT + timedelta(hours=1))
    source.refresh_from_db()
    assert (asked, source.work_state, source.failure_code) == ([], "failed", "gave_up")


def test_a_worker_that_comes_too_late_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str, **_: str) -> Fetched:
        Source.objects.update(attempts=2)  # the lease ran out, another worker has the row
        return html()

    monkeypatch.setattr(cataloguing, "fetch", fetch)
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.title, source.latest_snapshot()) == ("running", "", None)


@pytest.mark.parametrize("task", [work_sources, sweep_sources])
def test_the_tasks_work_off_all_that_wait(site: Site, task: Callable[[], None]) -> None:
    asked = site(html())
    for n in range(3):
        add_source(url=f"{URL}/{n}", at=AT)
    task()
    assert len(asked) == 3
    assert set(Source.objects.values_list("work_state", flat=True)) == {"done"}


def test_a_new_source_wakes_the_worker_once_it_is_committed(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: sent.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        add_source(url=URL, at=AT)
        assert sent == []
    assert sent == [work_sources.name]


def test_a_broker_that_is_away_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(name: str, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(current_app, "send_task", fail)
    with django_capture_on_commit_callbacks(execute=True):
        source, _ = add_source(url=URL, at=AT)
    assert list(Source.objects.waiting(at=AT)) == [source]
    assert "the sweep will start it" in caplog.text


def again(source: Source, at: datetime) -> Source:
    refetch(source=source, at=at)
    assert work_source(at=at)
    source.refresh_from_db()
    return source


def test_a_page_is_sent_again_only_where_it_has_changed(site: Site) -> None:
    day = "Sun, 01 Mar 2026 10:00:00 GMT"
    answer = html(url=f"{URL}/moved")
    site(replace(answer, headers={"etag": '"a"', "last-modified": day}))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    assert given[-1] == {}
    later = AT + timedelta(days=1)
    site(Fetched(answer.url, 304, "", b"", {}))
    again(source, later)
    assert given[-1] == {"etag": '"a"', "last_modified": day, "answered_by": answer.url}
    assert (source.work_state, source.confirmed_at, source.snapshots.count()) == ("done", later, 1)


def test_the_same_bytes_confirm_a_source_too(site: Site) -> None:
    site(html())
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert source.confirmed_at is None
    later = AT + timedelta(days=1)
    assert again(source, later).confirmed_at == later
    assert source.snapshots.count() == 1


def test_a_page_whose_body_is_lost_is_wanted_again(site: Site, settings, tmp_path: Path) -> None:
    site(replace(html(), headers={"etag": '"a"'}))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    settings.SNAPSHOT_DIR = tmp_path  # another, empty folder
    again(source, AT + timedelta(days=1))
    assert given[-1] == {}
    assert bodies.read(source.latest_snapshot().content_hash) == PAGE.encode()


def test_a_source_whose_site_is_being_asked_waits_without_losing_a_try(
    site: Site, settings, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    settings.FETCH_PAUSE = 2
    sent: list[tuple[str, float | None]] = []
    asked = site(html())
    add_source(url=f"{URL}/first", at=AT)
    second, _ = add_source(url=f"{URL}/second", at=AT)
    monkeypatch.setattr(current_app, "send_task", lambda name, countdown, **_: sent.append((name, countdown)))
    with django_capture_on_commit_callbacks(execute=True):
        assert work_source(at=AT)
        assert work_source(at=AT)
    second.refresh_from_db()
    assert (asked, second.work_state, second.attempts) == ([f"{URL}/first"], "queued", 0)
    assert AT < second.not_before < AT + timedelta(seconds=5)
    assert (work_sources.name, (second.not_before - AT).total_seconds()) in sent
    assert work_source(at=second.not_before)
    assert asked == [f"{URL}/first", f"{URL}/second"]


def test_a_busy_site_is_left_alone_as_long_as_it_asks(site: Site) -> None:
    asked = site(FetchError("server_error", "Too busy.", final=False, retry_after=timedelta(minutes=20)))
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    for minute in range(1, 20):
        work_source(at=AT + timedelta(minutes=minute))
    source.refresh_from_db()
    assert (len(asked), source.attempts) == (1, 1)
    assert source.not_before == AT + timedelta(minutes=20)


def test_a_snapshot_that_cannot_be_written_is_retried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(body: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bodies, "keep", full)
    site(html())
    source, _ = add_source(url=URL, at=AT)
    work_source(at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.failure_code, source.title) == ("queued", "not_written", "")
    assert "No space left on device" in source.failure


def locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_worker_keeps_no_lock_on_what_it_has_done(site: Site) -> None:
    site(html())
    add_source(url=URL, at=AT)
    before = locks()
    work_source(at=AT)
    assert locks() == before
