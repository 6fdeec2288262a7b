"""Add articles from files, folders, an address or standard input, and extract their claims."""

import sys
import time
from argparse import RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.utils import timezone
from rich.console import Console

from claims import bulk, intake
from claims.errors import Refused
from claims.management.ingesting import Tally, ingest
from claims.models import Article, User

# Seconds between two looks while a worker has the article.
POLL = 0.5


LINES_HELP = """\
An .ndjson or .jsonl file has one article a line, a JSON object with these fields, all of them texts:

  text          the article's own words, or
  html          its page; where neither is given, the url is fetched
  url           its address
  title         what is not given is read from the page
  published_on  YYYY-MM-DD
  publisher
  language      such as en

  {"title": "Bridge to reopen", "published_on": "2026-03-02", "text": "The harbour bridge …"}

Many articles are extracted on all cores. Where it was stopped or killed, the same command goes on:
what is known already is neither added nor extracted again. What cannot be added is listed at the
end, and the exit code is then 1.
"""


class HelpFormatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    pass


class Command(BaseCommand):
    help = "Add articles and extract their claims, here or in a worker that is quicker."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs |= {"epilog": LINES_HELP, "formatter_class": HelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", nargs="+",
            help="a .txt, .html or .ndjson file, a folder of them, several of these; or an http(s) address;"
            " or - for text on standard input",
        )  # fmt: skip
        parser.add_argument(
            "--by", help="user name of the person who adds it (default: the first administrator)"
        )
        parser.add_argument("--title", default="", help="of a single article")
        parser.add_argument("--date", type=_day, help="publication day, YYYY-MM-DD")
        parser.add_argument("--publisher", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        what, by = options["what"], _person(options["by"])
        paths = [Path(name) for name in what]
        if len(paths) > 1 or paths[0].is_dir() or paths[0].suffix.lower() in bulk.LINES:
            if options["title"]:
                raise CommandError("--title: only for a single article.")
            self._many(paths, by, options)
        else:
            self._one(what[0], by, options)

    def _many(self, paths: list[Path], by: User, options: dict[str, Any]) -> None:
        day, publisher = options["date"], options["publisher"]

        def add(entry: bulk.Entry) -> tuple[Article, bool]:
            return bulk.add(entry, by=by, at=timezone.now(), published_on=day, publisher=publisher)

        try:
            found = list(bulk.files(paths))
            total = sum(1 for _ in bulk.entries(found))
            tally = ingest(bulk.entries(found), total, add)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command goes on from here.", returncode=130) from None
        self._tell(tally)

    def _tell(self, tally: Tally) -> None:
        self.stdout.write(
            f"{tally.done:,} of {tally.total:,} articles are in, {tally.known:,} of them known before."
        )
        if tally.faults:
            lines = "\n".join(tally.faults)
            raise CommandError(f"{len(tally.faults):,} could not be taken in:\n{lines}")

    def _one(self, what: str, by: User, options: dict[str, Any]) -> None:
        details = {
            "title": options["title"],
            "published_on": options["date"],
            "publisher": options["publisher"],
        }
        try:
            article, new = _add(what, by, details)
            article = _wait(article)
        except Refused as refused:
            raise CommandError(f"{refused.field or what}: {refused.message}") from refused
        except OSError as error:
            raise CommandError(f"{what}: {error.strerror}") from error
        if article.state == "failed":
            raise CommandError(f"Article {article.pk}: {article.failure}")
        if article.failure:
            raise CommandError(f"Article {article.pk}: {article.failure} The worker will try again.")
        known = "" if new else " (known already)"
        count = article.appearances.count()
        self.stdout.write(
            f"Article {article.pk}{known}: {article}, {count} claims, {len(article.skipped)} skipped"
        )


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _person(username: str | None) -> User:
    people = User.objects.filter(is_active=True)
    person = people.filter(username=username) if username else people.filter(is_superuser=True)
    found = person.order_by("pk").first()
    if found is None:
        raise CommandError(
            f"--by: there is no active user “{username}”." if username else "--by: name a user."
        )
    return found


def _add(what: str, by: User, details: dict[str, Any]) -> tuple[Article, bool]:
    at = timezone.now()
    if what == "-":
        return intake.add_upload(by=by, at=at, name="stdin.txt", content=sys.stdin.buffer.read(), **details)
    if what.lower().startswith(("http://", "https://")):
        return intake.add_article(by=by, at=at, url=what, **details)
    path = Path(what)
    return intake.add_upload(by=by, at=at, name=path.name, content=path.read_bytes(), **details)


def _wait(article: Article) -> Article:
    """Work articles off until this one is done, here or by a worker that is quicker, or has failed once."""
    with Console(stderr=True).status("Reading and extracting …"):
        while article.state in ("fetching", "extracting") and article.failure == "":
            if not intake.work_article(at=timezone.now()):
                time.sleep(POLL)
            article.refresh_from_db()
    return article.duplicate_of or article
