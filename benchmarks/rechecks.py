"""Whether a million scheduled re-checks slow down the reminders of those that are due; what two workers gain.

    .venv/bin/python -m benchmarks.rechecks [DUE [ALL [ROUNDS]]]

Needs DATABASE_URL, of a server where we are superuser. DUE re-checks (default 10,000) fall due in each
round: among as many that exist and among ALL (default 1,000,000), for one worker and for two, in turns; the
mails go to a mail server of its own. Two databases beside the one in use, dropped afterwards.
"""

from __future__ import annotations

import json
import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from claims import reminders  # noqa: E402 - the models need Django set up
from claims.models import Claim, Recheck, Reminder, User  # noqa: E402
from tests.chaos.sink import Sink  # noqa: E402

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PEOPLE = 20
RAW_MAILS = 2_000
MORE, WORKERS = 1.3, 1.7  # at most so much longer among all, at least so much quicker by two workers


def work() -> None:
    """One worker: told to go, it does what there is and says how long both parts took."""
    connection.ensure_connection()
    say("ready")
    sys.stdin.readline()
    began = time.perf_counter()
    while reminders.remind_due(at=NOW):
        pass
    found = time.perf_counter()
    while reminders.send_next(at=NOW):
        pass
    say(json.dumps([found - began, time.perf_counter() - found]))


def serve() -> None:
    """The mail server: says its address, then for each line that it reads how many mails came so far."""
    sink = Sink()
    say(sink.url)
    while sys.stdin.readline():
        say(str(sink.count))


def say(line: str) -> None:
    print(line, flush=True)


class Helper:
    """This program in another process, as a worker or as the mail server."""

    def __init__(self, part: str, **env: str) -> None:
        argv, pipe = [sys.executable, "-m", "benchmarks.rechecks", part], subprocess.PIPE
        self.process = subprocess.Popen(argv, env=os.environ | env, stdin=pipe, stdout=pipe, text=True)
        self.first = self.hear()

    def ask(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def databases() -> Iterator[tuple[str, str]]:
    """The names of two databases of their own, dropped at the end; the connection leads to the first."""
    few = f"recheck_rechecks_{os.getpid()}"
    many = f"{few}_many"
    connection.settings_dict["TEST"]["NAME"] = few
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    try:
        server_does(f'CREATE DATABASE "{many}" TEMPLATE "{few}"')
        yield few, many
    finally:
        lead_to(few)
        server_does(f'DROP DATABASE IF EXISTS "{many}" WITH (FORCE)')
        connection.creation.destroy_test_db(few, verbosity=0)


def server_does(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def multiply(row: models.Model, numbers: range, **columns: str) -> None:
    """Rows like this one, by SQL, with these columns as expressions of n; no triggers, no checks of keys."""
    table = row._meta.db_table
    kept = [field.column for field in row._meta.concrete_fields if field.column and not field.generated]
    same = [f'"{column}"' for column in kept if column not in columns]
    names = ", ".join([*columns, *same])
    values = ", ".join([*columns.values(), *(f"r.{column}" for column in same)])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} r,"
            f" generate_series({numbers.start}, {numbers.stop - 1}) n WHERE r.id = {row.pk}"
        )
        cursor.execute("SET session_replication_role = DEFAULT")


def people() -> list[User]:
    return [
        User.objects.create_user(f"reviewer{n}", f"reviewer{n}@newsroom.example")
        for n in range(1, PEOPLE + 1)
    ]


