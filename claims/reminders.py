"""Reminders: each due re-check tells its people once on each channel, whatever crashes.

The row is the promise: unique per re-check, person and channel, written in the transaction that
marks the re-check as reminded. The inbox shows the row itself. A mail is sent outside the
transaction under a lease, with a Message-ID of the row, so a second try after a crash is the same
mail to every mail reader.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from claims.errors import Forbidden
from claims.models import Recheck, Reminder, User
from sources.work import WORK_FIELDS, Work, claim_next, let_go, still_ours, take_back

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)


def remind_due(*, at: datetime) -> bool:
    """Make the reminders of one due re-check. Returns whether there was one."""
    with transaction.atomic():
        waiting = (
            Recheck.objects.due(at=at)
            .filter(reminded_at=None)
            .select_for_update(skip_locked=True, of=("self",))
        )
        recheck = waiting.select_related("claim", "assignee").order_by("due_at", "pk").first()
        if recheck is None:
            return False
        made = [row for person in _people(recheck) for row in _rows(recheck, person, at)]
        Reminder.objects.bulk_create(made, ignore_conflicts=True)
        recheck.reminded_at = at
        recheck.save(update_fields=["reminded_at"])
    return True


def send_next(*, at: datetime) -> bool:
    """Send one mail that waits. Returns whether there was one."""
    mails = Reminder.objects.waiting(at=at).filter(channel=Reminder.Channel.EMAIL)
    reminder = claim_next(mails, at=at, lease=LEASE)
    if reminder is None:
        return False
    try:
        _send(reminder, at)
    finally:
        let_go(reminder)
    return True


def take_back_mails(*, at: datetime) -> int:
    """Give what a dead worker was sending to the next one, before the lease ends. Returns how many."""
    return take_back(Reminder.objects.all(), at=at)


def mark_read(*, reminders: Iterable[Reminder], by: User, at: datetime) -> None:
    """Mark one's own reminders as read."""
    rows = list(reminders)
    if any(row.person_id != by.pk for row in rows):
        raise Forbidden("not_yours", "This is somebody else's reminder.")
    Reminder.objects.filter(pk__in=[row.pk for row in rows], read_at=None).update(read_at=at)


def _send(reminder: Reminder, at: datetime) -> None:
    """Outside any transaction; the outcome is recorded only where the row is still this worker's."""
    refused = ""
    try:
        _mail(reminder).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        refused = f"The mail server said: {error}"
    with transaction.atomic():
        row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
        if not still_ours(row, reminder):
            return
        if refused:
            row.fail(at=at, code="mail", message=refused, final=False)
        else:
            row.finish()
            row.sent_at = at
        row.save(update_fields=[*WORK_FIELDS, "sent_at"])


def _people(recheck: Recheck) -> Iterable[User]:
    if recheck.assignee and recheck.assignee.is_active:
        return [recheck.assignee]
    # Nobody's re-check is everybody's who assigns work.
    leads = Q(groups__name__in=("editor", "administrator")) | Q(is_superuser=True)
    people = User.objects.filter(leads, is_active=True).distinct().order_by("pk")
    if not people:
        log.warning("re-check %s is due and there is nobody to remind", recheck.pk)
    return people


def _rows(recheck: Recheck, person: User, at: datetime) -> list[Reminder]:
    context = {
        "recheck": recheck,
        "claim": recheck.claim,
        "person": person,
        "site": settings.SITE_NAME,
        "link": settings.SITE_URL + reverse("claim", args=[recheck.claim_id]),
    }
    subject = " ".join(render_to_string("emails/reminder_subject.txt", context).split())[:250]
    body = render_to_string("emails/reminder.txt", context)
    shared = {
        "recheck": recheck,
        "person": person,
        "subject": subject,
        "body": body,
        "created_at": at,
        "not_before": at,
    }
    rows = [
        Reminder(channel=Reminder.Channel.INBOX, sent_at=at, work_state=Work.State.DONE, **shared),
    ]
    if person.email:
        rows.append(Reminder(channel=Reminder.Channel.EMAIL, **shared))
    return rows


def _mail(reminder: Reminder) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=reminder.subject,
        body=reminder.body,
        to=[reminder.person.email],
        headers={"Message-ID": f"<recheck-reminder-{reminder.pk}@{host}>"},
    )
