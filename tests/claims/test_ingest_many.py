"""Many articles are added from the command line: what is bad is listed, what is known is not done again."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from claims import bulk, intake
from claims.management import ingesting
from claims.management.commands import work_articles
from claims.models import Appearance, Article
from tests.factories import make_user

pytestmark = pytest.mark.django_db


class WorkerHere:
    """Stands for a process that extracts: one article whenever it is looked at."""

    def look(self) -> str:
        intake.work_article(at=timezone.now())
        return ""


@pytest.fixture(autouse=True)
def worker(db: None, monkeypatch: pytest.MonkeyPatch) -> WorkerHere:
    make_user("administrator", username="boss")
    worker = WorkerHere()
    monkeypatch.setattr(ingesting, "workers", lambda total: [worker])
    monkeypatch.setattr(ingesting, "stop", lambda children: None)
    monkeypatch.setattr(ingesting, "POLL", 0)
    return worker


def ingest(*args: Path | str) -> str:
    out = StringIO()
    call_command("ingest", *map(str, args), stdout=out)
    return out.getvalue()


def story(n: int, **fields: Any) -> dict[str, Any]:
    text = f"The ferry number {n} sank near Norvik on Monday. Its owner paid {n}00 euros to the port."
    return {"title": f"Ferry {n} sinks", "text": text} | fields


def lines(path: Path, *articles: object) -> Path:
    path.write_text("\n".join(a if isinstance(a, str) else json.dumps(a) for a in articles))
    return path


def test_each_line_of_a_file_becomes_an_article(tmp_path: Path) -> None:
    first = story(1, url="https://daily.example/1", published_on="2026-02-03", publisher="Norvik Daily")
    page = "<html><body><p>The harbour bridge was closed on Monday because of a flood.</p></body></html>"
    path = lines(tmp_path / "news.ndjson", first, "", story(2), {"title": "A page", "html": page})
    said = ingest(path, "--publisher", "Harbour Gazette", "--date", "2026-03-02")
    assert "3 of 3 articles are in, 0 of them known before" in said
    article = Article.objects.get(title="Ferry 1 sinks")
    assert (article.url, article.published_on, str(article.publisher)) == (
        "https://daily.example/1", date(2026, 2, 3), "Norvik Daily",
    )  # fmt: skip
    assert article.appearances.exists()
    others = Article.objects.exclude(pk=article.pk)
    assert {str(a.publisher) for a in others} == {"Harbour Gazette"}
    assert {a.published_on for a in others} == {date(2026, 3, 2)}


def test_a_folder_is_read_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "ferry.txt").write_text(story(1)["text"])
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    lines(tmp_path / "more.jsonl", story(2), story(3))
    assert "3 of 3 articles are in" in ingest(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line: This is no JSON"),
        ("[1]", "line: Give one object, such as"),
        (story(1, author="Ines"), "author: There is no such field; there are url, title"),
        (story(1, title=5), "title: Give a text in quotation marks"),
        (story(1, published_on="June 5"), "published_on: “June 5” is no day; give YYYY-MM-DD"),
        (story(1, published_on="2999-01-01"), "published_on: 2999-01-01 is in the future"),
        ({"title": "Nothing"}, "text: Give text or html, or a url to fetch"),
        ({"text": "Short."}, "text: This is too short to make a claim"),
        (story(1, html="<p>x</p>"), "html: Give the text or the HTML, not both"),
        ('{"text": "\\ud800"}', "line: This is no JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_taken(line: object, said: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "news.ndjson", line, story(7))
    with pytest.raises(CommandError) as caught:
        ingest(path)
    assert f"news.ndjson, line 1: {said}" in str(caught.value)
    assert (str(caught.value)[:23], caught.value.returncode) == ("1 could not be taken in", 1)
    assert Article.objects.get().title == "Ferry 7 sinks"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    path = lines(tmp_path / "news.ndjson", story(1))
    with pytest.raises(CommandError, match=r"missing\.txt: file: No such file"):
        ingest(tmp_path / "missing.txt", path)
    assert Article.objects.get().state == "ready"


def test_an_article_that_cannot_be_extracted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = intake.extract

    def stumble(document: Any, **options: Any) -> Any:
        if "number 1 " in document.text:
            raise RuntimeError
        return extract(document, **options)

    monkeypatch.setattr(intake, "extract", stumble)
    path = lines(tmp_path / "news.ndjson", story(1), story(2))
    with pytest.raises(CommandError, match=r"news\.ndjson, line 1: article \d+: Something went wrong"):
        ingest(path)
    assert Article.objects.get(title="Ferry 2 sinks").state == "ready"


def test_the_same_once_more_adds_and_extracts_nothing(tmp_path: Path) -> None:
    path = lines(tmp_path / "news.ndjson", story(1), story(2), story(1))
    assert "3 of 3 articles are in" in ingest(path)
    found = set(Appearance.objects.values_list("pk", flat=True))
    assert found
    assert "3 of 3 articles are in, 3 of them known before" in ingest(path)
    assert set(Appearance.objects.values_list("pk", flat=True)) == found
    assert list(Article.objects.values_list("attempts", flat=True)) == [1, 1]


def test_ctrl_c_says_how_to_go_on_and_the_next_run_does(
    tmp_path: Path, worker: WorkerHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "news.ndjson", story(1), story(2))
    for interrupt in (signal.SIGINT, signal.SIGTERM):
        monkeypatch.setattr(
            worker, "look", lambda number=interrupt: os.kill(os.getpid(), number), raising=False
        )
        with pytest.raises(CommandError, match="The same command goes on from here") as caught:
            ingest(path)
        assert caught.value.returncode == 130
    monkeypatch.undo()
    intake.work_article(at=timezone.now())
    monkeypatch.setattr(ingesting, "workers", lambda total: [WorkerHere()])
    monkeypatch.setattr(ingesting, "stop", lambda children: None)
    assert "2 of 2 articles are in, 1 of them known before" in ingest(path)


def test_a_database_that_is_away_for_a_moment_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, answers = bulk.add, iter([OperationalError("gone"), None, None])

    def shaky(*args: Any, **options: Any) -> tuple[Article, bool]:
        if fault := next(answers):
            raise fault
        return add(*args, **options)

    connection = Mock()
    monkeypatch.setattr(ingesting, "connection", connection)
    monkeypatch.setattr(bulk, "add", shaky)
    assert "2 of 2 articles are in" in ingest(lines(tmp_path / "news.ndjson", story(1), story(2)))
    assert connection.close.call_count == 1


def test_a_title_for_many_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="only for a single article"):
        ingest(tmp_path, "--title", "All of them")


def test_a_terminal_shows_a_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ingest(lines(tmp_path / "news.ndjson", story(1)))
    assert "1 of 1 done, 0 failed" in capsys.readouterr().err


def test_elsewhere_a_line_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ingesting, "LINE_EVERY", 0)
    ingest(lines(tmp_path / "news.ndjson", story(1), story(2)))
    assert "1 of 2 done, 0 failed" in capsys.readouterr().err


def test_the_tally_tells_speed_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    tally = ingesting.Tally(1000, began=0, done=150, known=50, faults=["one"])
    monkeypatch.setattr(ingesting.time, "monotonic", lambda: 50)
    assert str(tally) == "150 of 1,000 done, 1 failed, 2.0 a second, 7:04 left"


@pytest.fixture
def own_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_process_extracts_until_it_is_told_to_stop(
    own_signals: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_two()
    monkeypatch.setattr(work_articles.time, "sleep", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    call_command("work_articles")
    assert {a.state for a in Article.objects.all()} == {"ready"}


def test_a_process_that_has_grown_too_large_ends(own_signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    add_two()
    sizes = iter([work_articles.MOST_MEMORY - 1, work_articles.MOST_MEMORY])
    monkeypatch.setattr(work_articles, "_memory", lambda: next(sizes))
    call_command("work_articles")
    assert sorted(a.state for a in Article.objects.all()) == ["extracting", "ready"]


def test_memory_is_told_in_bytes() -> None:
    assert 10_000_000 < work_articles._memory() < 10_000_000_000


def add_two() -> None:
    by: Callable[..., Any] = make_user
    for n in (1, 2):
        intake.add_article(by=by(), at=timezone.now(), text=story(n)["text"])
