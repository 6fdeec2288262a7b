"""Kill -9 of any part at any moment: nothing that was told is lost, nothing is done twice."""

from __future__ import annotations

import random
from pathlib import Path

from tests.chaos.storm import rage

ROUNDS = 8  # `make chaos` does more


def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(tmp_path: Path) -> None:
    storm = rage(tmp_path, rounds=ROUNDS, seed=random.randrange(10**6))
    assert storm.faults == [], str(storm)
    assert storm.told.verdicts
    assert storm.counts["mails that came"]
