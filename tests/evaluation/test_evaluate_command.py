import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SPORT = Path(__file__).resolve().parents[1] / "extraction" / "articles" / "sport.json"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path):
    shutil.copy(SPORT, tmp_path)
    return tmp_path


def run(*args, out=None):
    out = out or io.StringIO()
    call_command("evaluate", *map(str, args), stdout=out)
    return out.getvalue()


def test_a_line_for_each_article_and_one_in_total_then_all_measures(folder):
    heading, sport, total, _, *rest = run(folder).splitlines()
    assert heading.split()[:3] == ["article", "claims", "coverage"]
    assert sport.split()[0] == "sport"
    assert total.split() == ["total", *sport.split()[1:]]
    assert rest[0].split() == ["coverage", total.split()[2]]
    assert len(rest) == 11


def test_a_terminal_gets_a_table_with_whole_numbers_at_80_columns(folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    total = run(folder).splitlines()[2].split()
    shown = run(folder, out=Terminal())
    assert "\x1b[" in shown
    assert all(word in shown for word in total)


def test_json_has_the_same_scores(folder):
    found = json.loads(run(folder, "--json"))
    assert found["articles"] == {"sport": found["total"]}
    assert found["total"]["claims"] > 0
    assert f"{found['total']['coverage']:.3f}" in run(folder)


def test_errors_are_listed_with_their_claims(folder):
    errors = json.loads(run(folder, "--json", "--errors"))["articles"]["sport"]["errors"]
    assert any(error["faults"] == ["missed"] for error in errors)
    listed = run(folder, "--errors")
    assert all(f"  {', '.join(error['faults'])}: {error['claim']}" in listed for error in errors)


def test_a_folder_without_articles_and_a_bad_file_are_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="no articles here"):
        run(tmp_path)
    (tmp_path / "mill.json").write_text('{"text": 3}')
    with pytest.raises(CommandError, match=r"mill\.json: text must be a text\.$"):
        run(tmp_path)
