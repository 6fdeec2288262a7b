"""Bodies of snapshots are files: each once, whole or not at all, proved when read."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zstandard
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from sources import bodies
from tests.factories import NOW, make_snapshot, make_source


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    return settings.SNAPSHOT_DIR


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("body", [b"", b"<p>The pier is shut.</p>", bytes(range(256)) * 5000])
def test_a_body_comes_back_as_it_was_and_smaller(folder: Path, body: bytes) -> None:
    content_hash = bodies.keep(body)
    assert content_hash == hashlib.sha256(body).hexdigest()
    assert bodies.read(content_hash) == body
    (file,) = files(folder)
    assert file == folder / content_hash[:2] / f"{content_hash}.zst"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_size < max(len(body) // 100, 50)


def test_the_same_body_is_one_file_written_once(folder: Path) -> None:
    content_hash = bodies.keep(b"same")
    (file,) = files(folder)
    before = file.stat().st_ino
    assert bodies.keep(b"same") == content_hash
    assert [path.stat().st_ino for path in files(folder)] == [before]


def test_the_file_is_on_the_disk_before_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(file: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{file}") else "file")
        fsync(file)

    def renamed(path: Path, target: Path) -> Path:
        steps.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    bodies.keep(b"new")
    assert steps == ["folder", "file", "name", "folder"]


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    (folder / "ab").mkdir(parents=True)
    content_hash = hashlib.sha256(b"new").hexdigest()
    (folder / content_hash[:2]).mkdir(exist_ok=True)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        bodies.keep(b"new")
    assert files(folder) == []


def test_a_killed_worker_leaves_no_half_file(folder: Path) -> None:
    keeping = f"""
import os, sys
from django.conf import settings
settings.configure(SNAPSHOT_DIR={str(folder)!r})
from sources import bodies
print("ready", flush=True)
while True:
    bodies.keep(os.urandom(3_000_000))
"""
    for round_ in range(8):
        worker = subprocess.Popen([sys.executable, "-c", keeping], stdout=subprocess.PIPE)
        with worker:
            worker.stdout.readline()
            time.sleep(0.03 * (round_ + 1))
            worker.kill()
    kept = list(bodies.stored())
    assert len(kept) > 3
    assert all(bodies.is_whole(content_hash) for content_hash in kept)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "missing"), (b"", "damaged"), (b"no zstd at all", "damaged"),
        (zstandard.compress(b"another body"), "damaged"), (zstandard.compress(b"same")[:-3], "damaged"),
        (zstandard.compress(b"same") + b"x" * 9, "kept"),  # what follows the frame is not read
    ],
)  # fmt: skip
def test_a_lost_file_says_so_and_is_healed_by_the_next_fetch(
    folder: Path, content: bytes | None, code: str
) -> None:
    content_hash = bodies.keep(b"same")
    (file,) = files(folder)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    if code != "kept":
        with pytest.raises(bodies.Lost, match=content_hash) as caught:
            bodies.read(content_hash)
        assert caught.value.code == code
        assert not bodies.is_whole(content_hash)
    bodies.keep(b"same")
    assert bodies.read(content_hash) == b"same"


def test_a_damaged_file_cannot_ask_for_all_memory(folder: Path) -> None:
    content_hash = bodies.keep(b"same")
    (file,) = files(folder)
    # A frame header that announces 2^62 bytes.
    file.write_bytes(b"\x28\xb5\x2f\xfd\xe0" + (2**62).to_bytes(8, "little") + b"\x01\x00\x00")
    with pytest.raises(bodies.Lost, match="damaged"):
        bodies.read(content_hash)


def test_a_file_that_may_not_be_read_says_so(folder: Path) -> None:
    content_hash = bodies.keep(b"same")
    (file,) = files(folder)
    file.unlink()
    file.mkdir()
    with pytest.raises(bodies.Lost, match="cannot be read") as caught:
        bodies.read(content_hash)
    assert caught.value.code == "unreadable"


@pytest.mark.django_db
def test_the_check_names_every_lost_snapshot(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = make_source()
    good, bad, gone = (make_snapshot(source, text) for text in ("Good.", "Bad.", "Gone."))
    bodies.keep(b"of no snapshot")
    call_command("check_snapshots")
    told = capsys.readouterr().out
    assert "1 files belong to no snapshot" in told
    assert "All 3 bodies" in told
    (folder / bad.content_hash[:2] / f"{bad.content_hash}.zst").write_bytes(b"x")
    (folder / gone.content_hash[:2] / f"{gone.content_hash}.zst").unlink()
    with pytest.raises(CommandError, match="2 of 3 bodies"):
        call_command("check_snapshots")
    told = capsys.readouterr().err
    assert f"snapshot {bad.pk}, {source.url}" in told
    assert "damaged" in told
    assert "missing" in told
    assert f"snapshot {good.pk}," not in told


def migrated(name: str) -> StateApps:
    """The database as after this migration, and the models of then."""
    executor = MigrationExecutor(connection)
    target = [("sources", name)]
    executor.migrate(target)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return executor.loader.project_state(target).apps


@pytest.mark.django_db
def test_bodies_move_out_of_the_database_and_back(folder: Path) -> None:
    bodies_of = {1: b"<p>One</p>", 2: b"<p>Two</p>", 3: b"<p>One</p>"}
    before = migrated("0003_hosts").get_model("sources", "Snapshot")
    for pk, body in bodies_of.items():
        content_hash = hashlib.sha256(body).hexdigest()
        before.objects.create(
            pk=pk, url="https://a.example/", fetched_at=NOW, http_status=200, body=body,
            content_hash=content_hash,
        )  # fmt: skip
    after = migrated("0004_snapshot_bodies").get_model("sources", "Snapshot")
    assert len(files(folder)) == 2
    assert {row.pk: bodies.read(row.content_hash) for row in after.objects.all()} == bodies_of
    migrated("0003_hosts")
    assert {row.pk: bytes(row.body) for row in before.objects.all()} == bodies_of
    before.objects.filter(pk=2).update(body=b"another")
    with pytest.raises(ValueError, match="snapshot 2"), transaction.atomic():
        migrated("0004_snapshot_bodies")
