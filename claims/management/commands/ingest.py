"""Add an article from a file, an address or standard input, and extract its claims."""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console

from claims import intake
from claims.errors import Refused
from claims.models import Article, User

# Seconds between two looks while a worker has the article.
POLL = 0.5


class Command(BaseCommand):
    help = "Add an article and extract its claims, here or in a worker that is quicker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", help="a .txt or .html file, an http(s) address, or - for text on standard input"
        )
        parser.add_argument(
            "--by", help="user name of the person who adds it (default: the first administrator)"
        )
        parser.add_argument("--title", default="")
        parser.add_argument("--date", type=_day, help="publication day, YYYY-MM-DD")
        parser.add_argument("--publisher", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        details = {
            "title": options["title"],
            "published_on": options["date"],
            "publisher": options["publisher"],
        }
        try:
            article, new = _add(options["what"], _person(options["by"]), details)
            article = _wait(article)
        except Refused as refused:
            raise CommandError(f"{refused.field or options['what']}: {refused.message}") from refused
        except OSError as error:
            raise CommandError(f"{options['what']}: {error.strerror}") from error
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
