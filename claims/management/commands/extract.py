"""Show the claims of an article without storing anything: no database is needed."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import Document, Extraction
from claims.extractor import extract
from sources.addresses import BadAddress
from sources.fetching import FetchError, fetch
from sources.reading import Page, Unreadable, decode, read_html, read_page, read_text

LARGEST = 5_000_000  # bytes


class Command(BaseCommand):
    help = "Print the claims of a text, a page or an address, and why each other sentence gave none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", help="a .txt or .html file, an http(s) address, or - for text on standard input"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--title", default="", help="headline (default: read from the text)")
        parser.add_argument(
            "--date", type=_day, help="publication day, YYYY-MM-DD (default: read from the text)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        page = _read(options["what"])
        document = Document(
            text=page.text,
            title=options["title"] or page.title,
            published_on=options["date"] or page.published_on,
            language=page.language or "en",
        )
        extraction = extract(document)
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(extraction), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_as_text(extraction))


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _read(what: str) -> Page:
    """The page behind a file name, an address or "-"; CommandError says in one line what is wrong."""
    try:
        if what.startswith(("http://", "https://")):
            fetched = fetch(what)
            return read_page(fetched.body, fetched.content_type, url=fetched.url)
        raw = sys.stdin.buffer.read(LARGEST + 1) if what == "-" else _file(Path(what))
        if len(raw) > LARGEST:
            raise CommandError(f"{what}: larger than {LARGEST // 1_000_000} MB")
        return read_html(raw) if what.lower().endswith((".html", ".htm")) else read_text(decode(raw))
    except Unreadable as unreadable:
        raise CommandError(f"{what}: {unreadable.message}") from unreadable
    except (FetchError, BadAddress) as error:
        raise CommandError(f"{what}: {error}") from error
    except OSError as error:
        raise CommandError(f"{what}: {error.strerror}") from error


def _file(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _as_json(extraction: Extraction) -> dict[str, Any]:
    return {
        "claims": [asdict(claim) for claim in extraction.claims],
        "skipped": [asdict(skipped) for skipped in extraction.skipped],
    }


def _as_text(extraction: Extraction) -> str:
    lines = []
    for claim in extraction.claims:
        said = f"   said by {claim.claimant}" if claim.claimant else ""
        when = f"   when {claim.when}" if claim.when else ""
        lines.append(f"{claim.score:.2f} {claim.kind:10} {claim.text}{said}{when}")
    lines.append("")
    lines += [f"skipped, {skipped.reason}: {skipped.sentence}" for skipped in extraction.skipped]
    lines.append(f"{len(extraction.claims)} claims, {len(extraction.skipped)} sentences skipped")
    return "\n".join(lines)
