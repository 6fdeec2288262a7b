"""Score extraction on articles whose ideal claims are known."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from claims.evaluation import ArticleScore, BadGold, Counts, measures, read_folder, score
from claims.extractor import extract

Row = tuple[str, Counts]
# Of the measures, those that a line has room for; the total is given in all of them.
PER_ARTICLE = ("coverage", "precision", "standalone", "claimant", "usable_f1")


class Command(BaseCommand):
    help = "Extract the claims of each article of a folder and score them against its ideal claims."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "gold", metavar="GOLD_DIR", type=Path, help="folder of articles, a .json file each"
        )
        parser.add_argument("--json", action="store_true", help="print the scores as JSON")
        parser.add_argument("--errors", action="store_true", help="list what is wrong and what was missed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            articles = read_folder(options["gold"])
        except BadGold as bad:
            raise CommandError(str(bad)) from bad
        with Console(stderr=True).status("Extracting …"):
            scores = [score(article, extract(article.document).claims) for article in articles]
        total = sum((one.counts for one in scores), Counts())
        if options["json"]:
            self.stdout.write(
                json.dumps(_as_json(scores, total, options["errors"]), ensure_ascii=False, indent=1)
            )
            return
        if options["errors"]:
            self.stdout.write("\n".join(line for one in scores for line in _errors(one)))
            self.stdout.write()
        rows = [*((one.article.name, one.counts) for one in scores), ("total", total)]
        self.stdout.write(_as_table(rows) if self.stdout.isatty() else _as_text(_cells(rows)))
        self.stdout.write()
        self.stdout.write(
            _as_text([[_words(name), f"{share:.3f}"] for name, share in measures(total).items()])
        )


def _as_json(scores: Iterable[ArticleScore], total: Counts, with_errors: bool) -> dict[str, Any]:
    articles = {
        one.article.name: _numbers(one.counts) | ({"errors": _found(one)} if with_errors else {})
        for one in scores
    }
    return {"articles": articles, "total": _numbers(total)}


def _numbers(counts: Counts) -> dict[str, float]:
    return {"claims": counts.predictions} | measures(counts)


def _found(scored: ArticleScore) -> list[dict[str, Any]]:
    wrong = [{"claim": one.claim.text, "faults": one.faults} for one in scored.judgements if one.faults]
    return wrong + [{"claim": one.text, "faults": ("missed",)} for one in scored.missed]


def _errors(scored: ArticleScore) -> list[str]:
    return [scored.article.name] + [f"  {', '.join(one['faults'])}: {one['claim']}" for one in _found(scored)]


def _cells(rows: list[Row]) -> list[list[str]]:
    """A heading, then a line for each row: its name, the number of claims, some measures."""
    return [["article", "claims", *(_words(name) for name in PER_ARTICLE)]] + [
        [name, str(counts.predictions), *(f"{measures(counts)[each]:.3f}" for each in PER_ARTICLE)]
        for name, counts in rows
    ]


def _words(measure: str) -> str:
    return measure.replace("_", " ")


def _as_table(rows: list[Row]) -> str:
    (name, *numbers), *lines = _cells(rows)
    table = Table(name)
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines[:-1]:
        table.add_row(*line)
    table.add_section()
    table.add_row(*lines[-1], style="bold")
    console = Console(force_terminal=True)
    with console.capture() as shown:
        console.print(table)
    return shown.get()


def _as_text(lines: list[list[str]]) -> str:
    """Columns under each other: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines
    )
