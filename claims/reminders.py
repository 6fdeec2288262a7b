"""Reminders: each due re-check tells its people once on each channel, whatever crashes.

Who: when it is due its assignee, when it is overdue the desk too, when it is stale the administrators
too. The row is the promise: unique per re-check, round, stage, person and channel, written by one
statement with the mark on the re-check. The inbox shows the row itself. Everything else is sent outside
the transaction under a lease, with an id of the row, so that a second try after a crash is the same
message to every reader.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import hours, letters, notifications, policy
from claims.channels import CHANNELS
from claims.channels.message import Message, NotSent
from claims.errors import Forbidden
from claims.models import Digest, NotificationSettings, Reminder, User
from sources.work import WORK_FIELDS, Work, claim_next, let_go, still_ours, take_back

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
# Re-checks whose reminders one statement makes; it holds their rows so long.
BATCH = 2_000
EMAIL = Reminder.Channel.EMAIL
IN_DIGESTS = (NotificationSettings.Rhythm.DAILY, NotificationSettings.Rhythm.WEEKLY)

Row = TypeVar("Row", Reminder, Digest)

# One range of the index for each stage that reminders have come to: written as pairs, so that the planner
# does not take the index of all that is due and read over those that were told. Who else holds a row has it.
MAKE = """
WITH taken AS MATERIALIZED (
    SELECT id, claim_id, assignee_id, round, due_at, why,
        CASE WHEN due_at <= %(stale_from)s THEN 3 WHEN due_at <= %(overdue_from)s THEN 2 ELSE 1 END AS stage
    FROM claims_recheck
    WHERE closed_at IS NULL AND reminded_stage < 3
        AND (reminded_stage, due_at) >= (%(reminded)s::smallint, '-infinity')
        AND (reminded_stage, due_at) <= (%(reminded)s::smallint, %(before)s)
        AND (quiet_until IS NULL OR quiet_until <= %(at)s)
    ORDER BY reminded_stage, due_at, id LIMIT %(batch)s
    FOR UPDATE SKIP LOCKED
), marked AS (
    UPDATE claims_recheck SET reminded_stage = taken.stage FROM taken WHERE claims_recheck.id = taken.id
), told AS (
    SELECT taken.*, person.id AS person_id, person.email
    FROM taken
    LEFT JOIN claims_user owner ON owner.id = taken.assignee_id AND owner.is_active
    CROSS JOIN LATERAL (
        SELECT owner.id AS id WHERE owner.id IS NOT NULL
        UNION SELECT unnest(%(desk)s::bigint[]) WHERE taken.stage >= 2 OR owner.id IS NULL
        UNION SELECT unnest(%(administrators)s::bigint[]) WHERE taken.stage >= 3
    ) who
    JOIN claims_user person ON person.id = who.id
), made AS (
    INSERT INTO claims_reminder (
        recheck_id, round, stage, person_id, channel, text, why, due_at, created_at,
        sent_at, work_state, not_before, attempts, failure_code, failure
    )
    SELECT told.id, told.round, told.stage, told.person_id, by.channel, claim.text, told.why, told.due_at,
        %(at)s,
        CASE WHEN by.channel = 'inbox' THEN %(at)s END,
        CASE WHEN by.channel = 'inbox' THEN 'done' ELSE 'queued' END,
        CASE by.channel WHEN 'inbox' THEN %(at)s WHEN 'email' THEN coalesce(may.mail, %(at)s)
            ELSE coalesce(may.tell, %(at)s) END,
        0, '', ''
    FROM told
    JOIN claims_claim claim ON claim.id = told.claim_id
    CROSS JOIN LATERAL (
        SELECT 'inbox' AS channel
        UNION ALL SELECT 'email' WHERE told.email <> '' AND NOT EXISTS (
            SELECT FROM claims_personchannel own
            WHERE own.person_id = told.person_id AND own.name = 'email' AND NOT own.is_on
        )
        UNION ALL SELECT own.name FROM claims_personchannel own
        WHERE own.person_id = told.person_id AND own.is_on AND own.name <> 'email'
    ) by
    LEFT JOIN unnest(%(people)s::bigint[], %(mail)s::timestamptz[], %(tell)s::timestamptz[])
        AS may (person_id, mail, tell) ON may.person_id = told.person_id
    ORDER BY told.due_at, told.id
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM taken), (SELECT count(*) FROM made)
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a try: sent, not needed any more, put off until a moment, or the error."""

    sent: bool = False
    until: datetime | None = None
    error: NotSent | None = None


def remind_due(*, at: datetime) -> bool:
    """Make the reminders of re-checks that came to a stage, many at a time. Returns whether any came."""
    terms = policy.terms()
    overdue_from, stale_from = terms.overdue_from(at), terms.stale_from(at)
    told = _audience(at)
    for reminded, before in enumerate((at, overdue_from, stale_from)):
        given = told | {
            "at": at, "before": before, "reminded": reminded, "batch": BATCH,
            "overdue_from": overdue_from, "stale_from": stale_from,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(MAKE, given)
            taken, made = cursor.fetchone()
        if taken:
            if not made and not told["desk"]:
                log.warning("%s re-checks are due and there is nobody to remind", taken)
            return True
    return False


def gather_digest(*, at: datetime) -> bool:
    """Put one person's mails that wait for their digest into one. Returns whether there were any."""
    waiting = Reminder.objects.filter(
        channel=EMAIL, digest=None, work_state=Work.State.QUEUED, not_before__lte=at
    )
    with transaction.atomic():
        # Two workers must not make two of one.
        settings = (
            NotificationSettings.objects.filter(rhythm__in=IN_DIGESTS)
            .filter(Exists(waiting.filter(person=OuterRef("person"))))
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if settings is None:
            return False
        mine = waiting.filter(person=settings.person_id).select_for_update(skip_locked=True, of=("self",))
        rows = list(mine.select_related("recheck", "person"))
        needed = [row.pk for row in rows if _needed(row, at)]
        if needed:
            digest = Digest.objects.create(person_id=settings.person_id, created_at=at, not_before=at)
            Reminder.objects.filter(pk__in=needed).update(digest=digest)
        over = [row.pk for row in rows if row.pk not in set(needed)]
        Reminder.objects.filter(pk__in=over).update(work_state=Work.State.DONE)
    return bool(rows)


def send_next(*, at: datetime) -> bool:
    """Send one message that waits, on whatever channel. Returns whether there was one."""
    return _send_reminder(at) or _send_digest(at)


def take_back_messages(*, at: datetime) -> int:
    """Give what a dead worker was sending to the next one, before the lease ends. Returns how many."""
    return take_back(Reminder.objects.all(), at=at) + take_back(Digest.objects.all(), at=at)


def mark_read(*, reminders: Iterable[Reminder], by: User, at: datetime) -> None:
    """Mark one's own reminders as read."""
    rows = list(reminders)
    if any(row.person_id != by.pk for row in rows):
        raise Forbidden("not_yours", "This is somebody else's reminder.")
    Reminder.objects.filter(pk__in=[row.pk for row in rows], read_at=None).update(read_at=at)


def desk() -> QuerySet[User]:
    """Who hears of what is overdue or nobody's: who wants to; else the editors; else who administers."""
    active = User.objects.filter(is_active=True)
    for people in (Q(notification_settings__desk=True), Q(groups__name="editor")):
        found = active.filter(people).distinct()
        if found.exists():
            return found
    return _administrators()


def _administrators() -> QuerySet[User]:
    return User.objects.filter(
        Q(groups__name="administrator") | Q(is_superuser=True), is_active=True
    ).distinct()


def _audience(at: datetime) -> dict[str, Any]:
    """Who is told beyond the assignees, and from when on each person may be, who has said so."""
    people = list(NotificationSettings.objects.all())
    return {
        "desk": [person.pk for person in desk()],
        "administrators": [person.pk for person in _administrators()],
        "people": [settings.person_id for settings in people],
        "mail": [hours.mail_from(settings, at) for settings in people],
        "tell": [hours.may_tell_from(settings, at) for settings in people],
    }


def _needed(reminder: Reminder, at: datetime) -> bool:
    """Not where somebody has looked meanwhile, or said that it waits: then it is told anew."""
    recheck = reminder.recheck
    paused = recheck.quiet_until is not None and recheck.quiet_until > at
    return reminder.person.is_active and recheck.closed_at is None and not paused


def _send_reminder(at: datetime) -> bool:
    waiting = (
        Reminder.objects.waiting(at=at)
        .filter(digest=None)
        .exclude(channel=EMAIL, person__notification_settings__rhythm__in=IN_DIGESTS)
        .select_related("recheck", "person__notification_settings")
    )
    reminder = claim_next(waiting, at=at, lease=LEASE)
    if reminder is None:
        return False
    try:
        settings = getattr(reminder.person, "notification_settings", None)
        until = hours.may_tell_from(settings, at) if settings else at
        if not _needed(reminder, at):
            outcome = Outcome()
        elif until > at:
            outcome = Outcome(until=until)
        else:
            outcome = _try(reminder.person, reminder.channel, letters.letter(reminder), at)
        _record(reminder, outcome, at)
    finally:
        let_go(reminder)
    return True


def _send_digest(at: datetime) -> bool:
    waiting = Digest.objects.waiting(at=at).select_related("person__notification_settings")
    digest = claim_next(waiting, at=at, lease=LEASE)
    if digest is None:
        return False
    try:
        rows = list(digest.reminders.select_related("recheck", "person").order_by("due_at", "pk"))
        outcome = _try(digest.person, EMAIL, letters.digest_letter(digest, rows), at)
        done = _record(digest, outcome, at)
        if done and done.work_state in (Work.State.DONE, Work.State.FAILED):
            digest.reminders.update(
                work_state=done.work_state, sent_at=done.sent_at, failure_code=done.failure_code,
                failure=done.failure,
            )  # fmt: skip
    finally:
        let_go(digest)
    return True


def _try(person: User, name: str, message: Message, at: datetime) -> Outcome:
    """Send it, and note at the person's channel how that went."""
    channel = next(one for one in notifications.channels_of(person) if one.name == name)
    if not channel.is_on:
        return Outcome(error=NotSent("channel_off", "The channel is off. It is in the inbox.", final=True))
    try:
        CHANNELS[name].send(message, notifications.recipient(channel), at=at)
    except NotSent as error:
        notifications.failed(person=person, name=name, error=error, at=at)
        return Outcome(error=error)
    except Exception:
        log.exception("%s could not be sent", message.id)
        return Outcome(error=NotSent("internal", "Something went wrong here; the log says what."))
    notifications.worked(person=person, name=name)
    return Outcome(sent=True)


def _record(taken: Row, outcome: Outcome, at: datetime) -> Row | None:
    """Write the outcome down; None where the row is another worker's by now."""
    with transaction.atomic():
        row = type(taken)._default_manager.select_for_update(of=("self",)).get(pk=taken.pk)
        if not still_ours(row, taken):
            return None
        if outcome.until:
            row.postpone(until=outcome.until)
        elif error := outcome.error:
            row.fail(at=at, code=error.code, message=error.message, final=error.final)
            if error.retry_after:
                row.not_before = max(row.not_before, at + error.retry_after)
        else:
            row.finish()
            row.sent_at = at if outcome.sent else None
        row.save(update_fields=[*WORK_FIELDS, "sent_at"])
        return row
