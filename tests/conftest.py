"""What all tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from config.celery import app


def pytest_configure(config: pytest.Config) -> None:
    # The real hash takes half a second a user, on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Looks static files up when they are asked for, not all of them for each test client.
    settings.WHITENOISE_AUTOREFRESH = True
    # The sites of tests need no rest.
    settings.FETCH_PAUSE = 0
    # Wake-ups go nowhere: tests call the work themselves. Real brokers have tests of their own.
    app.conf.broker_url = "memory://"


APPEND_ONLY = ("Verdict", "Redaction", "Approval", "SecondRating", "Correction")
_emptied = TransactionTestCase._fixture_teardown


def _empty(test: TransactionTestCase) -> None:
    """Tests that commit leave rows of the ledger, which nobody else may truncate."""
    with pgtrigger.ignore(*(f"claims.{model}:no_truncate" for model in APPEND_ONLY)):
        _emptied(test)


TransactionTestCase._fixture_teardown = _empty


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The newsroom of the tests asks for no number of sources; tests of gates set their own."""
    with django_db_blocker.unblock():
        apps.get_model("claims", "RatingGate").objects.update(sources=0)
        # What tests that commit are given back.
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True, scope="session")
def snapshot_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bodies of all tests' snapshots lie; one that damages them takes a folder of its own."""
    folder = tmp_path_factory.mktemp("snapshots")
    settings.SNAPSHOT_DIR = folder
    return folder
