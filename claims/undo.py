"""Taking back what was done at the desk: one mechanism for every kind of change.

All that one request changes carries one context of the audit, and the audit's events hold what each row was
before and what it became. A step is the name of such a context, kept for the session of the person it was
done in. To undo it puts every row back as it was, all or none, where each is still as the step has left it.

A published verdict is no step and ends those before it: it is withdrawn or superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q, QuerySet

from claims import changes as audited
from claims import drafts, evidence, intake, notices, undo_words
from claims.audit import who_changed
from claims.changes import ROWS, Change, claims_of
from claims.errors import Conflict, Forbidden
from claims.models import (
    ApiKey,
    Article,
    Claim,
    Evidence,
    Proposal,
    UndoStep,
    User,
    Verdict,
)
from sources.models import Source

KEPT_FOR = timedelta(days=1)
SHOWN = 20
# What is edited at the desk but stays where it was added: it is worked on in the background at once.
STAYS = (Source, Article)
# What of a claim a verdict is about.
JUDGED = ("text", "kind", "claimant_id", "when", "merged_into_id")
# Where a quote stands; found anew where the quote is put back.
PLACED = frozenset({"snapshot_id", "quote_start"})
# Columns that tell of nobody's change: what the program fills in by itself, and the count of edits, which
# goes on where one is undone.
ASIDE = PLACED | {"revision"}


def record(
    *, by: User, at: datetime, session: str | None = None, api_key: ApiKey | None = None
) -> UndoStep | None:
    """Called when a request is done: remember what it changed. None where that is nothing that can be undone.

    `session` is the key of the session in which it was sent; `api_key` for programs.
    """
    with pghistory.context() as context:  # The request's own, where there is one.
        changes = [] if "undo" in context.metadata else _undoable(context.id)
    if not changes or any(_is_final(change) for change in changes):
        return None
    claims = claims_of(changes)
    try:
        with transaction.atomic():
            return UndoStep.objects.create(
                # The row may be gone: signed out meanwhile, in another window.
                session=Session.objects.filter(pk=session).first() if session else None,
                api_key=api_key,
                person=by,
                context=context.id,
                claim=Claim.objects.filter(pk__in=claims).order_by("pk").first(),
                words=undo_words.of(changes),
                at=at,
            )
    except IntegrityError:
        return None


def steps(*, by: User, session: str | None = None, api_key: ApiKey | None = None) -> QuerySet[UndoStep]:
    """One's own in this session, newest first."""
    return UndoStep.objects.filter(person=by, session=session, api_key=api_key).select_related("claim")


def undo(*, step: UndoStep, by: User, at: datetime) -> UndoStep:
    """Put back what the step changed. A Conflict says who changed it since, or what rests on it."""
    if step.person_id != by.pk:
        raise Forbidden("not_yours", "Only the person who did this can undo it.")
    try:
        with pghistory.context(undo=step.pk), transaction.atomic():
            step = UndoStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
            if step.undone_at is not None:
                raise Conflict("undone_already", "This was undone already.")
            changes = _undoable(step.context)
            claims = claims_of(changes)
            # The claims first, as everywhere.
            list(Claim.objects.filter(pk__in=claims).order_by("pk").select_for_update(of=("self",)))
            _check_no_verdict_since(claims, step)
            if any(_is_judged(change) for change in changes):
                _check_no_proposal_since(claims, step)
            rows = _as_left(changes, by)
            _put_back(changes, rows, at)
            step.undone_at = at
            step.save(update_fields=["undone_at"])
    except (ProtectedError, IntegrityError) as error:
        words = "Something else rests on it by now, so it was not undone. Take that away first."
        raise Conflict("in_use", words) from error
    return step


def forget(*, at: datetime) -> int:
    """Remove the steps that are past their time, or whose session is. Returns how many."""
    past = UndoStep.objects.filter(Q(at__lte=at - KEPT_FOR) | Q(session__expire_date__lte=at))
    return past.delete()[0]


def _undoable(context: UUID) -> list[Change]:
    """The changes of a request, but for what was added and stays."""
    return [change for change in audited.of_context(context) if change.model not in STAYS or change.is_edit]


