"""Background work as rows: a state, a lease, and the reason where it failed.

A worker claims one row, works outside the transaction and records the outcome. Where it dies,
the lease runs out and the row is taken again; the broker is never needed to find it. So that nobody
waits for the lease, a worker also keeps a lock that the database drops when its session ends.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self, TypeVar
from zlib import crc32

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

MAX_ATTEMPTS = 5
# The wait before try n+1, by the number of tries made.
RETRY_AFTER = (
    timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1),
)  # fmt: skip

LOCKS = 2**31  # what fits into each half of a lock's number

WorkModel = TypeVar("WorkModel", bound="Work")


class WorkQuerySet(models.QuerySet[WorkModel]):
    def waiting(self, *, at: datetime) -> Self:
        """Rows to take up at this moment: queued and due, or left behind by a worker that died."""
        queued = Q(work_state=Work.State.QUEUED, not_before__lte=at)
        abandoned = Q(work_state=Work.State.RUNNING, lease_until__lt=at)
        return self.filter(queued | abandoned)


class Work(models.Model):
    """A row that a worker has to do something about."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting"
        RUNNING = "running", "being worked on"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    work_state = models.CharField(max_length=10, choices=State, default=State.QUEUED, editable=False)
    not_before = models.DateTimeField(editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    failure_code = models.CharField(max_length=40, blank=True, editable=False)
    failure = models.TextField(blank=True, editable=False, help_text="Why it failed, in words for a reader.")

    class Meta:
        abstract = True

    def finish(self) -> None:
        """Set the fields of a success; the caller saves them with its result."""
        self.work_state = self.State.DONE
        self.lease_until = None
        self.failure_code = self.failure = ""

    def fail(self, *, at: datetime, code: str, message: str, final: bool) -> None:
        """Set the fields of a failure: another try later, or, when final or out of tries, none."""
        self.failure_code, self.failure = code, message
        self.lease_until = None
        if final or self.attempts >= MAX_ATTEMPTS:
            self.work_state = self.State.FAILED
        else:
            self.work_state = self.State.QUEUED
            self.not_before = at + RETRY_AFTER[min(self.attempts, len(RETRY_AFTER)) - 1]

    def postpone(self, *, until: datetime) -> None:
        """Set the fields of work that could not be begun yet: it was no try."""
        self.work_state = self.State.QUEUED
        self.not_before, self.lease_until = until, None
        self.attempts -= 1

    def queue(self, *, at: datetime) -> None:
        """Set the fields that ask for the work to be done (again) from this moment on."""
        self.work_state = self.State.QUEUED
        self.not_before, self.lease_until, self.attempts = at, None, 0
        self.failure_code = self.failure = ""


WORK_FIELDS = ("work_state", "not_before", "lease_until", "attempts", "failure_code", "failure")


def claim_next(rows: models.QuerySet[WorkModel], *, at: datetime, lease: timedelta) -> WorkModel | None:
    """Take the oldest of `rows` (already narrowed to waiting ones) that no other worker holds.

    A row whose every try has taken its worker down with it is given up instead.
    """
    while True:
        with transaction.atomic():
            # By nothing beside: the index gives the first at once, however many wait since the same moment.
            row = rows.select_for_update(skip_locked=True, of=("self",)).order_by("not_before").first()
            if row is None:
                return None
            if row.attempts < MAX_ATTEMPTS:
                row.work_state = Work.State.RUNNING
                row.lease_until = at + lease
                row.attempts += 1
                row.save(update_fields=["work_state", "lease_until", "attempts"])
                # Before the row is seen to run: who sees it can tell that its worker lives.
                _lock("pg_try_advisory_lock", row)
                return row
            row.fail(at=at, code="gave_up", message=f"{MAX_ATTEMPTS} tries broke off.", final=True)
            row.save(update_fields=WORK_FIELDS)


def still_ours(row: Work, taken: Work) -> bool:
    """False where the lease ran out meanwhile and another worker has the row."""
    return row.work_state == Work.State.RUNNING and row.attempts == taken.attempts


def let_go(row: Work) -> None:
    """Drop the lock that `claim_next` took: the outcome is recorded."""
    _lock("pg_advisory_unlock", row)


def take_back(rows: models.QuerySet[WorkModel], *, at: datetime) -> int:
    """End the leases of those of `rows` whose worker is gone. Returns how many there were."""
    held = RawSQL(
        "SELECT objid::bigint FROM pg_locks JOIN pg_database d ON d.oid = database"
        " WHERE locktype = 'advisory' AND classid = %s AND datname = current_database()",
        [_table(rows.model)],
    )
    running = rows.filter(work_state=Work.State.RUNNING, lease_until__gt=at)
    return running.alias(lock=F("pk") % LOCKS).exclude(lock__in=held).update(lease_until=at)


def _lock(function: str, row: Work) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_table(type(row)), row.pk % LOCKS])


def _table(model: type[models.Model]) -> int:
    """The number that stands for a table among the locks."""
    return crc32(model._meta.db_table.encode()) % LOCKS
