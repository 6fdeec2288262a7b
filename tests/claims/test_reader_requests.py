"""Readers ask for another look: bounded, read by a reviewer, never public."""

import pytest

from claims import reader_requests
from claims.errors import Conflict, Forbidden, Invalid, TooMany
from claims.models import Claim, ReaderRequest
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def published() -> Claim:
    claim = make_claim()
    publish(claim)
    return claim


def ask(claim: Claim, address: str = "203.0.113.9", **fields: object) -> ReaderRequest | None:
    given = {"words": "It reopened on Sunday.", "at": NOW} | fields
    return reader_requests.ask(claim=claim, address=address, **given)  # type: ignore[arg-type]


def test_a_request_waits_and_the_address_is_not_kept() -> None:
    asked = ask(published())
    assert asked is not None
    assert (asked.state, asked.words) == ("waiting", "It reopened on Sunday.")
    assert "203.0.113.9" not in str(vars(asked))


def test_what_fills_in_the_trap_is_thrown_away() -> None:
    assert ask(published(), trap="https://spam.example") is None
    assert not ReaderRequest.objects.exists()


def test_an_address_asks_five_times_a_day() -> None:
    claims = [published() for _ in range(2)]
    for number in range(5):
        ask(claims[number % 2])
    with pytest.raises(TooMany):
        ask(claims[0])
    assert ask(claims[0], "203.0.113.10")
    assert ask(claims[0], at=NOW + days(1.01))


def test_an_ipv6_reader_is_its_network() -> None:
    claim = published()
    for number in range(5):
        ask(claim, f"2001:db8:0:1::{number}")
    with pytest.raises(TooMany):
        ask(claim, "2001:db8:0:1:ffff::1")
    assert ask(claim, "2001:db8:0:2::1")


def test_a_claim_is_asked_about_twenty_times_a_day() -> None:
    claim = published()
    for number in range(20):
        ask(claim, f"203.0.113.{number}")
    with pytest.raises(TooMany):
        ask(claim, "198.51.100.1")
    assert ask(published(), "198.51.100.1")


@pytest.mark.parametrize("words", ["", "  ", "a\x00b", "x" * 2_001])
def test_words_that_cannot_be_used(words: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(published(), words=words)
    assert refused.value.field == "words"


def test_only_published_claims_are_asked_about() -> None:
    with pytest.raises(Conflict):
        ask(make_claim())


def test_accepting_brings_the_look_forward_with_the_readers_words() -> None:
    claim = published()
    asked = ask(claim)
    assert asked is not None
    reviewer = make_user()
    done = reader_requests.accept(request=asked, by=reviewer, at=NOW + days(1))
    recheck = claim.rechecks.get()
    assert (recheck.rule, recheck.due_at) == ("reader_asked", NOW + days(1))
    assert recheck.why == "A reader asks: It reopened on Sunday."
    assert (done.state, done.decided_by) == ("accepted", reviewer)
    with pytest.raises(Conflict):
        reader_requests.decline(request=asked, reason="No.", by=make_user(), at=NOW)


def test_declining_needs_a_reason_and_moves_nothing() -> None:
    claim = published()
    asked = ask(claim)
    assert asked is not None
    with pytest.raises(Invalid):
        reader_requests.decline(request=asked, reason=" ", by=make_user(), at=NOW)
    done = reader_requests.decline(request=asked, reason="An opinion.", by=make_user(), at=NOW)
    assert (done.state, done.decline_reason) == ("declined", "An opinion.")
    assert claim.rechecks.get().rule == "status"


def test_a_claim_that_is_gone_by_then_is_not_accepted() -> None:
    asked = ask(published())
    assert asked is not None
    Claim.objects.update(state="retired", retired_why="Wrong.")
    with pytest.raises(Conflict):
        reader_requests.accept(request=asked, by=make_user(), at=NOW)
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_a_contributor_does_not_decide() -> None:
    asked = ask(published())
    assert asked is not None
    with pytest.raises(Forbidden):
        reader_requests.accept(request=asked, by=make_user("contributor"), at=NOW)
    with pytest.raises(Forbidden):
        reader_requests.decline(request=asked, reason="No.", by=make_user("contributor"), at=NOW)
