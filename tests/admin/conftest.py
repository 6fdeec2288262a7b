"""Somebody of each role in the admin, and the addresses of its pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import User
from tests.factories import make_user


@pytest.fixture
def enter(client: Client) -> Callable[..., User]:
    """Sign somebody in: a role, or a user already made."""

    def sign_in(who: str | User = "reviewer") -> User:
        user = make_user(who) if isinstance(who, str) else who
        if who == "administrator":
            User.objects.filter(pk=user.pk).update(is_superuser=False)  # What the role itself may do.
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return sign_in


def page(model: str, *args: object, what: str = "change", app: str = "claims") -> str:
    return reverse(f"admin:{app}_{model}_{what}", args=args)


def list_of(model: str, query: str = "", app: str = "claims") -> str:
    return f"{page(model, what='changelist', app=app)}{query and '?' + query}"
