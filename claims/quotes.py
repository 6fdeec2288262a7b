"""Following the sources: what a source's new text, or its end, means for the evidence that cites it.

Each quote is looked for in the new text, once for each snapshot. A quote that is no longer there brings the
look at its claim forward; so does a change of a source of which no passage is quoted, and its end.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator

from claims import evidence as citing
from claims import rechecks
from claims.models import Claim, Evidence, QuoteLook
from sources.anchoring import Anchor, find
from sources.anchoring import anchor as selector
from sources.models import Snapshot, SourceChange
from sources.reanchoring import Place, reanchor
from sources.work import WORK_FIELDS, claim_next, let_go, still_ours, take_back

log = logging.getLogger(__name__)

# One look takes at most half a second on the largest page; what is left over is found by the next worker.
LEASE = timedelta(minutes=10)
LONGEST_WORDS = 2_000


def follow_change(*, at: datetime) -> bool:
    """Follow up one change of a source that waits. Returns whether there was one."""
    change = claim_next(SourceChange.objects.waiting(at=at).select_related("source"), at=at, lease=LEASE)
    if change is None:
        return False
    try:
        _follow(change, at)
    finally:
        let_go(change)
    return True


def take_back_changes(*, at: datetime) -> int:
    """Give what a dead worker has left behind to the next one, before the lease ends. Returns how many."""
    return take_back(SourceChange.objects.all(), at=at)


def _follow(change: SourceChange, at: datetime) -> None:
    try:
        if change.kind == SourceChange.Kind.GONE:
            _tell_of_the_end(change, at)
        else:
            _look_for_quotes(change, at)
    except Exception:
        log.exception("the change %s of source %s could not be followed up", change.pk, change.source_id)
        _end(change, at, failure="Something went wrong here; the log says what.")
    else:
        _end(change, at)


def _tell_of_the_end(change: SourceChange, at: datetime) -> None:
    citing_it = Claim.objects.filter(evidence__source=change.source).distinct().order_by("pk").defer("search")
    name = Truncator(str(change.source)).chars(120)
    for claim in citing_it.iterator(chunk_size=200):
        rechecks.bring_forward(
            claim=claim,
            rule="source_gone",
            why=f"A source it stands on is gone: “{name}”. {change.source.liveness_why}",
            cause=f"change:{change.pk}",
            link=reverse("source", args=[change.source_id]),
            at=at,
        )


def _look_for_quotes(change: SourceChange, at: datetime) -> None:
    snapshot = change.source.latest_snapshot()
    if snapshot is None or snapshot.pk != change.snapshot_id:
        return  # What came after it has a change of its own.
    waiting = Evidence.objects.filter(source=change.source).exclude(looks__snapshot=snapshot)
    for pk in list(waiting.order_by("claim_id", "pk").values_list("pk", flat=True)):
        item = Evidence.objects.select_related("claim", "source", "latest_look").filter(pk=pk).first()
        if item is None or item.snapshot_id == snapshot.pk:
            continue
        was = _last_place(item)
        if item.snapshot_id is None:
            _anchor(item)
        elif was is None:
            _unquoted(item, snapshot, at)
        else:
            _record(item, snapshot, reanchor(snapshot.text, was), at)


def _last_place(item: Evidence) -> Anchor | None:
    """Where the quote stood when it was last found, with its surroundings; None where it never was."""
    if item.quote_start is None or not item.quote:
        return None
    last = item.looks.exclude(found=QuoteLook.Found.GONE).order_by("-pk").first()
    holder = last.snapshot if last else item.snapshot
    assert holder is not None
    text = holder.text
    if last is not None and last.start is not None and last.end is not None:
        place = selector(text, last.start, last.end)
    else:
        end = (find(text[item.quote_start :], item.quote) or (0, len(item.quote)))[1] + item.quote_start
        place = selector(text, item.quote_start, min(end, len(text)))
    return Anchor(item.quote, place.prefix, place.suffix, place.start, place.end)


def _anchor(item: Evidence) -> None:
    """Find the quote in the source's newest text, the first that it has or the first that holds it."""
    with transaction.atomic():
        _lock_claim(item)
        citing.anchor(item)
        Evidence.objects.filter(pk=item.pk, quote=item.quote, quote_start=None).update(
            snapshot=item.snapshot, quote_start=item.quote_start
        )


def _lock_claim(item: Evidence) -> None:
    """Others lock in this order too: the claim, then its evidence, then a source."""
    Claim.objects.select_for_update(of=("self",)).get(pk=item.claim_id)


def _unquoted(item: Evidence, snapshot: Snapshot, at: datetime) -> None:
    """No passage of the source is known to stand in it: then any change of its text may matter."""
    if item.quote and find(snapshot.text, item.quote):
        _anchor(item)  # It stands there now, for the first time.
        return
    rechecks.bring_forward(
        claim=item.claim,
        rule="source_changed",
        why=f"A source it stands on has changed: “{Truncator(str(item.source)).chars(150)}”.",
        cause=f"snapshot:{snapshot.pk}",
        link=_difference(item.source_id, snapshot),
        at=at,
    )


def _record(item: Evidence, snapshot: Snapshot, place: Place, at: datetime) -> None:
    found = QuoteLook.Found(place.found)
    before = item.latest_look.found if item.latest_look else QuoteLook.Found.THERE
    gone = found == QuoteLook.Found.GONE
    with transaction.atomic():
        _lock_claim(item)
        unchanged = Evidence.objects.select_for_update(of=("self",)).filter(pk=item.pk, quote=item.quote)
        if not unchanged.exists() or item.looks.filter(snapshot=snapshot).exists():
            return  # Somebody corrected the quote, or another worker was here.
        as_before = item.latest_look is not None and before == found
        look = QuoteLook.objects.create(
            evidence=item,
            snapshot=snapshot,
            found=found,
            start=place.start,
            end=place.end,
            words=snapshot.text[place.start : place.end][:LONGEST_WORDS] if place.start is not None else "",
            likeness=place.likeness,
            came_back=not gone and before == QuoteLook.Found.GONE,
            at=at,
            since=item.latest_look.since if as_before and item.latest_look else at,
        )
        Evidence.objects.filter(pk=item.pk).update(latest_look=look)
        if gone and before != QuoteLook.Found.GONE:
            _tell_of_loss(item, snapshot, at)


def _tell_of_loss(item: Evidence, snapshot: Snapshot, at: datetime) -> None:
    # Not the quote's own words: they may have to be erased one day, and reminders carry these.
    rechecks.bring_forward(
        claim=item.claim,
        rule="quote_gone",
        why=f"A quoted passage is no longer in its source: “{Truncator(str(item.source)).chars(150)}”.",
        cause=f"evidence:{item.pk} snapshot:{snapshot.pk}",
        link=f"{_difference(item.source_id, snapshot)}&evidence={item.pk}",
        at=at,
    )


def _difference(source: int, snapshot: Snapshot) -> str:
    return f"{reverse('source_difference', args=[source])}?after={snapshot.pk}"


def _end(taken: SourceChange, at: datetime, *, failure: str = "") -> None:
    with transaction.atomic():
        change = SourceChange.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if still_ours(change, taken):
            if failure:
                change.fail(at=at, code="internal", message=failure, final=False)
            else:
                change.finish()
            change.save(update_fields=WORK_FIELDS)
