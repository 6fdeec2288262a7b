"""Three people at the desk: one who writes, one who reviews, and one who may only contribute."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import User
from tests.factories import make_user


@pytest.fixture
def ravi(db: None) -> User:
    return make_user("reviewer", first_name="Ravi", last_name="Lind")


@pytest.fixture
def edith(db: None) -> User:
    return make_user("editor", first_name="Edith", last_name="Oka")


@pytest.fixture
def carl(db: None) -> User:
    return make_user("contributor", first_name="Carl", last_name="Berg")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(ravi: User) -> Client:
    """Ravi's browser."""
    return browser_of(ravi)


@pytest.fixture
def other_desk(edith: User) -> Client:
    """Edith's browser."""
    return browser_of(edith)
