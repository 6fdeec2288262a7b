"""Drafts and edits: what people do to a claim before and beside its verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from claims import drafts, inputs, rechecks
from claims.errors import Conflict, Invalid, require
from claims.models import Appearance, Article, Claim, Proposal, Recheck, Topic, User

LONGEST_CLAIM = 2_000


def accept(*, claim: Claim, by: User, at: datetime) -> Claim:
    """A draft worth checking: from new to in progress."""
    return _move(claim, by, to=Claim.State.IN_PROGRESS, start=(Claim.State.NEW, Claim.State.IN_PROGRESS))


def reject(*, claim: Claim, why: str, by: User, at: datetime) -> Claim:
    """Not worth checking, or not a claim: retired, with the reason."""
    why = inputs.line(why, "why", 500, required=True)
    start = (Claim.State.NEW, Claim.State.IN_PROGRESS, Claim.State.RETIRED)
    return _move(claim, by, to=Claim.State.RETIRED, start=start, why=why)


def restore(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Take back an acceptance or a rejection; a retired claim with a verdict is published again."""
    verdict = claim.verdicts.order_by("-number").first()
    if verdict is None:
        start = (Claim.State.NEW, Claim.State.IN_PROGRESS, Claim.State.RETIRED)
        return _move(claim, by, to=Claim.State.NEW, start=start)
    require(by, "approve_proposal", "publish a retired claim again")
    with transaction.atomic():
        claim = _lock(claim)
        if claim.state != Claim.State.RETIRED:
            raise Conflict("wrong_state", "This claim is published already.", **_as_it_is(claim))
        claim.state, claim.retired_why = Claim.State.PUBLISHED, ""
        claim.save(update_fields=["state", "retired_why"])
        rechecks.schedule(claim=claim, verdict=verdict, by=by, at=at)
    return claim


def edit(
    *,
    claim: Claim,
    revision: int,
    by: User,
    at: datetime,
    text: str | None = None,
    kind: str | None = None,
    claimant: str | None = None,
    when: str | None = None,
    topic: str | None = None,
) -> Claim:
    """Change the wording, kind, claimant or topic ("" for none) or time. `revision`: the one seen."""
    require(by, "change_claim", "change claims")
    new: dict[str, object] = {}
    if text is not None:
        new["text"] = inputs.line(text, "text", LONGEST_CLAIM, required=True)
        new["text_key"] = drafts.text_key(str(new["text"]))
    if kind is not None:
        new["kind"] = inputs.choice(kind, "kind", Claim.Kind)
    if when is not None:
        new["when"] = inputs.when(when)
    if topic is not None:
        new["topic"] = _topic_named(inputs.line(topic, "topic", 80))
    name = None if claimant is None else inputs.line(claimant, "claimant", 200)
    with transaction.atomic():
        claim = _lock(claim)
        if claim.revision != revision:
            raise Conflict(
                "claim_changed",
                "Somebody changed this claim while you were editing it. Compare, then save yours again.",
                **_as_it_is(claim),
            )
        if name is not None:
            new["claimant"] = drafts.claimant_named(name)
        changed = [field for field, value in new.items() if getattr(claim, field) != value]
        if not changed:
            return claim
        if set(changed) - {"kind", "topic"}:
            _check_no_verdict(claim)
        for field in changed:
            setattr(claim, field, new[field])
        if "text" in changed:
            claim.unresolved = False  # A person has read it.
        claim.revision += 1
        claim.save()
    return claim


def add_claim(
    *,
    article: Article,
    start: int,
    end: int,
    text: str,
    kind: str,
    by: User,
    at: datetime,
    claimant: str = "",
    when: str = "",
) -> Claim:
    """Add a claim that the extractor did not find, at a place of the article (offsets in characters)."""
    require(by, "add_claim", "add claims")
    if not 0 <= start < end <= len(article.text):
        raise Invalid("bad_place", f"Select a passage between 0 and {len(article.text)}.", field="start")
    if not article.text[start:end].strip():
        raise Invalid("bad_place", "Select some words.", field="start")
    text = inputs.line(text, "text", LONGEST_CLAIM, required=True)
    checked_kind = inputs.choice(kind, "kind", Claim.Kind)
    checked_when = inputs.when(when)
    claimant = inputs.line(claimant, "claimant", 200)
    with transaction.atomic():
        claim = Claim.objects.create(
            text=text,
            text_key=drafts.text_key(text),
            kind=checked_kind,
            claimant=drafts.claimant_named(claimant),
            when=checked_when,
            state=Claim.State.IN_PROGRESS,
            created_at=at,
            created_by=by,
        )
        Appearance.objects.create(
            claim=claim,
            article=article,
            wording=text,
            reasons=["added_by_hand"],
            **drafts.place(article, start, end),
        )
    return claim


def assign(*, claims: Iterable[Claim], assignee: User | None, by: User, at: datetime) -> int:
    """Make somebody (or nobody) responsible for these claims and their open re-checks. Returns how many."""
    require(by, "change_claim", "assign claims")
    if assignee is not None and not assignee.is_active:
        raise Invalid("not_active", f"{assignee} no longer works here.", field="assignee")
    ids = [claim.pk for claim in claims]
    with transaction.atomic():
        # Locked in one order, so that two people assigning at once do not wait for each other.
        rows = list(Claim.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
        Claim.objects.filter(pk__in=ids).update(assignee=assignee)
        # Who takes over a look that is due is reminded too.
        others = Recheck.objects.open().filter(claim__in=ids).exclude(assignee=assignee)
        others.update(assignee=assignee, reminded_stage=0, quiet_until=None)
    return len(rows)


def _move(claim: Claim, by: User, *, to: Claim.State, start: tuple[Claim.State, ...], why: str = "") -> Claim:
    require(by, "change_claim", "triage claims")
    with transaction.atomic():
        claim = _lock(claim)
        if claim.state not in start or claim.verdicts.exists():
            message = f"This claim is {claim.get_state_display()}; that can no longer be done."
            raise Conflict("wrong_state", message, **_as_it_is(claim))
        if claim.state != to or claim.retired_why != why:
            claim.state, claim.retired_why = to, why
            claim.save(update_fields=["state", "retired_why"])
    return claim


def _topic_named(name: str) -> Topic | None:
    if not name:
        return None
    topic = Topic.objects.filter(name__iexact=name).first()
    if topic is None:
        raise Invalid("unknown_topic", f"There is no topic “{name}”. Choose one of the list.", field="topic")
    return topic


def _lock(claim: Claim) -> Claim:
    locked = Claim.objects.select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if locked is None:
        raise Conflict("made_again", "This draft was made again meanwhile: look at the article.")
    return locked


def _check_no_verdict(claim: Claim) -> None:
    """What was judged stays what was judged: other words are another claim."""
    if claim.verdicts.exists():
        why = "A verdict was given on these words, so they stand. Add other words as a claim of their own."
        raise Conflict("has_verdict", why, **_as_it_is(claim))
    if claim.proposals.filter(state=Proposal.State.SUBMITTED).exists():
        why = "A verdict on these words is waiting for review. Have it sent back or withdrawn first."
        raise Conflict("proposal_open", why, **_as_it_is(claim))


def _as_it_is(claim: Claim) -> dict[str, Any]:
    return {
        "revision": claim.revision,
        "state": claim.state,
        "text": claim.text,
        "kind": claim.kind,
        "claimant": claim.claimant.name if claim.claimant else "",
        "when": claim.when,
        "topic": claim.topic.name if claim.topic else "",
    }