def fill(number: int) -> None:
    """So many published claims, each with its re-check at some time of the coming year."""
    first = Claim.objects.create(
        text="Bridge number 1 is closed.",
        text_key="1",
        kind="status",
        state="published",
        created_at=NOW,
        last_verified_at=NOW,
    )
    text = "'Bridge number ' || n || ' is closed.'"
    multiply(first, range(2, number + 1), id="n", text=text, text_key="md5(n::text)")
    assignees = people()
    due = NOW + timedelta(days=1)
    only = Recheck.objects.create(
        claim=first, due_at=due, rule="status", why="It may change.", assignee=assignees[0], created_at=NOW
    )
    multiply(
        only, range(2, number + 1), id="n", claim_id="n",
        due_at="r.due_at + (n % 8760) * interval '1 hour'", assignee_id=f"r.assignee_id + n % {PEOPLE}",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("claims_claim", "claims_recheck"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def let_fall_due(number: int) -> None:
    """So many fall due in the last hour, as if none had ever been before."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE claims_reminder")
        cursor.execute("DELETE FROM claims_recheck WHERE id > 1 AND id <= %s + 1", [number])
        cursor.execute("SET session_replication_role = DEFAULT")
    due = f"timestamptz '{NOW.isoformat()}' - (n % 3600) * interval '1 second'"
    only = Recheck.objects.get(pk=1)
    assignee = f"r.assignee_id + n % {PEOPLE}"
    multiply(only, range(2, number + 2), id="n", claim_id="n", due_at=due, assignee_id=assignee)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) claims_recheck")


def run(workers: int, due: int, mail: str) -> tuple[float, float, float]:
    """Seconds until all is done, and of it, in the slowest worker, to find and to send."""
    let_fall_due(due)
    url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    helpers = [Helper("work", DATABASE_URL=url, EMAIL_URL=mail) for _ in range(workers)]
    began = time.perf_counter()
    for helper in helpers:
        helper.ask()
    parts = [json.loads(helper.hear()) for helper in helpers]
    took = time.perf_counter() - began
    for helper in helpers:
        helper.end()
    sent = Reminder.objects.filter(channel="email").exclude(sent_at=None)
    assert (sent.count(), Reminder.objects.filter(channel="inbox").count()) == (due, due)
    return took, max(part[0] for part in parts), max(part[1] for part in parts)


def raw_limit(mail: str, *, keep: bool) -> float:
    """Mails a second that this process gets rid of, over one connection or over one each."""
    port = int(mail.rpartition(":")[2])
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@here.example", "b@here.example", "Look again"
    letter.set_content("Bridge number 1 is closed.\n" * 20)
    began = time.perf_counter()
    if keep:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for _ in range(RAW_MAILS):
                server.send_message(letter)
    else:
        for _ in range(RAW_MAILS):
            with smtplib.SMTP("127.0.0.1", port) as server:
                server.send_message(letter)
    return RAW_MAILS / (time.perf_counter() - began)


def plans() -> Iterator[str]:
    """How the database finds what is due, and the next mail to send."""
    let_fall_due(100)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        reminders.remind_due(at=NOW)
        found = [query["sql"] for query in asked if "SKIP LOCKED" in query["sql"]]
        for statement in found:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (COSTS OFF) {statement}")
                yield from (f"  {line}" for (line,) in cursor if "Scan" in line or "Cond" in line)
        transaction.set_rollback(True)


def measure(few: str, many: str, due: int, everything: int, rounds: int) -> bool:
    """Print what was found; returns whether both ratios hold."""
    began = time.perf_counter()
    for name, number in ((few, due + 1), (many, everything)):
        lead_to(name)
        fill(number)
    print(f"{due:,} and {everything:,} re-checks in {time.perf_counter() - began:.0f} s", flush=True)
    sink = Helper("serve")
    ways = {f"{due:,} exist, 1 worker": (few, 1), f"{everything:,}, 1 worker": (many, 1)}
    ways |= {f"{everything:,}, 2 workers": (many, 2)}
    took: dict[str, list[tuple[float, float, float]]] = {way: [] for way in ways}
    raw: list[tuple[float, float]] = []
    try:
        for _ in range(rounds):
            for way, (name, workers) in ways.items():
                lead_to(name)
                took[way].append(run(workers, due, sink.first))
                print(way, *(f"{seconds:.1f} s" for seconds in took[way][-1]), flush=True)
            raw.append((raw_limit(sink.first, keep=True), raw_limit(sink.first, keep=False)))
    finally:
        sink.end()
    middle = {
        way: [statistics.median(part) for part in zip(*runs, strict=True)] for way, runs in took.items()
    }
    for way, (total, find, send) in middle.items():
        print(f"{way:30} {total:6.1f} s (find {find:.1f}, send {send:.1f}), {due / total:,.0f} reminders/s")
    kept, each = (statistics.median(rates) for rates in zip(*raw, strict=True))
    print(f"the mail server alone: {kept:,.0f} mails/s over one connection, {each:,.0f} with one for each")
    alone, among_all, two = (total for total, _, _ in middle.values())
    print(f"among all: {among_all / alone:.2f} x as long (at most {MORE})")
    print(
        f"two workers: {among_all / two:.2f} x as quick as one (at least {WORKERS}), {os.cpu_count()} cores"
    )
    print("\n".join(plans()))
    return bool(among_all / alone <= MORE and among_all / two >= WORKERS)


def main() -> None:
    if sys.argv[1:] == ["work"]:
        return work()
    if sys.argv[1:] == ["serve"]:
        return serve()
    given = [int(number) for number in sys.argv[1:]]
    due, everything, rounds = given + [10_000, 1_000_000, 3][len(given) :]
    with databases() as (few, many):
        held = measure(few, many, due, everything, rounds)
    sys.exit(not held)


if __name__ == "__main__":
    main()
