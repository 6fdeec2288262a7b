"""The whole table of hostile addresses and answers: each ends with the error it should, and soon."""

from __future__ import annotations

import time

import pytest

from sources.fetching import FetchError
from sources.pages import Page, Unreadable
from sources.reading import read_page
from tests.sources.behaviours import redirect
from tests.sources.conftest import Server, get
from tests.sources.hostile_addresses import ADDRESSES, NAMES, TYPED
from tests.sources.hostile_answers import ANSWERS, FOR_GOOD, LATE, READ

Outcome = tuple[str, Page | FetchError | Unreadable]


def outcome(url: str, *, timeout: float = 20) -> Outcome:
    """What comes of an address: the code of the error, or READ."""
    try:
        fetched = get(url, timeout=timeout)
        return READ, read_page(fetched.body, fetched.content_type, url=fetched.url)
    except (FetchError, Unreadable) as error:
        return error.code, error


@pytest.mark.parametrize("case", [*ADDRESSES, *TYPED])
def test_a_hostile_address(case: str) -> None:
    url, code = (ADDRESSES | TYPED)[case]
    found, error = outcome(url)
    assert (found, error.final) == (code, True)


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_redirect_to_a_hostile_address(server: Server, case: str) -> None:
    url, code = ADDRESSES[case]
    server.answers["/"] = redirect(url.encode().decode("latin-1"))
    assert outcome(server.url())[0] == code
    assert len(server.requests) == 1


@pytest.mark.parametrize("host", NAMES)
def test_a_name_that_leads_inside(server: Server, host: str) -> None:
    _, code = NAMES[host]
    assert outcome(server.url(host=host))[0] == code
    assert server.requests == []
    server.answers["/"] = redirect(server.url("/secret", host=host))
    assert outcome(server.url())[0] == code
    assert len(server.requests) == 1


@pytest.mark.parametrize("case", ANSWERS)
def test_a_hostile_answer(server: Server, case: str) -> None:
    server.answers["/"], code = ANSWERS[case]
    start = time.monotonic()
    found, what = outcome(server.url(), timeout=0.5 if code == LATE else 20)
    assert found == code
    assert time.monotonic() - start < 10
    if isinstance(what, Page):
        assert "Hello" in what.text
        assert "Injected" not in what.text
        assert "<script" not in what.text
    else:
        assert what.message.endswith(".")
    if isinstance(what, FetchError):
        assert what.final is (code in FOR_GOOD)


def test_the_table_is_as_large_as_it_was() -> None:
    assert len(ADDRESSES) * 2 + len(TYPED) + len(NAMES) * 2 + len(ANSWERS) >= 400
