"""A site is asked at its own pace, by all workers together, and its robots.txt is honoured."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from sources import politeness
from sources.fetching import Fetched, FetchError
from sources.models import Host
from sources.politeness import leave_alone, take_turn
from sources.robots import rules_for
from tests.sources.behaviours import page, redirect
from tests.sources.conftest import Server, get

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://records.example/minutes?year=2026"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def pause(settings) -> None:
    settings.FETCH_PAUSE = 2


Robots = Callable[[str | Exception], list[str]]


@pytest.fixture
def robots(db: None, monkeypatch: pytest.MonkeyPatch) -> Robots:
    """Sets every site's robots.txt; returns the list of addresses asked for."""

    def set_answer(answer: str | Exception) -> list[str]:
        asked: list[str] = []

        def fetch(url: str, **_: object) -> Fetched:
            asked.append(url)
            if isinstance(answer, Exception):
                raise answer
            return Fetched(url, 200, "text/plain", answer.encode(), {})

        monkeypatch.setattr(politeness, "fetch", fetch)
        return asked

    return set_answer


def error(code: str, *, final: bool = False, retry_after: timedelta | None = None) -> FetchError:
    return FetchError(code, "It did not work.", final=final, retry_after=retry_after)


@pytest.mark.django_db
def test_a_host_is_asked_once_per_pause() -> None:
    assert take_turn(url=URL, at=AT).granted
    second = take_turn(url="https://records.example/other", at=AT + SECOND)
    assert (second.granted, second.code) == (False, "pace")
    assert take_turn(url="https://elsewhere.example/", at=AT + SECOND).granted
    assert take_turn(url=URL, at=AT + 2 * SECOND).granted


@pytest.mark.django_db
def test_those_that_wait_are_promised_turns_of_their_own() -> None:
    take_turn(url=URL, at=AT)
    promised = [take_turn(url=URL, at=AT).when for _ in range(5)]
    assert promised == sorted(set(promised))
    assert promised[-1] < AT + timedelta(seconds=12)
    for when in promised:  # who comes then, even a moment late, has the turn
        assert take_turn(url=URL, at=when + timedelta(milliseconds=100)).granted


@pytest.mark.django_db
def test_a_clock_that_is_set_back_blocks_no_host() -> None:
    take_turn(url=URL, at=AT + timedelta(hours=1))
    take_turn(url=URL, at=AT)
    assert take_turn(url=URL, at=AT + 2 * SECOND).granted


@pytest.mark.django_db
def test_a_site_that_asks_to_be_left_alone_is(settings) -> None:
    settings.FETCH_PAUSE = 0
    leave_alone(url=URL, at=AT, wait=timedelta(minutes=10))
    turn = take_turn(url=URL, at=AT + SECOND)
    assert (turn.granted, turn.code, turn.when) == (False, "left_alone", AT + timedelta(minutes=10))
    assert take_turn(url=URL, at=AT + timedelta(minutes=10)).granted


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_at_once_share_one_pace(settings) -> None:
    settings.FETCH_PAUSE = 60
    granted: list[bool] = []
    start = threading.Barrier(6)

    def ask() -> None:
        start.wait()
        granted.append(take_turn(url=URL, at=AT).granted)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(granted) == [False] * 5 + [True]


def test_a_forbidden_address_is_left_alone_by_scheduled_requests_only(robots: Robots) -> None:
    asked = robots("User-agent: *\nDisallow: /minutes")
    turn = take_turn(url=URL, at=AT, scheduled=True)
    assert (turn.granted, turn.code, turn.when) == (False, "robots", AT + timedelta(days=1))
    assert asked == ["https://records.example/robots.txt"]
    assert take_turn(url="https://records.example/open", at=AT + 9 * SECOND, scheduled=True).granted
    assert take_turn(url=URL, at=AT + 20 * SECOND).granted  # a person asked for it


def test_robots_txt_is_read_once_a_day(robots: Robots) -> None:
    asked = robots("")
    for hour in range(25):
        assert take_turn(url=URL, at=AT + timedelta(hours=hour), scheduled=True).granted
    assert len(asked) == 2


def test_without_a_turn_robots_txt_is_not_asked_for(robots: Robots) -> None:
    asked = robots("")
    take_turn(url=URL, at=AT)
    assert take_turn(url=URL, at=AT, scheduled=True).code == "pace"
    assert asked == []


