import json

import pytest

from training.timexes import main, times_of

TEXT = """Ferry sinks off Oslo
May 15 , 2024
The ferry sank yesterday .
It had sailed for three years .
It will be raised in June .
"""


def test_the_dateline_is_no_expression_of_the_text():
    found = times_of({"text": TEXT, "dct": "2024-05-15T09:00"}, None)
    assert [(TEXT[t.start : t.end], t.value) for t in found] == [
        ("yesterday", "2024-05-14"),
        ("three years", "P3Y"),
        ("June", "2024-06"),
    ]


def test_only_the_labelled_lines_are_read():
    found = times_of({"text": TEXT, "dct": "2024-05-15"}, 3)
    assert [t.value for t in found] == ["2024-05-14"]


def test_the_command_writes_one_answer_a_line(tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]):
    rows = tmp_path / "set.jsonl"
    rows.write_text(json.dumps({"id": "a", "text": "It sank yesterday.", "dct": "2024-05-15"}) + "\n")
    monkeypatch.setattr("sys.argv", ["timexes", str(rows)])
    main()
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"id": "a", "timexes": [{"start": 8, "end": 17, "value": "2024-05-14"}]}
