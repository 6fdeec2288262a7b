"""Scheduled checks tell unchanged, changed, moved, gone and blocked; trouble on the way is none of these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sources import liveness, politeness, rhythm
from sources.cataloguing import add_source, refetch, work_source
from sources.fetching import Fetched, FetchError
from sources.liveness import SECOND_LOOK, begin_due, check_now, work_check
from sources.models import Check, Source, SourceChange
from sources.tasks import sweep_checks
from sources.work import MAX_ATTEMPTS
from tests.factories import NOW, days, make_snapshot, make_source

pytestmark = pytest.mark.django_db

WORDS = "The harbour board of Milltown voted on Monday to close the east pier until the end of May."
OTHER = "The harbour board of Milltown voted on Monday to close the east pier until the end of June."
HOURS = timedelta(hours=1)

Site = Callable[[Fetched | Exception], list[str]]
given: list[dict[str, str]] = []  # with what conditions the latest requests were made


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """Sets what every address answers, robots.txt aside; returns the list of addresses asked for."""
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

        monkeypatch.setattr(liveness, "fetch", fetch)
        return asked

    robots(monkeypatch, "")
    return set_answer


def robots(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def fetch(url: str, **_: object) -> Fetched:
        return Fetched(url, 200, "text/plain", text.encode(), {})

    monkeypatch.setattr(politeness, "fetch", fetch)


def page(words: str = WORDS, *, url: str = "", menu: str = "Home", **fields: object) -> Fetched:
    body = f"<html><body><nav>{menu}</nav><article><p>{words}</p></article><footer>©</footer></body></html>"
    defaults = {"headers": {}, "moved": False} | fields
    return Fetched(url or "https://records.example/pier", 200, "text/html", body.encode(), **defaults)  # type: ignore[arg-type]


def known(**fields: object) -> Source:
    """A source that was fetched, due for its check now."""
    source = make_source(**{"url": "https://records.example/pier", "next_check_at": NOW} | fields)
    make_snapshot(source, WORDS, headers={"etag": '"a"'})
    return source


def error(code: str, *, final: bool = True, status: int | None = None) -> FetchError:
    return FetchError(code, "It could not be had.", final=final, status=status)


def checked(source: Source, *, at: datetime = NOW) -> Source:
    begin_due(at=at)
    assert work_check(at=at)
    source.refresh_from_db()
    return source


def test_a_site_that_says_so_is_unchanged(site: Site) -> None:
    asked = site(Fetched("https://records.example/pier", 304, "", b"", {}))
    source = checked(known())
    assert (asked, given[-1]["etag"]) == (["https://records.example/pier"], '"a"')
    assert (source.liveness, source.liveness_since, source.confirmed_at) == ("unchanged", NOW, NOW)
    assert (source.snapshots.count(), SourceChange.objects.count()) == (1, 0)


def test_furniture_makes_no_difference(site: Site) -> None:
    site(page(menu="Home | 14 readers now"))
    source = checked(known())
    assert (source.liveness, source.snapshots.count()) == ("unchanged", 1)


def test_another_text_is_a_change_that_is_kept_and_told(site: Site) -> None:
    site(page(OTHER))
    source = checked(known())
    snapshot = source.latest_snapshot()
    assert (source.liveness, snapshot.text) == ("changed", OTHER)
    assert source.checks.get().snapshot == snapshot
    change = SourceChange.objects.get()
    assert (change.kind, change.snapshot, change.work_state) == ("text", snapshot, "queued")


def test_a_permanent_redirect_is_a_move_and_the_source_stays_itself(site: Site) -> None:
    site(page(url="https://records.example/new/pier", moved=True))
    source = checked(known())
    assert (source.liveness, source.url) == ("moved", "https://records.example/pier")
    assert source.moved_to == "https://records.example/new/pier"
    assert "https://records.example/new/pier" in source.liveness_why
    site(page(OTHER, url="https://records.example/new/pier", moved=True))
    source = checked(source, at=source.next_check_at)
    assert (source.liveness, source.moved_to) == ("changed", "https://records.example/new/pier")


def test_a_move_with_another_text_says_both(site: Site) -> None:
    site(page(OTHER, url="https://records.example/new/pier", moved=True))
    source = checked(known())
    assert (source.liveness, source.latest_snapshot().text) == ("moved", OTHER)
    assert "its text is another" in source.liveness_why


def test_a_redirect_that_may_end_is_no_move(site: Site) -> None:
    site(page(url="https://records.example/today"))
    source = checked(known())
    assert (source.liveness, source.moved_to) == ("unchanged", "")


def test_one_missing_page_is_not_gone(site: Site) -> None:
    asked = site(error("not_found", status=404))
    source = checked(known())
    check = source.checks.get()
    assert (source.liveness, check.work_state, check.outcome) == ("", "queued", "")
    assert "second look" in check.failure
    assert not work_check(at=NOW + SECOND_LOOK - HOURS)
    assert work_check(at=NOW + SECOND_LOOK)
    source.refresh_from_db()
    assert (len(asked), source.liveness, source.liveness_since) == (2, "gone", NOW + SECOND_LOOK)
    assert SourceChange.objects.get().kind == "gone"


def test_a_page_that_is_back_at_the_second_look_was_never_gone(site: Site) -> None:
    site(error("not_found", status=410))
    source = checked(known())
    site(page())
    assert work_check(at=NOW + SECOND_LOOK)
    source.refresh_from_db()
    assert (source.liveness, SourceChange.objects.count()) == ("unchanged", 0)


def test_asking_again_does_not_make_the_second_look_sooner(site: Site) -> None:
    site(error("not_found", status=404))
    source = checked(known())
    check_now(source=source, at=NOW + HOURS)
    assert work_check(at=NOW + HOURS)
    source.refresh_from_db()
    assert source.liveness == ""
    assert source.checks.get().not_before == NOW + SECOND_LOOK


def test_what_is_gone_is_told_once_and_may_come_back(site: Site) -> None:
    site(error("not_found", status=404))
    source = checked(known())
    work_check(at=NOW + SECOND_LOOK)
    source.refresh_from_db()
    source = checked(source, at=source.next_check_at)
    assert (source.liveness, source.liveness_since) == ("gone", NOW + SECOND_LOOK)
    assert SourceChange.objects.count() == 1
    site(page())
    assert checked(source, at=source.next_check_at).liveness == "unchanged"


@pytest.mark.parametrize("code", ["blocked", "http_status", "redirects", "wrong_type", "pdf", "too_large"])
def test_what_cannot_be_read_is_blocked_with_the_reason(site: Site, code: str) -> None:
    site(error(code))
    source = checked(known())
    assert (source.liveness, source.liveness_why) == ("blocked", "It could not be had.")
    assert source.confirmed_at is None


def test_a_page_without_text_is_blocked(site: Site) -> None:
    site(Fetched("https://records.example/pier", 200, "text/html", b"<html><body></body></html>", {}))
    assert checked(known()).liveness == "blocked"


def test_robots_txt_is_honoured_by_what_is_scheduled(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    robots(monkeypatch, "User-agent: *\nDisallow: /pier")
    asked = site(page())
    source = checked(known())
    assert (asked, source.liveness) == ([], "blocked")
    assert "robots.txt" in source.liveness_why


def test_somebody_who_asks_now_is_no_robot(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    robots(monkeypatch, "User-agent: *\nDisallow: /pier")
    site(page())
    source = known(next_check_at=NOW + days(9))
    assert check_now(source=source, at=NOW) is not None
    assert work_check(at=NOW)
    source.refresh_from_db()
    assert source.liveness == "unchanged"
    assert check_now(source=source, at=NOW) == check_now(source=source, at=NOW)


@pytest.mark.parametrize(
    ("code", "status", "outcome"),
    [
        ("server_error", 500, ""), ("server_error", 503, ""), ("unreachable", None, ""),
        ("no_such_site", None, ""), ("certificate", None, ""), ("time_out", None, "blocked"),
        ("server_error", 429, "blocked"),
    ],
)  # fmt: skip
def test_trouble_is_tried_again_before_it_says_anything(
    site: Site, code: str, status: int | None, outcome: str
) -> None:
    asked = site(error(code, final=False, status=status))
    source = checked(known())
    assert (source.liveness, source.checks.get().work_state) == ("", "queued")
    for hour in range(1, 20):
        work_check(at=NOW + hour * HOURS)
    source.refresh_from_db()
    check = source.checks.get()
    assert (len(asked), check.outcome, source.liveness) == (MAX_ATTEMPTS, outcome, outcome)
    assert check.work_state == ("done" if outcome else "failed")
    assert source.next_check_at > check.checked_at
    assert not SourceChange.objects.exists()


def test_trouble_does_not_undo_what_was_found_before(site: Site) -> None:
    site(page(OTHER))
    source = checked(known())
    site(error("unreachable", final=False))
    for hour in range(1, 20):
        begin_due(at=source.next_check_at + hour * HOURS)
        work_check(at=source.next_check_at + hour * HOURS)
    source.refresh_from_db()
    assert (source.liveness, source.checks.count()) == ("changed", 2)


def test_checks_come_seldom_where_nothing_happens_and_sooner_after_a_change(site: Site) -> None:
    site(page())
    source = known(kind="media")
    waits = []
    for _ in range(12):
        at = source.next_check_at
        source = checked(source, at=at)
        waits.append((source.next_check_at - at) / days(1))
    assert waits[0] < 4
    assert waits == sorted(waits)
    assert 50 < waits[-1] <= 66
    site(page(OTHER))
    at = source.next_check_at
    assert checked(source, at=at).next_check_at - at < days(34)


@pytest.mark.parametrize("kind", Source.Kind)
def test_every_kind_has_its_first_wait(kind: str) -> None:
    assert rhythm.SHORTEST <= rhythm.wait_after(Source(kind=kind), None) <= rhythm.LONGEST


def test_sources_added_together_are_checked_apart() -> None:
    moments = {rhythm.next_check(Source(pk=pk), days(10), at=NOW) for pk in range(100)}
    assert len(moments) > 90
    assert all(NOW + days(9) <= moment <= NOW + days(11) for moment in moments)


def test_the_first_fetch_plans_the_first_check(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.cataloguing.fetch", lambda url, **_: page())
    source, _ = add_source(url="https://records.example/pier", at=NOW, kind="official")
    assert not begin_due(at=NOW + days(99))
    work_source(at=NOW)
    source.refresh_from_db()
    assert NOW + days(12) < source.next_check_at < NOW + days(16)
    assert SourceChange.objects.get().kind == "text"


def test_fetching_again_by_hand_finds_a_change_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.cataloguing.fetch", lambda url, **_: page(OTHER))
    source = known()
    refetch(source=source, at=NOW)
    work_source(at=NOW)
    source.refresh_from_db()
    assert (source.liveness, SourceChange.objects.get().snapshot) == ("changed", source.latest_snapshot())


def test_a_source_that_was_never_fetched_has_nothing_to_compare() -> None:
    assert check_now(source=make_source(), at=NOW) is None


def test_a_check_whose_worker_died_is_taken_up_again(site: Site) -> None:
    site(page())
    source = known()
    begin_due(at=NOW)
    Check.objects.update(work_state="running", attempts=1, lease_until=NOW + HOURS)
    assert not work_check(at=NOW + HOURS)
    assert work_check(at=NOW + 2 * HOURS)
    source.refresh_from_db()
    assert source.liveness == "unchanged"


def test_a_check_that_is_given_up_does_not_end_the_checks(site: Site) -> None:
    site(page())
    source = known()
    begin_due(at=NOW)
    Check.objects.update(work_state="running", attempts=MAX_ATTEMPTS, lease_until=NOW)
    assert not work_check(at=NOW + HOURS)
    source.refresh_from_db()
    assert checked(source, at=source.next_check_at).liveness == "unchanged"


def test_a_worker_that_comes_too_late_writes_nothing(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    def fetch(url: str, **_: str) -> Fetched:
        Check.objects.update(attempts=2)  # the lease ran out, another worker has the row
        return page(OTHER)

    monkeypatch.setattr(liveness, "fetch", fetch)
    source = checked(known())
    assert (source.liveness, source.snapshots.count()) == ("", 1)


def test_a_fault_of_our_own_is_tried_again(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site(ValueError("bug"))
    source = checked(known())
    assert (source.checks.get().work_state, source.checks.get().failure_code) == ("queued", "internal")
    assert "could not be checked" in caplog.text


def test_the_pace_of_a_site_is_kept(site: Site, settings) -> None:
    settings.FETCH_PAUSE = 2
    asked = site(page())
    for n in range(2):
        source = make_source(url=f"https://records.example/{n}", next_check_at=NOW)
        make_snapshot(source, WORDS)
    for _ in range(2):
        begin_due(at=NOW)
        work_check(at=NOW)
    assert len(asked) == 1
    waiting = Check.objects.get(work_state="queued")
    assert (waiting.attempts, waiting.not_before > NOW) == (0, True)


def test_the_sweep_begins_and_ends_all_that_are_due(site: Site) -> None:
    site(page())
    source = known()
    sweep_checks()
    source.refresh_from_db()
    assert source.liveness == "unchanged"


def test_what_is_due_is_found_by_an_index() -> None:
    for n in range(3):
        make_source(next_check_at=NOW + days(n))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        begin_due(at=NOW - days(1))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + next(query["sql"] for query in queries if "SKIP LOCKED" in query["sql"]))
        assert "source_to_check" in " ".join(row[0] for row in cursor.fetchall())