def test_the_pause_that_robots_txt_asks_for_is_kept_within_reason(robots: Robots) -> None:
    robots("User-agent: recheck\nCrawl-delay: 30\n")
    take_turn(url=URL, at=AT, scheduled=True)
    assert take_turn(url=URL, at=AT + 5 * SECOND).granted  # the rules were not known before
    assert not take_turn(url=URL, at=AT + 30 * SECOND).granted
    Host.objects.update(robots="User-agent: *\nCrawl-delay: 86400")
    assert take_turn(url=URL, at=AT + 120 * SECOND).granted
    assert take_turn(url=URL, at=AT + 180 * SECOND).granted


@pytest.mark.parametrize("code", ["not_found", "blocked", "http_status", "redirects"])
def test_a_site_without_robots_txt_forbids_nothing(robots: Robots, code: str) -> None:
    asked = robots(error(code, final=True))
    assert take_turn(url=URL, at=AT, scheduled=True).granted
    assert take_turn(url=URL, at=AT + timedelta(hours=1), scheduled=True).granted
    assert len(asked) == 1


@pytest.mark.parametrize("code", ["server_error", "time_out", "unreachable", "too_large", "private_address"])
def test_a_robots_txt_that_cannot_be_had_counts_as_a_no_and_says_why(robots: Robots, code: str) -> None:
    failure = error(code)
    robots(failure)
    turn = take_turn(url=URL, at=AT, scheduled=True)
    assert (turn.granted, turn.code, turn.failure) == (False, "robots_unknown", failure)
    assert turn.when == AT + timedelta(hours=1)


def test_the_robots_txt_of_an_earlier_day_counts_while_the_site_is_down(robots: Robots) -> None:
    robots("User-agent: *\nDisallow: /minutes")
    take_turn(url=URL, at=AT, scheduled=True)
    robots(error("server_error"))
    later = AT + timedelta(days=3)
    assert take_turn(url="https://records.example/open", at=later, scheduled=True).granted
    assert take_turn(url=URL, at=later + timedelta(hours=1), scheduled=True).code == "robots"
    assert take_turn(url=URL, at=AT + timedelta(days=31), scheduled=True).code == "robots_unknown"


@pytest.mark.django_db
def test_robots_txt_is_fetched_through_the_guard(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "fetch", partial(_guarded))
    server.answers["/robots.txt"] = redirect("/really.txt")
    server.answers["/really.txt"] = page(b"User-agent: *\nDisallow: /minutes\0", kind="binary/octet-stream")
    assert take_turn(url=server.url("/minutes"), at=AT, scheduled=True).code == "robots"
    inside = server.url("/minutes", host="inner.example.org")
    assert take_turn(url=inside, at=AT, scheduled=True).failure.code == "private_address"


def _guarded(url: str, *, types: frozenset[str] | None, max_bytes: int) -> Fetched:
    return get(url, types=types, max_bytes=max_bytes)


RULES = """\ufeff# ours comes last
User-agent: *
Disallow: /
User-agent: Other
user-agent: RECHECK/2.0
Disallow: /private/
Allow: /private/open$
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow: /caf%c3%a9
Sitemap: https://records.example/map.xml
Disallow: /?q=
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/private/", False), ("/private/x", False), ("/private/open", True),
        ("/private/opening", False), ("/x.pdf", False), ("/x.pdf?y", True), ("/axxbyyc", False),
        ("/axxc", True), ("/caf%C3%A9/menu", False), ("/?q=1", False), ("/private", True),
    ],
)  # fmt: skip
def test_the_longest_rule_of_our_group_decides(path: str, allowed: bool) -> None:
    assert rules_for(RULES, "Recheck/0.1 (+https://desk.example)").allow(path) is allowed


def test_a_program_that_is_not_named_keeps_to_the_rules_for_everybody() -> None:
    assert not rules_for(RULES, "Somebody/1").allow("/x")
    assert rules_for("", "Somebody/1").allow("/x")
    assert rules_for("User-agent: recheck\nDisallow:\nUser-agent: *\nDisallow: /", "Recheck/1").allow("/x")
    assert rules_for("Disallow: /", "Recheck/1").allow("/x")  # a rule of no group
    assert rules_for("<html>Not here</html>", "Recheck/1").allow("/x")
    equal = "User-agent: *\nAllow: /page\nDisallow: /page"
    assert rules_for(equal, "Recheck/1").allow("/page")


def test_a_hostile_robots_txt_takes_no_longer_than_another() -> None:
    agents = "\n".join(f"User-agent: a{n}" for n in range(15_000))
    many = "\n".join(f"Disallow: /*a*{n}" for n in range(15_000))
    stars = "User-agent: *\nDisallow: /" + "*a" * 200_000
    start = time.monotonic()
    for text in (f"{agents}\nUser-agent: *\n{many}", stars):
        assert rules_for(text, "Recheck/1").allow("/" + "a" * 1900)
    assert time.monotonic() - start < 2
