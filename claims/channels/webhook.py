"""A webhook: JSON, signed as the Standard Webhooks specification says, so that ready-made code checks it.

`webhook-signature` is "v1," and the Base64 of the HMAC-SHA256 over `webhook-id`.`webhook-timestamp`.body;
the key is the Base64 behind the secret's "whsec_".
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import datetime
from secrets import token_bytes

import orjson

from claims.channels.message import Message, NotSent, Recipient
from sources.fetching import FetchError
from sources.posting import post

PREFIX = "whsec_"


class Webhook:
    needs_address = True

    def send(self, message: Message, to: Recipient, *, at: datetime) -> None:
        body = orjson.dumps(message.event, option=orjson.OPT_UTC_Z)
        timestamp = str(int(at.timestamp()))
        headers = {
            "webhook-id": message.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(to.secret, message.id, timestamp, body),
        }
        deliver(to.address, body, headers)


def new_secret() -> str:
    return PREFIX + b64encode(token_bytes(32)).decode()


def signature(secret: str, id: str, timestamp: str, body: bytes) -> str:
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise NotSent("no_secret", "The webhook has no usable secret; set its address anew.") from error
    signed = f"{id}.{timestamp}.".encode() + body
    return f"v1,{b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def deliver(address: str, body: bytes, headers: dict[str, str]) -> None:
    """Post JSON; whatever goes wrong is the address's. Raises NotSent."""
    try:
        post(address, body=body, content_type="application/json", headers=headers)
    except FetchError as error:
        raise NotSent(error.code, error.message, final=error.final, retry_after=error.retry_after) from error
