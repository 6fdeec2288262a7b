"""How long "where do these 100 claims stand, as of a day, as known at a moment?" takes among many verdicts.

    .venv/bin/python -m benchmarks.statuses [VERDICTS]

VERDICTS made-up ones (default 1,000,000), ten a claim, in a database of their own beside the one in use,
dropped afterwards; needs a superuser there. One query for 100 random claims, beside one for a single claim.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from claims.models import Claim  # noqa: E402 - the models need Django set up

PER_CLAIM = 10
TOGETHER = 100
ROUNDS = 200
LIMIT = 20.0  # milliseconds
AS_OF, KNOWN_AT = date(2024, 7, 1), datetime(2024, 9, 1, 12, tzinfo=UTC)

CLAIMS = """
INSERT INTO claims_claim (id, text, text_key, kind, "when", state, unresolved, retired_why, created_at,
    last_verified_at, revision)
SELECT n, 'Bridge number ' || n || ' is closed.', md5(n::text), 'status', '', 'published', false, '',
    '2022-01-01', '2024-12-01', 1
FROM generate_series(1, %(claims)s) n
"""
# A hundred days apart, three in ten with an end, the seventh a withdrawal.
VERDICTS = """
INSERT INTO claims_verdict (claim_id, number, proposal_id, rating, label, reason, change, applies_from,
    applies_until, decided_at, decided_by_id, approved_by_id, basis, salt, words_hash, previous_hash, hash)
SELECT n, k, n * %(each)s + k,
    CASE WHEN k %% 7 = 0 THEN '' ELSE (ARRAY['true', 'false', 'unproven'])[1 + (n + k) %% 3] END,
    '', 'The record of bridge ' || n || ', page ' || k || ', says so.',
    CASE WHEN k = 1 THEN 'first' WHEN k %% 7 = 0 THEN 'withdrawal' ELSE 'new_evidence' END,
    date '2022-01-01' + k * 100 + n %% 90,
    CASE WHEN k %% 3 = 0 THEN date '2022-01-01' + k * 100 + n %% 90 + 40 END,
    timestamptz '2022-01-02' + (k * 100 + n %% 90) * interval '1 day', 1, 2, '[]', 'x', md5(k::text),
    CASE WHEN k = 1 THEN '' ELSE md5(n::text) END, md5(n::text)
FROM generate_series(1, %(claims)s) n, generate_series(1, %(each)s) k
"""


def fill(verdicts: int) -> None:
    """Only what the query reads: no people, proposals and events, hence no checks of keys."""
    values = {"claims": verdicts // PER_CLAIM, "each": PER_CLAIM}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in (CLAIMS, VERDICTS):
            cursor.execute(statement, values)
        for table in ("claims_claim", "claims_verdict"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def question(claims: list[int]) -> Any:
    rows: Any = Claim.objects.filter(pk__in=claims).with_status(as_of=AS_OF, known_at=KNOWN_AT)
    return rows.values_list("pk", "verdict_id", "rating").order_by()


def milliseconds(claims: list[int]) -> float:
    began = time.perf_counter()
    answers = list(question(claims))
    took = (time.perf_counter() - began) * 1_000
    assert len(answers) == len(claims)
    return took


def nodes(plan: dict[str, Any], depth: int = 0) -> Iterator[str]:
    name = f"{plan['Node Type']} {plan.get('Index Name', '')}".strip()
    yield f"{'  ' * depth}{name}: {plan['Actual Loops']} x {plan['Actual Rows']:.0f} rows"
    for part in plan.get("Plans", ()):
        yield from nodes(part, depth + 1)


def measure(verdicts: int) -> float:
    """Print what was found; returns the median for all claims together, in milliseconds."""
    began = time.perf_counter()
    fill(verdicts)
    print(f"{verdicts:,} verdicts of {verdicts // PER_CLAIM:,} claims in {time.perf_counter() - began:.0f} s")
    chosen = random.Random(4)
    everybody = range(1, verdicts // PER_CLAIM + 1)
    rounds = [
        (milliseconds(chosen.sample(everybody, TOGETHER)), milliseconds(chosen.sample(everybody, 1)))
        for _ in range(ROUNDS)
    ]
    together, alone = (sorted(times) for times in zip(*rounds, strict=True))
    median: float = statistics.median(together)
    most = together[int(ROUNDS * 0.95)]
    single = statistics.median(alone)
    print(f"{TOGETHER} claims in one query: {median:.2f} ms (median), {most:.2f} ms (95 in 100)")
    print(f"a single claim: {single:.2f} ms (median); {TOGETHER} take {median / single:.1f} times as long")
    found = question(chosen.sample(everybody, TOGETHER)).explain(analyze=True, format="json")
    print("\n".join(nodes(json.loads(found)[0]["Plan"])))
    return median


def main() -> None:
    connection.settings_dict["TEST"]["NAME"] = f"recheck_statuses_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        median = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    sys.exit(median > LIMIT)


if __name__ == "__main__":
    main()
