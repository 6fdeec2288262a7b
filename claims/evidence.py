"""Evidence: attaching what sources say to claims."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import Truncator

from claims import inputs, review, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Claim, Evidence, User
from sources.addresses import BadAddress
from sources.anchoring import find
from sources.cataloguing import add_source
from sources.models import Snapshot, Source

LONGEST_QUOTE = 5_000
# What a verdict stands on; a note or a place in the source is not.
JUDGED = {
    "stance": "stance", "quote": "quote", "is_primary": "rank", "independence_group": "origin group"
}  # fmt: skip


def attach(
    *,
    claim: Claim,
    by: User,
    at: datetime,
    url: str = "",
    source: Source | None = None,
    stance: str,
    quote: str = "",
    locator: str = "",
    note: str = "",
    is_primary: bool = False,
    independence_group: str = "",
) -> Evidence:
    """Attach a passage of a source, given as a record or by its address (then fetched in the background)."""
    require(by, "add_evidence", "attach evidence")
    evidence = Evidence(
        claim=claim,
        stance=inputs.choice(stance, "stance", Evidence.Stance),
        quote=inputs.text(quote, "quote", LONGEST_QUOTE),
        locator=inputs.line(locator, "locator", 200),
        note=inputs.text(note, "note"),
        is_primary=is_primary,
        independence_group=inputs.line(independence_group, "independence_group", 80),
        added_by=by,
        added_at=at,
    )
    url = inputs.line(url, "url", 2_000)
    if (source is None) == (not url):
        raise Invalid("required", "Give the address of a source, or choose one already known.", field="url")
    with transaction.atomic():
        _lock_claim(claim.pk)
        evidence.source = source or _source_at(url, at)
        anchor(evidence)
        return _save(evidence)


def amend(
    *,
    evidence: Evidence,
    by: User,
    at: datetime,
    stance: str | None = None,
    quote: str | None = None,
    locator: str | None = None,
    note: str | None = None,
    is_primary: bool | None = None,
    independence_group: str | None = None,
) -> Evidence:
    """Correct what was noted about it; what is None stays.

    A verdict in review that stands on it is put back, unless only the note or the place changed.
    """
    require(by, "change_evidence", "change evidence")
    with transaction.atomic():
        evidence = _locked(evidence)
        before = {name: getattr(evidence, name) for name in JUDGED}
        if stance is not None:
            evidence.stance = inputs.choice(stance, "stance", Evidence.Stance)
        if quote is not None:
            quote_anew(evidence, inputs.text(quote, "quote", LONGEST_QUOTE))
        if locator is not None:
            evidence.locator = inputs.line(locator, "locator", 200)
        if note is not None:
            evidence.note = inputs.text(note, "note")
        if is_primary is not None:
            evidence.is_primary = is_primary
        if independence_group is not None:
            evidence.independence_group = inputs.line(independence_group, "independence_group", 80)
        changed = [words for name, words in JUDGED.items() if getattr(evidence, name) != before[name]]
        if changed:
            _put_back(evidence, f"{by} changed the {' and '.join(changed)} of evidence", by, at)
        return _save(evidence)


def remove(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take evidence off a claim. Verdicts that stood on it keep what it said; the audit keeps the row.

    A verdict in review that stands on it is put back.
    """
    require(by, "delete_evidence", "remove evidence")
    with transaction.atomic():
        evidence = _locked(evidence)
        _put_back(evidence, f"{by} removed evidence", by, at)
        evidence.delete()


def anchor(evidence: Evidence) -> None:
    """Find the quote in the source's newest snapshot; where it is not there, say so by no offset.

    Within a transaction: a snapshot that is stored at this moment is either seen here, or is followed up
    with this evidence in sight.
    """
    source = Source.objects.select_for_update(no_key=True, of=("self",)).get(pk=evidence.source_id)
    snapshot: Snapshot | None = source.latest_snapshot()
    evidence.snapshot = snapshot
    found = find(snapshot.text, evidence.quote) if snapshot and evidence.quote else None
    evidence.quote_start = found[0] if found else None


def quote_anew(evidence: Evidence, quote: str) -> None:
    """Other words are anchored in what the source says now; what became of the old ones is over."""
    if quote == evidence.quote:
        return
    evidence.quote, evidence.latest_look = quote, None
    evidence.looks.all().delete()
    anchor(evidence)


def _lock_claim(pk: int) -> Claim:
    """The claim first, as a review does: what a verdict stands on does not change while it is approved, and
    none comes to a claim that is merged."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=pk)
    standing.check(claim)
    return claim


def _locked(evidence: Evidence) -> Evidence:
    """As it is now, wherever a merge has moved it, with its claim locked first."""
    found = Evidence.objects.only("claim").filter(pk=evidence.pk).first()
    if found is None:
        raise Conflict("evidence_removed", "This evidence was removed meanwhile.")
    _lock_claim(found.claim_id)
    return Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)


def _put_back(evidence: Evidence, what: str, by: User, at: datetime) -> None:
    claim = _lock_claim(evidence.claim_id)
    why = f"{what} that the verdict stands on: {Truncator(str(evidence.source)).chars(200)}."
    review.put_back(claim=claim, why=why, since=evidence.added_at, by=by, at=at)


def _source_at(url: str, at: datetime) -> Source:
    try:
        source, _ = add_source(url=url, at=at)
    except BadAddress as bad:
        raise Invalid("bad_address", str(bad), field="url") from bad
    return source


def _save(evidence: Evidence) -> Evidence:
    try:
        with transaction.atomic():
            evidence.save()
    except IntegrityError as error:
        message = "This passage of this source is already attached to this claim."
        raise Conflict("evidence_known", message, field="quote") from error
    return evidence
