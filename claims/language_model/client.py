"""Requests to an OpenAI-compatible chat endpoint: bounded in time, size, tries and tokens.

The endpoint is the operator's own choice and may be on this machine, so its address is not checked; but no
redirect is followed, and nothing it answers is ever shown or logged beyond the status.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpcore
import orjson

from sources.addresses import IPAddress
from sources.connecting import Guard, resolve

MOST_BYTES: Final = 1_000_000  # of one answer
MOST_OUTPUT: Final = 8_192  # tokens of one answer
LEAST_OUTPUT: Final = 512  # tokens; with less room for an answer none is asked for
CHARACTERS_PER_TOKEN: Final = 3  # in English there are 4: rather too many tokens counted than too few
WAITS: Final = (1.0, 4.0, 16.0)  # seconds between two tries
LONGEST_WAIT: Final = 60.0  # seconds that an endpoint may ask us to wait
PASSING: Final = frozenset({408, 425, 429})  # and all from 500 on
# What an endpoint answers that does not know a field of the request.
REFUSING: Final = frozenset({400, 422})


class EndpointError(Exception):
    """The endpoint cannot be used, and why; without its key and without its words."""


class Nonsense(Exception):  # noqa: N818 - it names what came back, not a fault of ours
    """An answer that is not of the form asked for."""


class Exhausted(Exception):  # noqa: N818 - the bounds have done their duty
    """The article's time or tokens are used up."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` is what comes before "/chat/completions"; `timeout` bounds one request, in seconds."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Question:
    """Instructions, the material they are about, and the JSON schema of the answer."""

    name: str
    instructions: str
    material: Mapping[str, Any]
    schema: Mapping[str, Any]

    def messages(self) -> list[dict[str, str]]:
        """The material as JSON: nothing in it can end it and go on as instructions."""
        material = json.dumps(self.material, ensure_ascii=False)
        return [{"role": "system", "content": self.instructions}, {"role": "user", "content": material}]

    def tokens(self) -> int:
        """How many the request has at most, roughly."""
        size = sum(len(message["content"]) for message in self.messages()) + len(json.dumps(self.schema))
        return math.ceil(size / CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class _Reply:
    """A status (0: none came, and `trouble` says why), the seconds to wait if it tells any, and the body."""

    status: int
    body: bytes = b""
    wait: float | None = None
    trouble: str = ""


Form = Callable[[Question, int], dict[str, Any]]


def _strict(question: Question) -> dict[str, Any]:
    schema = {"name": question.name, "strict": True, "schema": question.schema}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


# From the newest to what every server knows: some refuse the newer name of the limit, some the schema.
FORMS: Final[tuple[Form, ...]] = (
    lambda question, most: _strict(question) | {"max_completion_tokens": most},
    lambda question, most: _strict(question) | {"max_tokens": most},
    lambda question, most: {},
)


class Client:
    """Asks one endpoint about one article, with `tokens` in and out and `seconds` from now on at most."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        tokens: int,
        seconds: float,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.tokens_left = tokens
        self._endpoint, self._pause = endpoint, pause
        self._deadline = time.monotonic() + seconds
        self._form = 0

    def ask(self, question: Question) -> str:
        """The text of the answer. Raises EndpointError, Nonsense, Exhausted."""
        for wait in (*WAITS, None):
            reply = self._reply(question)
            if reply.status == 200:
                return self._content(reply.body, question)
            if reply.status and reply.status < 500 and reply.status not in PASSING:
                raise EndpointError(f"it answered with status {reply.status}")
            if wait is not None:
                self._wait(wait if reply.wait is None else reply.wait)
        trouble = reply.trouble or f"status {reply.status}"
        raise EndpointError(f"no answer in {len(WAITS) + 1} tries, at last: {trouble}")

    def _reply(self, question: Question) -> _Reply:
        """One try; where a field of the request is refused, at once another without it."""
        while True:
            need = question.tokens()
            room = min(MOST_OUTPUT, self.tokens_left - need)
            if room < LEAST_OUTPUT or time.monotonic() >= self._deadline:
                raise Exhausted
            body = {"model": self._endpoint.model, "messages": question.messages()}
            self.tokens_left -= need
            reply = self._post(json.dumps(body | FORMS[self._form](question, room)).encode())
            if reply.status not in (0, 200):  # One that did not answer in time may have worked on it.
                self.tokens_left += need
            if reply.status not in REFUSING or self._form + 1 == len(FORMS):
                return reply
            self._form += 1

    def _post(self, body: bytes) -> _Reply:
        deadline = min(self._deadline, time.monotonic() + self._endpoint.timeout)
        guard = Guard(allowed=_any_address, resolve=resolve, deadline=deadline)
        url = f"{self._endpoint.url}/chat/completions"
        try:
            with (
                guard.pool() as pool,
                pool.stream("POST", url, headers=self._headers(), content=body) as answer,
            ):
                if answer.status != 200:
                    return _Reply(answer.status, wait=_seconds_to_wait(answer))
                return _Reply(200, _read(answer))
        except (TimeoutError, httpcore.TimeoutException):
            return _Reply(0, trouble="time-out")
        except (httpcore.NetworkError, OSError, UnicodeError):
            return _Reply(0, trouble="it cannot be reached")
        except httpcore.RemoteProtocolError:
            return _Reply(0, trouble="an answer broken off or garbled")
        except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol):
            # Not chained: the words of such an error may quote a header.
            raise EndpointError("its address or key cannot be sent") from None

    def _headers(self) -> list[tuple[str, str]]:
        headers = [("Content-Type", "application/json"), ("Accept-Encoding", "identity")]
        key = self._endpoint.key
        return [*headers, ("Authorization", f"Bearer {key}")] if key else headers

    def _wait(self, seconds: float) -> None:
        if seconds > LONGEST_WAIT:
            raise EndpointError(f"it asks to wait longer than {LONGEST_WAIT:.0f} seconds")
        if time.monotonic() + seconds >= self._deadline:
            raise Exhausted
        self._pause(seconds)

    def _content(self, body: bytes, question: Question) -> str:
        try:
            answer = orjson.loads(body)
            choice = answer["choices"][0]
            content = choice["message"]["content"]
        except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
            raise Nonsense("no chat completion") from None
        need = question.tokens()
        self.tokens_left += need - _tokens_used(answer, need + math.ceil(len(body) / CHARACTERS_PER_TOKEN))
        if choice.get("finish_reason") == "length":
            raise Nonsense("an answer cut off")
        if not isinstance(content, str):
            raise Nonsense("an answer without text")
        return content


def _any_address(address: IPAddress) -> bool:
    return True


def _read(answer: httpcore.Response) -> bytes:
    body = bytearray()
    for part in answer.iter_stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Nonsense("an answer too large")
    return bytes(body)


def _tokens_used(answer: Mapping[str, Any], guessed: int) -> int:
    """As the endpoint tells, in and out; as guessed where it does not."""
    usage = answer.get("usage")
    told = usage.get("total_tokens") if isinstance(usage, dict) else None
    return told if type(told) is int and told >= 0 else guessed


def _seconds_to_wait(answer: httpcore.Response) -> float | None:
    """What Retry-After says, as seconds or as a date; None where it is not there or unreadable."""
    told = next((value for name, value in answer.headers if name.lower() == b"retry-after"), b"")
    text = told.decode("latin-1").strip()[:40]
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
