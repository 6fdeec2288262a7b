"""The bodies of snapshots: files outside the database, each kept once, named by its hash, packed with zstd.

A file appears whole or not at all and is on the disk before `keep` returns: a row that refers to it comes
after it. What is read is proved by its hash.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import zstandard
from django.conf import settings

MOST_BYTES = 2**30  # no page is larger; only a damaged file says so
ENDING = ".zst"
_NAME = re.compile(rf"[0-9a-f]{{64}}{re.escape(ENDING)}")


class Lost(Exception):  # noqa: N818 - it names what is wrong, not a fault of ours
    """A body that cannot be had: `code` is missing, damaged or unreadable; `message` is for a reader."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def keep(body: bytes) -> str:
    """Store a body, unless it is there already and whole. Returns its SHA-256 in hex. Raises OSError."""
    content_hash = hashlib.sha256(body).hexdigest()
    path = _path(content_hash)
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(path.parent.parent)
    if is_whole(content_hash):
        _sync(path.parent)  # Whoever wrote it may not have come so far yet.
    else:
        _write(path, zstandard.ZstdCompressor(write_checksum=True).compress(body))
    return content_hash


def read(content_hash: str) -> bytes:
    """The body with this hash, proved by it. Raises Lost."""
    path = _path(content_hash)
    try:
        packed = path.read_bytes()
    except FileNotFoundError:
        raise Lost("missing", f"The file {path.name} is missing from the snapshot folder.") from None
    except OSError as error:
        raise Lost("unreadable", f"The file {path.name} cannot be read: {error.strerror}.") from error
    damaged = Lost("damaged", f"The file {path.name} is damaged: it does not hold what its name says.")
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        body = zstandard.ZstdDecompressor().decompress(packed) if size <= MOST_BYTES else b""
    except zstandard.ZstdError:
        raise damaged from None
    if hashlib.sha256(body).hexdigest() != content_hash:
        raise damaged
    return body


def is_whole(content_hash: str) -> bool:
    """Whether the body with this hash is there and holds what its hash says."""
    try:
        read(content_hash)
    except Lost:
        return False
    return True


def stored() -> Iterator[str]:
    """The hashes of all bodies in the folder, whole or not."""
    for path in Path(settings.SNAPSHOT_DIR).glob(f"??/*{ENDING}"):
        if _NAME.fullmatch(path.name):
            yield path.name.removesuffix(ENDING)


def _path(content_hash: str) -> Path:
    return Path(settings.SNAPSHOT_DIR) / content_hash[:2] / (content_hash + ENDING)


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
