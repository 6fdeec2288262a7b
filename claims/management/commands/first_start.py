"""What a new installation needs once: accounts, and, unless DEMO=0, demo content."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from claims.demo import loading
from claims.models import User

# (user name, first name, last name, role): two, for a verdict needs a second pair of eyes.
CAST = (
    ("editor", "Edith", "Okafor", "administrator"),
    ("reviewer", "Ravi", "Lindqvist", "reviewer"),
)


class Command(BaseCommand):
    help = "Make the first accounts (and demo content) where there are none."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            return
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            people = [_person(*row, password) for row in CAST]
            if os.environ.get("DEMO", "1") != "0":
                loading.load(editor=people[0], reviewer=people[1], now=timezone.now())
            _note_login(people, password)


def _note_login(people: list[User], password: str) -> None:
    """Before the accounts are committed: nobody could enter them without it."""
    login = settings.STATE_DIR / "login.txt"
    login.parent.mkdir(parents=True, exist_ok=True)
    login.touch(mode=0o600)
    login.write_text("".join(f"{person.username} {password}\n" for person in people))


def _person(username: str, first: str, last: str, role: str, password: str) -> User:
    administrator = role == "administrator"
    person = User.objects.create_user(
        username,
        f"{username}@newsroom.example",
        password,
        first_name=first,
        last_name=last,
        is_staff=True,
        is_superuser=administrator,
    )
    person.groups.add(Group.objects.get(name=role))
    return person
