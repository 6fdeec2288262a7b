"""After the storm: whether all that was told is there, and nothing is there twice. Each fault in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg

from tests.chaos.load import Told
from tests.chaos.sink import Sink
from tests.operations.conftest import Site

# What must come to none by itself once the killing ends.
UNDONE = {
    "article to extract": "claims_article WHERE work_state IN ('queued', 'running')",
    "mail to send": "claims_reminder WHERE work_state IN ('queued', 'running')",
    "due re-check without its reminders": (
        "claims_recheck r WHERE closed_at IS NULL AND due_at <= now() + interval '9 s'"
        " AND NOT EXISTS (SELECT FROM claims_reminder m WHERE m.recheck_id = r.id)"
    ),
}
# What must never be there.
WRONG = {
    "work that failed": "SELECT id, failure FROM claims_article WHERE work_state = 'failed'"
    " UNION ALL SELECT id, failure FROM claims_reminder WHERE work_state = 'failed'",
    "a claim whose verdicts have gaps": "SELECT claim_id, array_agg(number ORDER BY number)"
    " FROM claims_verdict GROUP BY claim_id HAVING max(number) <> count(*) OR min(number) <> 1",
    "an approved proposal without its one verdict": "SELECT p.id, count(v.id) FROM claims_proposal p"
    " LEFT JOIN claims_verdict v ON v.proposal_id = p.id"
    " WHERE p.state = 'approved' GROUP BY p.id HAVING count(v.id) <> 1",
    "a claim with more than one open re-check": "SELECT claim_id, count(*) FROM claims_recheck"
    " WHERE closed_at IS NULL GROUP BY claim_id HAVING count(*) > 1",
    "a published claim without a re-check": "SELECT id, text FROM claims_claim c WHERE state = 'published'"
    " AND NOT EXISTS (SELECT FROM claims_recheck r WHERE r.claim_id = c.id AND r.closed_at IS NULL)",
    "a reminder that is not there once for each channel": "SELECT recheck_id, array_agg(channel::text)"
    " FROM claims_reminder GROUP BY recheck_id, person_id"
    " HAVING array_agg(channel::text ORDER BY channel) <> '{email,inbox}'",
    "a reminder before its time": "SELECT m.id, m.created_at, r.due_at FROM claims_reminder m"
    " JOIN claims_recheck r ON r.id = m.recheck_id WHERE m.created_at < r.due_at",
    "an article whose claim is there twice": "SELECT article_id, start, wording, count(*)"
    " FROM claims_appearance GROUP BY article_id, start, wording HAVING count(*) > 1",
    "an article without a claim": "SELECT id, text FROM claims_article a WHERE work_state = 'done'"
    " AND NOT EXISTS (SELECT FROM claims_appearance p WHERE p.article_id = a.id)",
}
MAILS = "SELECT id, sent_at IS NOT NULL FROM claims_reminder WHERE channel = 'email'"


def undone(site: Site) -> list[str]:
    """What is still to be done; what the database says where it cannot be asked."""
    try:
        left = [(name, site.ask(f"SELECT count(*) FROM {rows}")[0][0]) for name, rows in UNDONE.items()]
    except psycopg.OperationalError as error:
        return [str(error)]
    return [f"{number} × {name}" for name, number in left if number]


def faults(site: Site, told: Told, sink: Sink) -> Iterator[str]:
    for what, query in WRONG.items():
        for row in site.ask(query):
            yield f"{what}: {row}"
    yield from lost(site, told)
    yield from astray(site, sink)
    proof = site.command("verify_history")
    if proof.returncode:
        yield f"verify_history: {proof.stdout}{proof.stderr}"


def lost(site: Site, told: Told) -> Iterator[str]:
    """Of all that was told, what is not there, or is there with other words."""
    texts = dict(site.ask("SELECT id, text FROM claims_article"))
    for id, text in told.articles.items():
        if texts.get(id) != text:
            yield f"article {id} has {texts.get(id)!r}, not {text!r}"
    rows = site.ask("SELECT id, claim_id, rating, reason, follows FROM claims_proposal")
    proposals = {id: (claim, rating, reason, follows) for id, claim, rating, reason, follows in rows}
    for id, body in told.proposals.items():
        if proposals.get(id) != tuple(body[name] for name in ("claim", "rating", "reason", "follows")):
            yield f"proposal {id} has {proposals.get(id)}, not {body}"
    hashes = {
        (proposal, number): hash
        for proposal, number, hash in site.ask("SELECT proposal_id, number, hash FROM claims_verdict")
    }
    for id, verdict in told.verdicts.items():
        if hashes.get((id, verdict["number"])) != verdict["hash"]:
            yield f"the verdict told as no. {verdict['number']} of proposal {id} is not there"
    rechecks = {
        id: (outcome, why) for id, outcome, why in site.ask("SELECT id, outcome, why FROM claims_recheck")
    }
    for id, recheck in told.moved.items():
        if rechecks.get(id, ("", ""))[1] != recheck["why"]:
            yield f"the re-check {id} that was told is not there"
    for id, recheck in told.closed.items():
        if rechecks.get(id, ("", ""))[0] != recheck["outcome"]:
            yield f"re-check {id} has {rechecks.get(id)}, not the outcome told: {recheck['outcome']}"


def astray(site: Site, sink: Sink) -> Iterator[str]:
    """Mails that never came, that no reminder is about, or that came twice as different mails."""
    mails, came = dict(site.ask(MAILS)), set()
    for message, copies in sink.mails.items():
        number = re.search(r"reminder-(\d+)@", message)
        came.add(int(number[1]) if number else 0)
        if len(set(copies)) > 1:
            yield f"{message} came as {len(set(copies))} different mails"
    if len(came) != len(sink.mails):
        yield "two Message-IDs name the same reminder"
    for id in {id for id, sent in mails.items() if sent} - came:
        yield f"the mail of reminder {id} never came"
    for id in came - mails.keys():
        yield f"a mail came, and there is no reminder {id}"
