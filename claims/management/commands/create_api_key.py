"""Make an API key: `manage.py create_api_key --owner mira --scopes read,write --name importer`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims import keys
from claims.errors import Refused
from claims.models import ApiKey, User


class Command(BaseCommand):
    help = "Make an API key for a user. The key is printed once, alone, and kept only as a hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owner", required=True, help="username whose role the key has")
        parser.add_argument("--scopes", default="read", help=f"from: {','.join(ApiKey.Scope.values)}")
        parser.add_argument("--name", default="API", help="what it is for")
        parser.add_argument("--days", type=int, help="after how many days it expires; never if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        owner = User.objects.filter(username=options["owner"], is_active=True).first()
        if owner is None:
            raise CommandError(f"There is no active user “{options['owner']}”.")
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        try:
            expires_at = at + timedelta(days=options["days"]) if options["days"] is not None else None
            _, key = keys.create(
                owner=owner, name=options["name"], scopes=scopes, at=at, expires_at=expires_at
            )
        except Refused as refused:
            raise CommandError(f"{refused.field}: {refused.message}") from refused
        except OverflowError as error:
            raise CommandError("--days: that is too far away.") from error
        self.stdout.write(key)
