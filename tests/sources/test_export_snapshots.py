"""Snapshots leave as WARC files that the archives' own tools read."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sources import bodies, warc
from sources.models import Snapshot
from tests.factories import NOW, make_article, make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    return settings.SNAPSHOT_DIR


def read(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "type": record.rec_type,
            "url": record.rec_headers.get_header("WARC-Target-URI"),
            "date": record.rec_headers.get_header("WARC-Date"),
            "id": record.rec_headers.get_header("WARC-Record-ID"),
            "status": record.http_headers and record.http_headers.get_statuscode(),
            "headers": dict(record.http_headers.headers) if record.http_headers else {},
            "body": record.content_stream().read(),
        }
        for record in ArchiveIterator(io.BytesIO(data))
    ]


def export(*snapshots: Snapshot) -> list[dict[str, Any]]:
    return read(b"".join(warc.records(snapshots, name="a.warc.gz")))


def test_each_answer_is_a_record_with_its_moment_headers_and_body(folder: Path) -> None:
    source = make_source()
    headers = {"server": "café", "content-encoding": "gzip", "content-length": "9", "etag": '"a"'}
    first = make_snapshot(source, "Open.", headers=headers)
    second = make_snapshot(source, "Shut.", at=NOW + timedelta(days=1), status=203)
    info, one, two = export(first, second)
    assert info["type"] == "warcinfo"
    assert b"software: Recheck/" in info["body"]
    assert (one["type"], one["url"], one["status"]) == ("response", source.url, "200")
    assert (one["date"], one["body"]) == ("2026-03-02T12:00:00.000000Z", b"<p>Open.</p>")
    assert one["headers"]["etag"] == '"a"'
    assert one["headers"]["X-Archive-Orig-content-encoding"] == "gzip"
    assert one["headers"]["Content-Length"] == "12"
    assert (two["status"], two["body"]) == ("203", b"<p>Shut.</p>")
    assert two["headers"]["content-type"] == "text/html"


def test_a_record_has_the_same_name_each_time(folder: Path) -> None:
    snapshot = make_snapshot(make_source())
    assert export(snapshot)[1]["id"] == export(snapshot)[1]["id"]


def test_cookies_are_not_kept(folder: Path) -> None:
    headers = {"set-cookie": "who=me", "x": "a" * 5000} | {f"h{n}": "1" for n in range(500)}
    snapshot = make_snapshot(make_source(), headers=headers)
    assert "set-cookie" not in snapshot.headers
    assert (len(snapshot.headers), len(snapshot.headers["x"])) == (100, 2000)
    assert b"who=me" not in b"".join(warc.records([snapshot], name="a.warc.gz"))


def test_a_lost_body_is_a_record_that_says_so(folder: Path) -> None:
    snapshot = make_snapshot(make_source())
    (folder / snapshot.content_hash[:2] / f"{snapshot.content_hash}.zst").unlink()
    told: list[tuple[Snapshot, bodies.Lost]] = []
    data = b"".join(warc.records([snapshot], name="a", lost=lambda *what: told.append(what)))
    (_, record) = read(data)
    assert (record["type"], record["url"]) == ("metadata", snapshot.url)
    assert b"missing" in record["body"]
    assert [(of, why.code) for of, why in told] == [(snapshot, "missing")]


def test_the_command_writes_what_the_tools_find_whole(folder: Path, tmp_path: Path) -> None:
    source, other = make_source(), make_source()
    make_snapshot(source, "One.")
    make_snapshot(other, "Two.")
    article = make_article(snapshot=make_snapshot(None, "Three."))
    for options, count in (
        ({}, 3),
        ({"source": [source.pk]}, 1),
        ({"source": [source.pk], "article": [article.pk]}, 2),
    ):
        file = tmp_path / f"{count}.warc.gz"
        call_command("export_warc", file, **options)
        assert sum(record["type"] == "response" for record in read(file.read_bytes())) == count
    checker = Checker(type("Cmd", (), {"inputs": [str(tmp_path / "3.warc.gz")], "verbose": False}))
    checker.process_all()
    assert checker.exit_value == 0


def test_the_command_refuses_what_it_cannot_do(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.warc.gz"
    snapshot = make_snapshot(make_source())
    with pytest.raises(CommandError, match="no source 999"):
        call_command("export_warc", file, source=[999])
    (folder / snapshot.content_hash[:2] / f"{snapshot.content_hash}.zst").write_bytes(b"")
    with pytest.raises(CommandError, match="1 of 1 snapshots are lost"):
        call_command("export_warc", file)
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_warc", file)
