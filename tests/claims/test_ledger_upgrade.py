"""A ledger written before words had a digest of their own is proven, then chained anew, by its migration."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps

from claims import ledger, migrations
from claims.models import Claim, Verdict
from tests.factories import make_claim, make_evidence, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def migration() -> Any:
    (path,) = Path(migrations.__path__[0]).glob("*_ledger.py")
    return import_module(f"claims.migrations.{path.stem}")


@pytest.fixture
def old(migration: Any) -> Claim:
    claim = make_claim()
    make_evidence(claim, quote="“Über 90 %”")
    for rating in ("true", "false", "true"):
        publish(claim, rating)
    before = ""
    with pgtrigger.ignore("claims.Verdict:append_only"):
        for verdict in claim.verdicts.all():
            verdict.previous_hash = before
            verdict.hash = before = migration.digest(migration.first_form(verdict))
            verdict.save()
    return claim


def test_it_is_chained_anew(migration: Any, old: Claim) -> None:
    assert ledger.verify().faults
    with pgtrigger.ignore("claims.Verdict:append_only"):
        migration.chain_anew(apps, None)
    assert ledger.verify().faults == []


def test_what_was_tampered_with_stays_visible(migration: Any, old: Claim) -> None:
    with pgtrigger.ignore("claims.Verdict:append_only"):
        Verdict.objects.filter(number=2).update(reason="Softer.")
        with pytest.raises(ValueError, match=f"no. 2 of claim {old.pk} is not as it was written"):
            migration.chain_anew(apps, None)
