"""A request costs bounded time, size, tries and tokens, whatever the endpoint does; its key stays with us."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from traceback import format_exception

import pytest

from claims.language_model.client import (
    LONGEST_WAIT,
    MOST_BYTES,
    MOST_OUTPUT,
    WAITS,
    Client,
    Endpoint,
    EndpointError,
    Exhausted,
    Nonsense,
    Question,
)
from tests.language_model.chat import KEY, Chat, Reply, completion

QUESTION = Question("greeting", "Say hello.", {"to": "Ana"}, {"type": "object"})
HELLO = completion("hello")


class Asking:
    """A client whose waits are kept instead of spent."""

    def __init__(
        self, chat: Chat, *, timeout: float = 5.0, tokens: int = 50_000, seconds: float = 60.0
    ) -> None:
        self.waits: list[float] = []
        endpoint = Endpoint(chat.url, "tiny", key=KEY, timeout=timeout)
        self.client = Client(endpoint, tokens=tokens, seconds=seconds, pause=self.waits.append)

    def ask(self) -> str:
        return self.client.ask(QUESTION)


def test_the_request_is_a_chat_completion_with_a_schema(chat: Chat) -> None:
    chat.every = HELLO
    assert Asking(chat).ask() == "hello"
    assert chat.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert chat.requests == [
        {
            "model": "tiny",
            "messages": [
                {"role": "system", "content": "Say hello."},
                {"role": "user", "content": '{"to": "Ana"}'},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "greeting", "strict": True, "schema": {"type": "object"}},
            },
            "max_completion_tokens": MOST_OUTPUT,
        }
    ]


def test_without_a_key_none_is_sent(chat: Chat) -> None:
    chat.every = HELLO
    Client(Endpoint(chat.url, "tiny"), tokens=50_000, seconds=60.0).ask(QUESTION)
    assert "Authorization" not in chat.headers[0]


@pytest.mark.parametrize(
    ("refused", "limit", "schema"),
    [
        ({"max_completion_tokens"}, "max_tokens", True),
        ({"response_format"}, None, False),
        ({"response_format", "max_tokens"}, None, False),
    ],
)
def test_fields_that_a_server_refuses_are_left_out_from_then_on(
    chat: Chat, refused: set[str], limit: str | None, schema: bool
) -> None:
    chat.every, chat.refuses = HELLO, refused
    asking = Asking(chat)
    assert [asking.ask(), asking.ask()] == ["hello", "hello"]
    taken = [request for request in chat.requests if not refused & set(request)]
    assert chat.requests[-2:] == taken[-2:]
    assert ("response_format" in taken[-1]) is schema
    assert [name for name in taken[-1] if name.startswith("max_")] == ([limit] if limit else [])
    assert asking.waits == []


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_passing_trouble_is_waited_out(chat: Chat, status: int) -> None:
    chat.replies, chat.every = [Reply(status), Reply(status)], HELLO
    asking = Asking(chat)
    assert asking.ask() == "hello"
    assert asking.waits == list(WAITS[:2])


def test_a_lasting_trouble_ends_after_a_few_tries(chat: Chat) -> None:
    chat.every = Reply(500)
    asking = Asking(chat)
    with pytest.raises(EndpointError, match="in 4 tries, at last: status 500"):
        asking.ask()
    assert (len(chat.requests), asking.waits) == (4, list(WAITS))


@pytest.mark.parametrize("status", [401, 403, 404, 301, 302, 307, 204])
def test_what_no_further_try_mends_gets_none_and_redirects_are_not_followed(chat: Chat, status: int) -> None:
    chat.every = Reply(status, headers={"Location": f"{chat.url}/elsewhere"})
    with pytest.raises(EndpointError, match=f"status {status}"):
        Asking(chat).ask()
    assert len(chat.requests) == 1


def test_the_endpoint_says_how_long_to_wait_in_seconds(chat: Chat) -> None:
    chat.replies, chat.every = [Reply(429, headers={"Retry-After": "7"})], HELLO
    asking = Asking(chat)
    asking.ask()
    assert asking.waits == [7.0]


def test_the_endpoint_says_until_when_to_wait(chat: Chat) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    chat.replies, chat.every = [Reply(503, headers={"Retry-After": moment})], HELLO
    asking = Asking(chat)
    asking.ask()
    assert 20 < asking.waits[0] <= 40


@pytest.mark.parametrize("words", ["soon", "-3", "9.5", "Wed, 99 Oct 2026 07:28:00 GMT", ""])
def test_an_unreadable_time_to_wait_is_passed_over(chat: Chat, words: str) -> None:
    chat.replies, chat.every = [Reply(429, headers={"Retry-After": words})], HELLO
    asking = Asking(chat)
    asking.ask()
    assert asking.waits == [WAITS[0]]


def test_an_endpoint_that_asks_for_an_hour_is_given_up(chat: Chat) -> None:
    chat.every = Reply(429, headers={"Retry-After": str(int(LONGEST_WAIT) + 1)})
    asking = Asking(chat)
    with pytest.raises(EndpointError, match="asks to wait"):
        asking.ask()
    assert (len(chat.requests), asking.waits) == (1, [])


def test_a_wait_beyond_the_articles_time_is_not_begun(chat: Chat) -> None:
    chat.every = Reply(429, headers={"Retry-After": "50"})
    asking = Asking(chat, seconds=30.0)
    with pytest.raises(Exhausted):
        asking.ask()
    assert asking.waits == []


def test_a_silent_endpoint_times_out_and_may_have_spent_tokens(chat: Chat) -> None:
    chat.every = Reply(body=(b" ",), pause=0.5)
    asking = Asking(chat, timeout=0.1)
    with pytest.raises(EndpointError, match="time-out"):
        asking.ask()
    assert asking.client.tokens_left == 50_000 - 4 * QUESTION.tokens()


def test_a_drip_of_bytes_does_not_outlive_the_time_out(chat: Chat) -> None:
    chat.every = Reply(body=(b" ",) * 1000, pause=0.02)
    with pytest.raises(EndpointError, match="time-out"):
        Asking(chat, timeout=0.2).ask()


def test_the_articles_time_bounds_every_request(chat: Chat) -> None:
    chat.every = Reply(body=(b" ",), pause=0.5)
    with pytest.raises(Exhausted):
        Asking(chat, timeout=60.0, seconds=0.1).ask()
    assert len(chat.requests) <= 1


def test_nobody_at_the_address(chat: Chat) -> None:
    asking = Asking(chat)
    chat.close()
    with pytest.raises(EndpointError, match="cannot be reached"):
        asking.ask()


def test_an_answer_without_end_is_left_off(chat: Chat) -> None:
    chat.every = Reply(body=(b"x" * 65_536,) * (2 * MOST_BYTES // 65_536))
    with pytest.raises(Nonsense, match="too large"):
        Asking(chat).ask()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad gateway</html>",
        b"[]",
        b"null",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {}}]}',
        b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}',
        b'{"choices": [{"message": {"content": ["a"]}}]}',
        b'{"choices": "abc"}',
        b'{"choices": ["abc"]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_chat_completion_is_nonsense(chat: Chat, body: bytes) -> None:
    chat.every = Reply(body=(body,))
    with pytest.raises(Nonsense):
        Asking(chat).ask()


def test_an_answer_cut_off_is_nonsense(chat: Chat) -> None:
    chat.every = completion('{"claims": [', finish_reason="length")
    with pytest.raises(Nonsense, match="cut off"):
        Asking(chat).ask()


def test_tokens_are_counted_as_the_endpoint_tells(chat: Chat) -> None:
    chat.every = completion("hello", usage={"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34})
    asking = Asking(chat)
    asking.ask()
    assert asking.client.tokens_left == 50_000 - 34


@pytest.mark.parametrize(
    "usage", [None, 5, {}, {"total_tokens": -9}, {"total_tokens": "many"}, {"total_tokens": True}]
)
def test_tokens_are_guessed_where_it_does_not_tell(chat: Chat, usage: object) -> None:
    chat.every = completion("hello", usage=usage)
    asking = Asking(chat)
    asking.ask()
    assert QUESTION.tokens() < 50_000 - asking.client.tokens_left < QUESTION.tokens() + 200


def test_no_question_is_asked_that_the_tokens_left_do_not_cover(chat: Chat) -> None:
    chat.every = completion("hello", usage={"total_tokens": 1_000})
    asking = Asking(chat, tokens=1_500)
    asking.ask()
    assert chat.requests[0]["max_completion_tokens"] == 1_500 - QUESTION.tokens()
    with pytest.raises(Exhausted):
        asking.ask()


@pytest.mark.parametrize("reply", [Reply(401, body=(KEY.encode(),)), Reply(500), Reply(body=(KEY.encode(),))])
def test_the_key_is_in_no_log_error_or_description(
    chat: Chat, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG)
    chat.every = reply
    asking = Asking(chat)
    with pytest.raises((EndpointError, Nonsense)) as error:
        asking.ask()
    assert KEY not in "".join(format_exception(error.value)) + caplog.text
    assert KEY not in repr(Endpoint(chat.url, "tiny", key=KEY))


def test_a_key_that_no_header_can_hold_is_not_shown_either(chat: Chat) -> None:
    client = Client(Endpoint(chat.url, "tiny", key=f"{KEY}\nx: y"), tokens=50_000, seconds=60.0)
    with pytest.raises(EndpointError) as error:
        client.ask(QUESTION)
    assert KEY not in "".join(format_exception(error.value))
    assert chat.requests == []
