"""What each person wants to hear, when and on which channel; and what becomes of a channel that fails."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf import settings as site
from django.db import transaction

from claims import hours, inputs
from claims.channels import CHANNELS
from claims.channels.message import Message, NotSent, Recipient
from claims.channels.webhook import new_secret
from claims.errors import Conflict, Invalid, require
from claims.models import NotificationSettings, PersonChannel, Reminder, User
from sources.addresses import BadAddress, checked_url

# So many tries in a row that fail, and the channel is switched off.
SWITCH_OFF_AFTER = 10
Rhythm, Weekday = NotificationSettings.Rhythm, NotificationSettings.Weekday


@dataclass(frozen=True)
class Wishes:
    """Everything that a person can set for themselves."""

    time_zone: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    rhythm: str = Rhythm.AT_ONCE
    digest_hour: int = 8
    digest_weekday: int = Weekday.MONDAY
    desk: bool = False


FIELDS = tuple(Wishes.__dataclass_fields__)


def settings_of(person: User) -> NotificationSettings:
    """The person's settings; as they are without any where none are stored."""
    stored = NotificationSettings.objects.filter(person=person).first()
    return stored or NotificationSettings(person=person)


def channels_of(person: User) -> list[PersonChannel]:
    """All channels but the inbox, as they are set; those never touched are not stored."""
    known = {channel.name: channel for channel in person.channels.all()}
    return [known.get(name) or _untouched(person, name) for name in CHANNELS]


def change(*, person: User, wishes: Mapping[str, Any], by: User, at: datetime) -> NotificationSettings:
    """Set some or all of Wishes; what waits to be sent moves with them. An administrator may for others."""
    _may_set(person, by)
    with transaction.atomic():
        settings = _stored(person)
        for name, value in wishes.items():
            setattr(settings, name, value)
        _check(settings)
        settings.save(update_fields=FIELDS)
        waiting = Reminder.objects.filter(person=person, work_state=Reminder.State.QUEUED, digest=None)
        waiting.filter(channel=Reminder.Channel.EMAIL).update(not_before=hours.mail_from(settings, at))
        waiting.exclude(channel=Reminder.Channel.EMAIL).update(not_before=hours.may_tell_from(settings, at))
    return settings


def set_channel(
    *, person: User, name: str, is_on: bool, address: str | None = None, by: User, at: datetime
) -> PersonChannel:
    """Turn a channel on or off. A new `address` gets a new secret; None leaves it as it is.

    What waits to be sent on a channel that is turned off is given up: it stands in the inbox.
    """
    _may_set(person, by)
    if name not in CHANNELS:
        raise Invalid("unknown_channel", f"Choose one of: {', '.join(CHANNELS)}.", field="channel")
    with transaction.atomic():
        channel = _locked(person, name)
        if address is not None and CHANNELS[name].needs_address:
            usable = _usable(address)
            if usable != channel.address:
                channel.address, channel.secret = usable, new_secret() if usable else ""
        if is_on and CHANNELS[name].needs_address and not channel.address:
            raise Invalid("required", "Give the address to send to.", field="address")
        if is_on and name == Reminder.Channel.EMAIL and not person.email:
            raise Invalid("no_address", "Your account has no e-mail address; an administrator adds it.")
        channel.is_on = is_on
        channel.failures, channel.failure, channel.failed_at, channel.switched_off_at = 0, "", None, None
        channel.save()
        if not is_on:
            _give_up_waiting(channel, "The channel was turned off.")
    return channel


def unsubscribe(*, person: User, at: datetime) -> None:
    """No more mails to this person; whoever holds the signed link is asked nothing more."""
    set_channel(person=person, name=Reminder.Channel.EMAIL, is_on=False, by=person, at=at)


def send_test(*, person: User, name: str, by: User, at: datetime) -> None:
    """Send a message now that says it is a test. Conflict, with the reason, where it does not go out."""
    _may_set(person, by)
    channel = next((one for one in channels_of(person) if one.name == name), None)
    if channel is None or not channel.is_on:
        raise Conflict("channel_off", "Turn the channel on first, then test it.")
    subject = f"A test from {site.SITE_NAME}"
    words = "This is a test: reminders reach you here."
    message = Message(
        id=f"test-{person.pk}-{int(at.timestamp())}",
        subject=subject,
        text=f"{words}\n\n{site.SITE_URL}\n",
        lines=((words, site.SITE_URL),),
        event={"type": "test", "timestamp": at, "data": {"words": words}},
    )
    try:
        CHANNELS[name].send(message, recipient(channel), at=at)
    except NotSent as error:
        failed(person=person, name=name, error=error, at=at)
        raise Conflict("not_sent", f"The test did not go out. {error.message}") from error
    worked(person=person, name=name)


