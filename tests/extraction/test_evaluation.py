"""The claims of articles whose ideal claims are known, where such articles lie beside the repository."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from claims.extraction import Document, extract

EVALUATION = Path(__file__).resolve().parents[2].parent / "shared" / "eval"
FLOOR = 0.40


@pytest.mark.skipif(
    not (EVALUATION / "gold").is_dir(), reason="no articles with known claims beside the repository"
)
def test_claims_of_the_gold_articles_are_usable(tmp_path):
    for path in sorted((EVALUATION / "gold").glob("*.json")):
        gold = json.loads(path.read_text())
        document = Document(gold["text"], gold["title"], date.fromisoformat(gold["date"]))
        claims = [asdict(claim) for claim in extract(document).claims]
        (tmp_path / path.name).write_text(json.dumps({"claims": claims}))
    scorer = [sys.executable, EVALUATION / "score_claims.py", EVALUATION / "gold", tmp_path, "--json"]
    scores = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    assert scores["usable_f1"] >= FLOOR, scores
