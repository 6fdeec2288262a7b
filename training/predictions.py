"""Writes the check-worthiness model's answers for a labelled set, for a scorer to compare.

    python -m training.predictions SET.jsonl[.gz] worth|factual [--least 0.2] > predictions.jsonl

SET: one {"id", "text"} a line. Each answer is {"id", "score", "label"}: a probability, and whether it reaches
`--least`, by default the threshold chosen on sentences held out. "worth" is for sets of check-worthy claims,
"factual" for verifiable statements whether or not they are worth checking.
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

from claims.extraction.worth import LEAST_FACTUAL, LEAST_WORTH, judge


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("set", type=Path)
    options.add_argument("question", choices=("worth", "factual"))
    options.add_argument("--least", type=float)
    chosen = options.parse_args()
    content = chosen.set.read_bytes()
    text = (gzip.decompress(content) if chosen.set.suffix == ".gz" else content).decode("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    worth = chosen.question == "worth"
    least = chosen.least or (LEAST_WORTH if worth else LEAST_FACTUAL)
    for row, both in zip(rows, judge([row["text"] for row in rows]), strict=True):
        score = both.worth if worth else both.factual
        answer = {"id": row["id"], "score": round(score, 4), "label": score >= least}
        sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
