"""`manage.py up`: the same as `python -m config.up`, which is quicker to start."""

from typing import Any

from django.core.management import BaseCommand

from config import up


class Command(BaseCommand):
    help = "Starts the database (unless DATABASE_URL is set), the site, the worker and the timer."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        up.main()
