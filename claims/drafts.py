"""Storing what the extractor found: drafts for people to triage, each with its place in the article."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from claims import standing
from claims.extraction import ExtractedClaim
from claims.models import Appearance, Article, Claim, Claimant, ClaimLink, Evidence, Proposal

# What makes two claims one: the text's key, the claimant's id and the time.
Identity = tuple[str, int | None, str]
# Enough text around a sentence to find it again after the article was edited.
CONTEXT = 48


def text_key(text: str) -> str:
    """A hash that two wordings share when they differ only in case, marks and spacing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # A sign, point or comma inside a number is part of it.
    plain = re.sub(r"(?<!\d)[.,]|[.,](?!\d)|[^\w\s.,%€$£+-]", " ", plain)
    return hashlib.sha256(" ".join(plain.split()).encode()).hexdigest()


def claimant_named(name: str) -> Claimant | None:
    """The claimant of this name or alias, made where there is none; None for an empty name."""
    name = name[:200].strip()
    if not name:
        return None
    # All of them, for their order: with "the first by name" the database walks through the names instead.
    known = sorted(Claimant.objects.filter(aliases__contains=[name]).order_by(), key=attrgetter("name"))
    return (
        next(iter(known), None)
        or Claimant.objects.alias(lower=Lower("name")).filter(lower=name.lower()).first()
        or Claimant.objects.get_or_create(name=name)[0]
    )


def place(article: Article, start: int, end: int) -> dict[str, object]:
    """The fields of an appearance that say where it is."""
    text = article.text
    return {
        "start": start,
        "end": end,
        "sentence": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }


def replace(
    *, article: Article, claims: Sequence[ExtractedClaim], extractor: str, at: datetime
) -> list[Claim]:
    """Put these drafts in the place of the article's untouched ones; what people worked on stays.

    Returns the claims known before that this article had not made so far, in the order of their ids.
    """
    _drop_untouched(article)
    places = article.appearances.exclude(standing=Appearance.Standing.VANISHED)
    kept = {
        (start, key)
        for start, claim_key, wording in places.values_list("start", "claim__text_key", "wording")
        for key in (claim_key, text_key(wording))
    }
    found = [extracted for extracted in claims if (extracted.start, text_key(extracted.text)) not in kept]
    return _store(article, found, extractor, at)


def add_new(
    *, article: Article, claims: Sequence[ExtractedClaim], extractor: str, at: datetime
) -> list[Claim]:
    """Add the drafts of sentences in which no claim appears so far; all others stay as they are.

    Returns the claims known before that this article had not made so far, in the order of their ids.
    """
    standing = article.appearances.exclude(standing=Appearance.Standing.VANISHED)
    taken = sorted(standing.values_list("start", "end"))
    found = [
        extracted
        for extracted in claims
        if not any(start < extracted.end and extracted.start < end for start, end in taken)
    ]
    return _store(article, found, extractor, at)


def _store(article: Article, claims: Sequence[ExtractedClaim], extractor: str, at: datetime) -> list[Claim]:
    before = set(article.appearances.values_list("claim", flat=True))
    by_place = {(extracted.start, text_key(extracted.text)): extracted for extracted in reversed(claims)}
    found = [by_place[key] for key in reversed(by_place)]
    stored, new = _claims(found, at)
    Appearance.objects.bulk_create(
        (
            Appearance(
                claim=claim,
                article=article,
                wording=extracted.text,
                edits=[asdict(edit) for edit in extracted.edits],
                score=extracted.score,
                reasons=list(extracted.reasons),
                extractor=extracted.extractor or extractor,
                **place(article, extracted.start, extracted.end),
            )
            for extracted, claim in zip(found, stored, strict=True)
        ),
        ignore_conflicts=True,
    )
    met = {claim.pk: claim for claim in stored}
    return [met[pk] for pk in sorted(met.keys() - before - {claim.pk for claim in new})]


def _claims(found: Sequence[ExtractedClaim], at: datetime) -> tuple[list[Claim], list[Claim]]:
    """The claim of each: the oldest with this wording, claimant and time; and those made for want of one."""
    claimants = {name: claimant_named(name) for name in {extracted.claimant or "" for extracted in found}}
    keys = [text_key(extracted.text) for extracted in found]
    stored = Claim.objects.filter(text_key__in=keys).order_by("-pk")
    known = {(claim.text_key, claim.claimant_id, claim.when): claim for claim in stored}
    known |= _standing_for(known)
    claims: list[Claim] = []
    new: list[Claim] = []
    for extracted, key in zip(found, keys, strict=True):
        claimant, when = claimants[extracted.claimant or ""], extracted.when or ""
        identity = (key, claimant.pk if claimant else None, when)
        if identity not in known:
            known[identity] = _draft(extracted, key, claimant, at)
            new.append(known[identity])
        claims.append(known[identity])
    Claim.objects.bulk_create(new)
    return claims, new


def _standing_for(known: dict[Identity, Claim]) -> dict[Identity, Claim]:
    """For those that were merged, the claims that stand in their place."""
    merged = {identity: claim.pk for identity, claim in known.items() if claim.merged_into_id}
    if not merged:
        return {}
    ends = standing.ends(merged.values())
    rows = Claim.objects.in_bulk(ends.values())
    return {identity: rows[ends[pk]] for identity, pk in merged.items()}


def _draft(extracted: ExtractedClaim, key: str, claimant: Claimant | None, at: datetime) -> Claim:
    return Claim(
        text=extracted.text,
        text_key=key,
        kind=extracted.kind,
        claimant=claimant,
        when=extracted.when or "",
        unresolved=extracted.unresolved,
        created_at=at,
    )


def untouched(article: Article) -> Sequence[int]:
    """Ids of the article's drafts that nobody has worked on and no other article makes."""
    elsewhere = Appearance.objects.filter(claim=OuterRef("pk")).exclude(article=article)
    return list(
        Claim.objects.filter(
            appearances__article=article, state=Claim.State.NEW, revision=1, created_by=None, assignee=None
        )
        .exclude(Exists(elsewhere))
        .exclude(Exists(Claim.objects.filter(merged_into=OuterRef("pk"))))
        .exclude(Exists(Evidence.objects.filter(claim=OuterRef("pk"))))
        .exclude(Exists(Proposal.objects.filter(claim=OuterRef("pk"))))
        .exclude(Exists(ClaimLink.objects.filter(Q(claim=OuterRef("pk")) | Q(other=OuterRef("pk")))))
        # Locked: somebody may be accepting one of them at this moment.
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )


def _drop_untouched(article: Article) -> None:
    drafts = untouched(article)
    Appearance.objects.filter(claim__in=drafts).delete()
    Claim.objects.filter(pk__in=drafts).delete()
