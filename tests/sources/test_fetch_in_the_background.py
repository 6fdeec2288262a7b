"""The worker fetches waiting sources; whatever goes wrong, the source is kept and says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from sources import cataloguing
from sources.cataloguing import add_source, work_source
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


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Sets what every address answers; returns the list of addresses asked for."""
    outside = list(transaction.get_connection().savepoint_ids)

    def set_answer(answer: Fetched | Exception) -> list[str]:
        asked: list[str] = []

        def fetch(url: str) -> Fetched:
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
    assert bytes(snapshot.body).decode() == PAGE


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
    def fetch(url: str) -> Fetched:
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
