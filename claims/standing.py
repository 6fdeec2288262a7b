"""Which claim stands for which: one that was merged is answered for by the claim it was merged into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection
from django.utils.text import Truncator

from claims.errors import Conflict
from claims.models import Claim

# From each claim along its merges to the last, all of them in one query.
CHAINS = """
    WITH RECURSIVE chain AS (
        SELECT id AS first, id, merged_into_id, merged_at, 0 AS steps FROM claims_claim WHERE id = ANY(%s)
        UNION ALL
        SELECT chain.first, next.id, next.merged_into_id, next.merged_at, chain.steps + 1
        FROM chain JOIN claims_claim next ON next.id = chain.merged_into_id
        WHERE chain.merged_at <= %s
    )
    SELECT DISTINCT ON (first) first, id FROM chain ORDER BY first, steps DESC
"""
# Against their direction: all that lead to a claim.
SOURCES = """
    WITH RECURSIVE source AS (
        SELECT id FROM claims_claim WHERE merged_into_id = %s
        UNION
        SELECT further.id FROM source JOIN claims_claim further ON further.merged_into_id = source.id
    )
    SELECT id FROM source
"""
EVER = datetime.max.replace(tzinfo=UTC)


def ends(ids: Iterable[int], *, known_at: datetime = EVER) -> dict[int, int]:
    """For each claim's id that of the claim that stood for it at `known_at`; its own where not merged."""
    with connection.cursor() as cursor:
        cursor.execute(CHAINS, [list(ids), known_at])
        return dict(cursor.fetchall())


def end_of(claim: Claim, *, known_at: datetime = EVER) -> int:
    """The id of the claim that stood for this one at `known_at`."""
    return ends([claim.pk], known_at=known_at)[claim.pk] if claim.merged_into_id else claim.pk


def merged_into(claim: Claim) -> list[int]:
    """The ids of all that the claim stands for, merged into it at once or by way of others."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [claim.pk])
        return [row[0] for row in cursor.fetchall()]


def check(claim: Claim) -> None:
    """Refuse to write to a claim that was merged; the Conflict's `merged_into` is where to write instead."""
    if claim.merged_into_id is None:
        return
    target = Claim.objects.only("text").get(pk=end_of(claim))
    words = f"This claim was merged into claim {target.pk}, “{Truncator(target.text).chars(120)}”. Go there."
    raise Conflict("merged", words, merged_into=target.pk)
