"""Whether the database is up to date with this very version: then a start needs no `prepare`."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import Error, connection


def note() -> None:
    mark().write_text(found())


def is_noted() -> bool:
    """False as well where the database is not the one that was prepared, or does not answer."""
    try:
        return mark().exists() and mark().read_text() == found()
    except Error:
        return False


def mark() -> Path:
    return Path(settings.STATE_DIR) / "prepared"


def found() -> str:
    """What the last `prepare` knew: our migrations, the packages, the database and what it has had."""
    ours = sorted(path.name for path in settings.BASE_DIR.glob("*/migrations/*.py"))
    packages = (settings.BASE_DIR / "requirements.lock").read_text()
    version = "\n".join([*ours, packages, settings.DATABASE_URL])
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), count(*) FROM django_migrations")
        applied = cursor.fetchone()
    return f"{hashlib.sha256(version.encode()).hexdigest()} {applied}"