def _is_final(change: Change) -> bool:
    """Whether a verdict was published, or somebody who had not seen the rating has given a second one."""
    if change.model is not Proposal:
        return False
    published = change.after is not None and change.after["state"] == Proposal.State.APPROVED
    return published or (change.edits("sealed") and not change.edits("state"))


def _check_no_verdict_since(claims: set[int], step: UndoStep) -> None:
    verdict = Verdict.objects.filter(claim__in=claims, decided_at__gt=step.at).order_by("pk").first()
    if verdict:
        words = (
            f"Verdict no. {verdict.number} was published on it since. A published verdict is not undone, nor "
            "what came before it: it can be withdrawn, or superseded by another."
        )
        raise Conflict("verdict_published", words, claim=verdict.claim_id, number=verdict.number)


def _is_judged(change: Change) -> bool:
    """Whether a verdict is about it, or stands on it."""
    return change.model is Evidence or any(change.edits(name) for name in JUDGED if change.model is Claim)


def _check_no_proposal_since(claims: set[int], step: UndoStep) -> None:
    waiting = Proposal.objects.filter(claim__in=claims, state=Proposal.State.SUBMITTED)
    since = waiting.filter(submitted_at__gt=step.at).select_related("submitted_by").first()
    if since:
        words = (
            f"A verdict that {since.submitted_by} has submitted since stands on it. Have that sent back or "
            "withdrawn first."
        )
        raise Conflict("proposal_open", words, proposal=since.pk)


def _as_left(changes: Iterable[Change], by: User) -> dict[tuple[type[Any], int], Any]:
    """The rows, locked, where each is as the step has left it."""
    by_model: dict[type[Any], list[Change]] = defaultdict(list)
    for change in changes:
        by_model[change.model].append(change)
    rows: dict[tuple[type[Any], int], Any] = {}
    for model, own in by_model.items():
        locked = model._base_manager.filter(pk__in=[change.pk for change in own]).order_by("pk")
        there = {row.pk: row for row in locked.select_for_update(of=("self",))}
        for change in own:
            row = there.get(change.pk)
            if not _is_as_left(change, row):
                _refuse(change, by)
            rows[model, change.pk] = row
    return rows


def _is_as_left(change: Change, row: Any) -> bool:
    if change.after is None or row is None:
        return change.after is None and row is None
    return all(getattr(row, name) == value for name, value in change.after.items() if name not in ASIDE)


def _refuse(change: Change, by: User) -> None:
    who = who_changed(change.model, change.pk)
    what = change.model._meta.verbose_name
    if who == by:
        words = f"You have changed the {what} since. Undo that first."
    else:
        words = f"{who or 'Recheck itself'} has changed the {what} since, so this was not undone."
    raise Conflict("changed_since", words)


def _put_back(changes: list[Change], rows: dict[tuple[type[Any], int], Any], at: datetime) -> None:
    """First what came goes, then what changed changes back, then what went comes again."""
    for change in sorted(changes, key=lambda change: ROWS.index(change.model), reverse=True):
        if change.before is None:
            rows[change.model, change.pk].delete()
    for change in changes:
        if change.is_edit:
            _change_back(change, rows[change.model, change.pk], at)
    for change in changes:
        if change.after is None and change.before is not None:
            change.model(**change.before).save(force_insert=True)


def _change_back(change: Change, row: Any, at: datetime) -> None:
    assert change.before is not None
    assert change.after is not None
    changed = {name: value for name, value in change.before.items() if value != change.after[name]}
    if isinstance(row, Evidence) and "quote" in changed:
        evidence.quote_anew(row, changed["quote"])
        changed = {name: value for name, value in changed.items() if name not in PLACED}
    for name, value in changed.items():
        setattr(row, name, value)
    if "revision" in changed:
        # It counts on: nobody who has read the undone words may take these for them.
        row.revision = change.after["revision"] + 1
    if isinstance(row, Claim):
        row.text_key = drafts.text_key(row.text)
    elif isinstance(row, Article) and "published_on" in changed:
        intake.extract_again(row, at=at)
    row.save()
    if isinstance(row, Proposal) and row.state == Proposal.State.SUBMITTED:
        words = "What had ended its review was undone: the verdict waits for review again."
        notices.tell(people=(row.submitted_by,), claim=row.claim, words=words, at=at)
