"""The state folder: everything Recheck itself keeps outside a database of yours."""

import contextlib
import os
import secrets
from pathlib import Path


def ready(folder: Path) -> Path:
    """The folder, made where missing. OSError where it cannot be made or written to.

    Root's is open to pass through, since the embedded PostgreSQL inside runs as somebody else;
    what is secret in it is a file of mode 0600.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "no permission to write", str(folder))
    return folder


def kept_secret(path: Path) -> str:
    """The secret in the file, made at the first call; of several first calls at once one wins."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_text()
    made = ready(path.parent) / f".{path.name}-{secrets.token_hex(8)}"
    with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
    return path.read_text()
