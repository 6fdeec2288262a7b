"""Writes the attributions found in a labelled set of articles, for a scorer to compare.

    python -m training.attributions SET.jsonl[.gz] > predictions.jsonl

SET: one {"id", "text"} a line. Each answer is {"id", "attributions": [{"source", "cue", "content"}]}, each of
the three a list of [start, end] offsets into the text.
"""

import argparse
import gzip
import json
import sys
from dataclasses import asdict
from pathlib import Path

from claims.extraction import Document
from claims.extraction.pipeline import attributions_in


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("set", type=Path)
    chosen = options.parse_args()
    content = chosen.set.read_bytes()
    text = (gzip.decompress(content) if chosen.set.suffix == ".gz" else content).decode("utf-8")
    for row in map(json.loads, text.strip().split("\n")):
        found = [asdict(attribution) for attribution in attributions_in(Document(row["text"]))]
        sys.stdout.write(json.dumps({"id": row["id"], "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
