"""E-mail: a letter in plain text, the same Message-ID whenever it is sent again."""

from __future__ import annotations

import smtplib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from claims.channels.message import Message, NotSent, Recipient
from claims.unsubscribing import unsubscribe_link


class Email:
    needs_address = False

    def send(self, message: Message, to: Recipient, *, at: datetime) -> None:
        try:
            _letter(message, to).send()
        except smtplib.SMTPRecipientsRefused as error:
            raise NotSent("mail", f"The mail server refuses {to.address}: {error}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent("mail", f"The mail server said: {error}", ours=True) from error
        except ValueError as error:
            raise NotSent("mail", f"This cannot be sent as a mail: {error}", final=True) from error


def message_id(message: Message) -> str:
    return f"<recheck-{message.id}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _letter(message: Message, to: Recipient) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[to.address],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{unsubscribe_link(to.person)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