def recipient(channel: PersonChannel) -> Recipient:
    by_mail = channel.name == Reminder.Channel.EMAIL
    return Recipient(channel.person, channel.person.email if by_mail else channel.address, channel.secret)


def failed(*, person: User, name: str, error: NotSent, at: datetime) -> None:
    """Count a try that failed; after so many in a row the channel is switched off, which the inbox tells.

    A fault of ours, such as a mail server that is away, is told but not counted.
    """
    with transaction.atomic():
        channel = _locked(person, name)
        channel.failure, channel.failed_at = error.message, at
        channel.failures += not error.ours
        if channel.is_on and channel.failures >= SWITCH_OFF_AFTER:
            channel.is_on, channel.switched_off_at = False, at
            _give_up_waiting(channel, "The channel was switched off.")
        channel.save()


def worked(*, person: User, name: str) -> None:
    PersonChannel.objects.filter(person=person, name=name).exclude(failure="").update(
        failures=0, failure="", failed_at=None
    )


def renew_calendar(*, person: User, by: User, at: datetime) -> str:
    """Make the private address of one's calendar feed; the one before stops working. Only its hash is kept.

    Returns the token, which cannot be shown again.
    """
    _may_set(person, by)
    token = token_urlsafe(32)
    with transaction.atomic():
        settings = _stored(person)
        settings.calendar_hash, settings.calendar_made_at = _hash(token), at
        settings.save(update_fields=["calendar_hash", "calendar_made_at"])
    return token


def end_calendar(*, person: User, by: User) -> None:
    """The feed's address stops working."""
    _may_set(person, by)
    NotificationSettings.objects.filter(person=person).update(calendar_hash="", calendar_made_at=None)


def whose_calendar(token: str) -> NotificationSettings | None:
    found = NotificationSettings.objects.filter(calendar_hash=_hash(token), person__is_active=True)
    return found.select_related("person").first()


def shown_address(channel: PersonChannel) -> str:
    """Where it goes, less the part that is as good as a password."""
    parts = urlsplit(channel.address)
    return f"{parts.scheme}://{parts.netloc}/…" if parts.netloc else ""


def _stored(person: User) -> NotificationSettings:
    """The stored settings, locked, made where there are none; inside a transaction."""
    NotificationSettings.objects.get_or_create(person=person)
    return NotificationSettings.objects.select_for_update(of=("self",)).get(person=person)


def _may_set(person: User, by: User) -> None:
    if person != by:
        require(by, "change_notificationsettings", "change what other people are told")


def _check(settings: NotificationSettings) -> None:
    settings.time_zone = inputs.line(settings.time_zone, "time_zone", 64)
    if settings.time_zone and settings.time_zone not in available_timezones():
        words = "Give a time zone by its name, such as Europe/Kyiv or America/New_York."
        raise Invalid("unknown_time_zone", words, field="time_zone")
    start, end = settings.quiet_from, settings.quiet_until
    if (start is None) != (end is None):
        missing = "quiet_from" if start is None else "quiet_until"
        raise Invalid("required", "Give both times of the quiet hours, or neither.", field=missing)
    if start is not None and start == end:
        raise Invalid("empty", "The quiet hours begin and end at the same time.", field="quiet_until")
    settings.rhythm = inputs.choice(settings.rhythm, "rhythm", Rhythm)
    if not 0 <= settings.digest_hour <= 23:
        raise Invalid("bad_hour", "Give an hour from 0 to 23.", field="digest_hour")
    if settings.digest_weekday not in Weekday.values:
        raise Invalid("bad_weekday", "Give a weekday from 0, Monday, to 6, Sunday.", field="digest_weekday")


def _usable(address: str) -> str:
    address = inputs.line(address, "address", 2000)
    try:
        return checked_url(address) if address else ""
    except BadAddress as error:
        raise Invalid("bad_address", error.message, field="address") from None


def _untouched(person: User, name: str) -> PersonChannel:
    is_on = name == Reminder.Channel.EMAIL and bool(person.email)
    return PersonChannel(person=person, name=name, is_on=is_on)


def _locked(person: User, name: str) -> PersonChannel:
    """The stored channel, made where it is missing as if it had been there; inside a transaction."""
    made = _untouched(person, name)
    PersonChannel.objects.get_or_create(person=person, name=name, defaults={"is_on": made.is_on})
    return (
        PersonChannel.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(person=person, name=name)
    )


def _give_up_waiting(channel: PersonChannel, why: str) -> None:
    Reminder.objects.filter(
        person=channel.person, channel=channel.name, work_state=Reminder.State.QUEUED
    ).update(
        work_state=Reminder.State.FAILED, failure_code="channel_off", failure=f"{why} It is in the inbox.",
    )  # fmt: skip


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
