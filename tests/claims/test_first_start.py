"""A new installation gets its accounts and, unless it does not want it, a demo with life on every screen."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims import ledger
from claims.models import Article, Claim, Recheck, Reminder, User
from sources.models import Source
from tests.factories import set_gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def state(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.STATE_DIR = tmp_path / "var"  # type: ignore[attr-defined]
    return tmp_path / "var"


def test_the_demo_shows_claims_in_every_state_and_freshness(state: Path) -> None:
    for rating in ("true", "mostly_true", "mostly_false", "false"):
        set_gate(rating, 2)  # As they come.
    call_command("first_start")
    found = Claim.objects.with_freshness(at=timezone.now())
    assert set(found.values_list("state", flat=True)) == set(Claim.State.values)
    assert {"unchecked", "due", "overdue", "stale"} <= {claim.freshness for claim in found}  # type: ignore[attr-defined]
    assert Source.objects.count() == 6
    assert Source.objects.filter(work_state="failed").exclude(failure="").count() == 1
    assert {article.state for article in Article.objects.all()} == {"ready"}
    assert Reminder.objects.filter(channel="inbox").exists()
    assert Recheck.objects.filter(outcome="still_so").exists()
    assert ledger.verify().faults == []


def test_the_log_ins_are_written_for_the_operator_alone(state: Path) -> None:
    call_command("first_start")
    login = state / "login.txt"
    username, password = login.read_text().splitlines()[0].split()
    assert User.objects.get(username=username).check_password(password)
    assert login.stat().st_mode & 0o077 == 0


def test_without_the_demo_there_are_only_accounts(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "0")
    call_command("first_start")
    assert User.objects.count() == 2
    assert not Article.objects.exists()


def test_a_second_start_changes_nothing(state: Path) -> None:
    User.objects.create_user("already")
    call_command("first_start")
    assert User.objects.count() == 1
    assert not (state / "login.txt").exists()
