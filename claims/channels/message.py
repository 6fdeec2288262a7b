"""What a channel is given, and how it says that it could not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from claims.models import User


@dataclass(frozen=True)
class Message:
    """One message in each channel's terms; `id` stays the same when it is sent again.

    `text` is the whole letter, `event` what a program gets, `lines` one (words, address) for each re-check.
    """

    id: str
    subject: str
    text: str
    lines: tuple[tuple[str, str], ...]
    event: dict[str, Any]


@dataclass(frozen=True)
class Recipient:
    """A person, and where this channel finds them; `secret` is what a webhook is signed with."""

    person: User
    address: str
    secret: str = ""


class NotSent(Exception):  # noqa: N818 - it says what happened
    """A message that did not go out. `ours`: the fault is not the address's, another one fares no better."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        final: bool = False,
        ours: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.final, self.ours = code, message, final, ours
        self.retry_after = retry_after


class Channel(Protocol):
    needs_address: bool

    def send(self, message: Message, to: Recipient, *, at: datetime) -> None:
        """Outside any transaction. Raises NotSent."""
