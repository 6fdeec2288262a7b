"""`manage.py prepare`: brings the database up to date; `up` does it at every start."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from config import prepared, queue


class Command(BaseCommand):
    help = "Migrates the database, makes the task queue where it lies there, loads the first content."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            words = " ".join(str(error).split())
            raise CommandError(f"The database does not answer: {words}") from None
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        if settings.CELERY_BROKER_URL == "pgmq://":
            queue.ensure_tables()
        call_command("first_start")
        prepared.note()
