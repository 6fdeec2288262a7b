"""Kill -9 of any part at any moment: nothing that was told is lost, nothing is done twice."""

from __future__ import annotations

import random
import signal

from tests.chaos.storm import rage
from tests.operations.conftest import Site

ROUNDS = 6  # `make chaos` does more


def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(prepared: Site) -> None:
    storm = rage(prepared, rounds=ROUNDS, seed=random.randrange(10**6))
    assert storm.faults == [], str(storm)
    assert storm.told.verdicts
    assert storm.counts["mails that came"]
    prepared.stop(signal.SIGTERM)
