import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

TEXT = "Port closes\n\nMonday, May 13, 2024\n\nThe port of Oslo closed on Friday. It employs 300 people.\n"

FIELDS = set("text sentence start end claimant when kind score reasons edits unresolved extractor".split())  # noqa: SIM905


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("extract", *args, stdout=out)
    return out.getvalue()


def test_json_has_the_fields_of_the_contract(tmp_path):
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    found = json.loads(run(str(path), "--format", "json"))
    assert set(found) == {"claims", "skipped"}
    assert set(found["claims"][0]) == FIELDS
    assert set(found["skipped"][0]) == {"sentence", "start", "end", "reason"}


def test_the_day_is_read_from_the_text_and_can_be_given(tmp_path):
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    read = json.loads(run(str(path), "--format", "json"))
    given = json.loads(run(str(path), "--format", "json", "--date", "2020-06-01"))
    assert (read["claims"][0]["when"], given["claims"][0]["when"]) == ("2024-05-10", "2020-05-29")


def test_the_default_format_is_for_reading(tmp_path):
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    shown = run(str(path))
    assert "The port of Oslo employs 300 people." in shown
    assert "skipped, furniture: Port closes" in shown


def test_standard_input_and_html_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert "The port of Oslo closed on Friday" in run("-")
    page = tmp_path / "port.html"
    page.write_text(
        "<html><body><article><p>The port of Oslo employs 300 people.</p></article></body></html>"
    )
    assert "The port of Oslo employs 300 people." in run(str(page))


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "no text"), (b"\x7fELF\x02\x01\x00\x00", "only web pages and plain text")]
)
def test_a_file_without_text_is_one_clear_line(tmp_path, content, message):
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message) as error:
        run(str(path))
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_private_address_are_refused():
    with pytest.raises(CommandError, match="No such file"):
        run("nowhere.txt")
    with pytest.raises(CommandError, match="public internet"):
        run("http://127.0.0.1/")
