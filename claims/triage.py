"""Drafts and edits: what people do to a claim before and beside its verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import Truncator

from claims import drafts, inputs, rechecks, review, standing
from claims.errors import Conflict, Invalid, require
from claims.models import Appearance, Article, Claim, Recheck, Topic, User

LONGEST_CLAIM = 2_000
# What a verdict is about. A change of it while one waits for review puts that review back.
JUDGED = {"text": "text", "kind": "kind", "claimant": "claimant", "when": "time"}
# A change of these after a verdict calls for another look.
REWORDED = {"text", "claimant", "when"}


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
        _check_not_split(claim)
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
    """Change the wording, kind, claimant or topic ("" for none) or time. `revision`: the one seen.

    What waits for review on it is put back; a published claim takes a reviewer, and is due to be looked at
    again. Its topic alone changes neither.
    """
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
        published = bool(REWORDED & set(changed)) and _is_published(claim, by)
        was = claim.text
        for field in changed:
            setattr(claim, field, new[field])
        if "text" in changed:
            claim.unresolved = False  # A person has read it.
        claim.revision += 1
        claim.save()
        _after_edit(claim, changed, was, published, by, at)
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
    topic: str = "",
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
    checked_topic = _topic_named(inputs.line(topic, "topic", 80))
    with transaction.atomic():
        claim = Claim.objects.create(
            text=text,
            text_key=drafts.text_key(text),
            kind=checked_kind,
            claimant=drafts.claimant_named(claimant),
            when=checked_when,
            topic=checked_topic,
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
        for row in rows:
            standing.check(row)
        Claim.objects.filter(pk__in=ids).update(assignee=assignee)
        # Who takes over a look that is due is reminded too.
        others = Recheck.objects.open().filter(claim__in=ids).exclude(assignee=assignee)
        others.update(assignee=assignee, reminded_stage=0, quiet_until=None)
    return len(rows)


def set_topic(*, claims: Iterable[Claim], topic: Topic | None, by: User, at: datetime) -> int:
    """Say what these claims are about; None: no topic. Returns how many changed."""
    require(by, "change_claim", "change claims")
    ids = [claim.pk for claim in claims]
    with transaction.atomic():
        rows = list(Claim.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
        for row in rows:
            standing.check(row)
        others = [row.pk for row in rows if row.topic_id != (topic.pk if topic else None)]
        Claim.objects.filter(pk__in=others).update(topic=topic, revision=F("revision") + 1)
    return len(others)


def _move(claim: Claim, by: User, *, to: Claim.State, start: tuple[Claim.State, ...], why: str = "") -> Claim:
    require(by, "change_claim", "triage claims")
    with transaction.atomic():
        claim = _lock(claim)
        if claim.state not in start or claim.verdicts.exists():
            message = f"This claim is {claim.get_state_display()}; that can no longer be done."
            raise Conflict("wrong_state", message, **_as_it_is(claim))
        _check_not_split(claim)
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
    standing.check(locked)
    return locked


def _check_not_split(claim: Claim) -> None:
    parts = list(claim.parts.order_by("pk").values_list("pk", flat=True))
    if parts:
        numbers = ", ".join(str(pk) for pk in parts)
        raise Conflict("split", f"This claim was split into claims {numbers}; it stays retired.", parts=parts)


def _is_published(claim: Claim, by: User) -> bool:
    """Whether a verdict was given on it; then only who may approve one changes its words."""
    if not claim.verdicts.exists():
        return False
    require(by, "approve_proposal", "change what a published verdict is about")
    if claim.state == Claim.State.RETIRED:
        why = "A verdict was given on these words and the claim is retired. Publish it again first."
        raise Conflict("has_verdict", why, **_as_it_is(claim))
    return True


def _after_edit(claim: Claim, changed: list[str], was: str, published: bool, by: User, at: datetime) -> None:
    """Put back what waits for review on it; call for another look where a verdict is published."""
    names = [name for field, name in JUDGED.items() if field in changed]
    if not names:
        return
    words = f"{by} changed the claim's {' and '.join(names)}."
    if "text" in changed:
        words += f" It read: “{Truncator(was).chars(200)}”"
    review.put_back(claim=claim, why=words, by=by, at=at)
    if published:
        cause = f"revision:{claim.revision}"
        rechecks.bring_forward(claim=claim, rule=rechecks.CHANGED_AFTER, why=words, cause=cause, at=at)


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
