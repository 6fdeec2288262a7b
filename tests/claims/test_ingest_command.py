"""An article is added from the command line, with or without a worker running."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims import intake
from claims.models import Article
from sources.fetching import Fetched, FetchError
from tests.factories import TEXT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator(db: None) -> None:
    make_user("administrator", username="boss")


def ingest(*args: str) -> str:
    out = StringIO()
    call_command("ingest", *args, stdout=out)
    return out.getvalue()


def test_a_file_becomes_claims(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT)
    said = ingest(
        str(path), "--date", "2026-03-02", "--title", "The bridge", "--publisher", "Harbour Gazette"
    )
    article = Article.objects.get()
    assert f"{article.appearances.count()} claims" in said
    assert (str(article), str(article.publisher), article.added_by.username) == (
        "The bridge",
        "Harbour Gazette",
        "boss",
    )
    assert "known already" in ingest(str(path))


def test_an_address_that_does_not_answer_is_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str) -> Fetched:
        raise FetchError("time_out", "The site did not answer in time.", final=False)

    monkeypatch.setattr(intake, "fetch", fetch)
    with pytest.raises(CommandError, match=r"did not answer in time\. The worker"):
        ingest("https://slow.example/")
    assert Article.objects.get().state == "fetching"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["missing.txt"], "No such file"),
        (["picture.png"], "not a .txt or .html file"),
        (["http://127.0.0.1/"], "public internet"),
        (["-", "--by", "nobody"], "no active user “nobody”"),
    ],
)
def test_what_cannot_be_added_is_one_clear_line(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(CommandError, match=said):
        ingest(*args)
    assert not Article.objects.exists()
