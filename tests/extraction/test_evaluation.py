"""The claims of articles whose ideal claims are known, where such articles lie beside the repository."""

from pathlib import Path

import pytest

from claims.evaluation import Counts, measures, read_folder, score
from claims.extraction import extract

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "gold"
FLOOR = 0.51


@pytest.mark.skipif(not GOLD.is_dir(), reason="no articles with known claims beside the repository")
def test_claims_of_the_gold_articles_are_usable():
    scores = [score(article, extract(article.document).claims) for article in read_folder(GOLD)]
    found = measures(sum((one.counts for one in scores), Counts()))
    assert found["usable_f1"] >= FLOOR, found
