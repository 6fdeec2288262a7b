"""An incoming webhook as Slack has it, and Mattermost, Rocket.Chat and others: text and blocks."""

from __future__ import annotations

from datetime import datetime

import orjson

from claims.channels.message import Message, Recipient
from claims.channels.webhook import deliver

# Slack refuses longer ones, and more blocks than fifty.
LONGEST_TEXT = 2_900
LONGEST_HEADER = 150


class Slack:
    needs_address = True

    def send(self, message: Message, to: Recipient, *, at: datetime) -> None:
        deliver(to.address, orjson.dumps(payload(message)), {})


def payload(message: Message) -> dict[str, object]:
    header = {
        "type": "header",
        "text": {"type": "plain_text", "text": message.subject[:LONGEST_HEADER]},
    }
    sections = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"{_plain(words)}\n<{link}|Look at it>"}}
        for words, link in message.lines
    ]
    return {"text": _plain(message.subject), "blocks": [header, *sections]}


def _plain(words: str) -> str:
    """Words that Slack reads as nothing but words: no mention, no link of their own."""
    return words[:LONGEST_TEXT].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
