"""Django's PostgreSQL backend for the embedded server: the first connection starts it."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        embedded.use(settings.STATE_DIR)
        return super().get_connection_params()
