"""Plain makers of what tests need. Published things go through the domain's own functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from claims import drafts, keys, review, verdicts
from claims.models import Appearance, Article, Claim, Evidence, Proposal, RatingGate, User, Verdict
from sources.cataloguing import store_snapshot
from sources.fetching import Fetched
from sources.models import Snapshot, Source

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = (
    "The harbour bridge was closed on Monday. The city council will reopen it in May 2026.\n\n"
    "Mayor Ines Falk said the repair costs 4 million euros."
)
_numbers = count(1)


def make_user(role: str = "reviewer", **fields: Any) -> User:
    """A user in the group of this role; administrators are superusers as well. The password is "secret"."""
    n = next(_numbers)
    fields = {"username": f"{role}{n}", "email": f"{role}{n}@newsroom.example", "is_staff": True} | fields
    user: User = User.objects.create_user(password="secret", is_superuser=role == "administrator", **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """An article that is ready: extracted, with no claims yet."""
    fields = {
        "title": "Harbour bridge to reopen",
        "published_on": date(2026, 3, 2),
        "language": "en",
        "text_hash": drafts.text_key(text),
        "work_state": Article.State.DONE,
        "added_at": NOW,
        "not_before": NOW,
    } | fields
    return Article.objects.create(text=text, **fields)


def make_claim(article: Article | None = None, *, passage: str = "", **fields: Any) -> Claim:
    """A claim; with an article, at the passage (default: its first sentence)."""
    text = fields.pop("text", f"The harbour bridge number {next(_numbers)} is closed.")
    fields = {"kind": "status", "state": "in_progress", "created_at": NOW} | fields
    claim = Claim.objects.create(text=text, text_key=drafts.text_key(text), **fields)
    if article is not None:
        start = article.text.index(passage) if passage else 0
        end = start + len(passage) if passage else article.text.index(".") + 1
        Appearance.objects.create(
            claim=claim, article=article, wording=text, **drafts.place(article, start, end)
        )
    return claim


def make_source(**fields: Any) -> Source:
    n = next(_numbers)
    fields = {
        "url": f"https://records.example/{n}",
        "title": f"Record {n}",
        "added_at": NOW,
        "not_before": NOW,
        "work_state": Source.State.DONE,
    } | fields
    return Source.objects.create(**fields)


def make_snapshot(
    source: Source | None = None, text: str = "The bridge is closed.", *, at: datetime = NOW, **fields: Any
) -> Snapshot:
    """A snapshot of a page that says this text; what else of the answer matters, by the name in Fetched."""
    url = source.url if source else "https://gazette.example/bridge"
    fields = {"url": url, "status": 200, "content_type": "text/html", "headers": {}} | fields
    fetched = Fetched(**{"body": f"<p>{text}</p>".encode(), **fields})
    return store_snapshot(fetched=fetched, text=text, at=at, source=source)


def make_evidence(claim: Claim, **fields: Any) -> Evidence:
    fields = {"stance": "supports", "quote": "The bridge is closed.", "added_at": NOW} | fields
    source = fields.pop("source", None) or make_source()
    added_by = fields.pop("added_by", None) or make_user()
    return Evidence.objects.create(claim=claim, source=source, added_by=added_by, **fields)


def propose(
    claim: Claim, rating: str = "true", *, by: User | None = None, at: datetime = NOW, **fields: Any
) -> Proposal:
    """A submitted verdict that waits for review."""
    latest = claim.latest_number
    if fields.get("change") == "our_error":
        fields = {"correction": "We had misread the record."} | fields
    fields = {
        "follows": latest,
        "reason": "The council's record says so.",
        "change": "new_evidence" if latest else "first",
        "applies_from": date(2026, 3, 1),
    } | fields
    return verdicts.submit(claim=claim, rating=rating, by=by or make_user(), at=at, **fields)


def publish(
    claim: Claim,
    rating: str = "true",
    *,
    by: User | None = None,
    approved_by: User | None = None,
    override: str = "",
    at: datetime = NOW,
    **fields: Any,
) -> Verdict:
    """A published verdict: submitted by one person, approved by another who has seen all evidence."""
    proposal = propose(claim, rating, by=by, at=at, **fields)
    seen = claim.evidence.values_list("pk", flat=True)
    by = approved_by or make_user("editor")
    return review.approve(proposal=proposal, override=override, seen=seen, by=by, at=at)


def set_gate(rating: str, sources: int) -> None:
    """Let a rating need this many independent sources."""
    RatingGate.objects.filter(rating=rating).update(sources=sources)


def withdraw(claim: Claim, *, by: User | None = None, at: datetime = NOW, **fields: Any) -> Verdict:
    """A published withdrawal, by default of all days from 1 March 2026 on."""
    fields = {
        "follows": claim.latest_number, "reason": "The record is no record.", "applies_from": date(2026, 3, 1)
    } | fields  # fmt: skip
    proposal = verdicts.submit_withdrawal(claim=claim, by=by or make_user(), at=at, **fields)
    return review.approve(proposal=proposal, by=make_user("editor"), at=at)


def key_for(user: User, *scopes: str) -> str:
    """An API key of this user; all scopes unless some are given."""
    _, key = keys.create(owner=user, name="test", scopes=scopes or ("read", "write", "publish"), at=NOW)
    return key


def days(n: float) -> timedelta:
    return timedelta(days=n)
