"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pgtrigger
import pytest
from django.conf import settings
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


_emptied = TransactionTestCase._fixture_teardown


def _empty(test: TransactionTestCase) -> None:
    """Tests that commit leave rows of the ledger, which nobody else may truncate."""
    with pgtrigger.ignore("claims.Verdict:no_truncate", "claims.Redaction:no_truncate"):
        _emptied(test)


TransactionTestCase._fixture_teardown = _empty


@pytest.fixture(autouse=True, scope="session")
def snapshot_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bodies of all tests' snapshots lie; one that damages them takes a folder of its own."""
    folder = tmp_path_factory.mktemp("snapshots")
    settings.SNAPSHOT_DIR = folder
    return folder
