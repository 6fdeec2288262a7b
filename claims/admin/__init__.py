"""The admin: for work on many rows at once, and for what the desk has no page for."""

from claims.admin import (
    articles,
    audit_page,
    claims,
    evidence,
    notifications,
    people,
    policy,
    rechecks,
    reviewing,
    verdicts,
)

__all__ = [
    "articles",
    "audit_page",
    "claims",
    "evidence",
    "notifications",
    "people",
    "policy",
    "rechecks",
    "reviewing",
    "verdicts",
]
