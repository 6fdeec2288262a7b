"""Telling people in the inbox what happened to a review they have a part in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from claims.errors import Forbidden
from claims.models import Claim, Notice, User


def tell(*, people: Iterable[User | None], claim: Claim, words: str, at: datetime) -> None:
    """A notice to each of these people who still works here, once, in the caller's transaction."""
    here = {person.pk: person for person in people if person is not None and person.is_active}
    made = [Notice(person=here[pk], claim=claim, words=words, at=at) for pk in sorted(here)]
    Notice.objects.bulk_create(made)


def mark_read(*, notices: QuerySet[Notice], by: User, at: datetime) -> None:
    """Mark one's own notices as read."""
    if notices.exclude(person=by).exists():
        raise Forbidden("not_yours", "This is somebody else's notice.")
    notices.filter(read_at=None).update(read_at=at)
