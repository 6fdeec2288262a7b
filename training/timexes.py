"""Writes the time expressions found in a labelled set, for a scorer to compare.

    python -m training.timexes SET.jsonl[.gz] > predictions.jsonl

SET: one {"id", "text", "dct"} a line; `dct` is the day of publication. Each answer is {"id", "timexes":
[{"start", "end", "value"}]} with TIMEX3 values. A line that holds an expression and nothing else is the
dateline, none of the text. Of a set whose labels cover only the top of each text, only that many lines are
read.
"""

import argparse
import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

from claims.extraction.dates import Passage, TimeExpression, find_times
from claims.extraction.language import parse
from claims.extraction.paragraphs import find_blocks
from claims.extraction.sentences import Sentence, split_sentences
from claims.extraction.tenses import tense_in
from claims.extraction.tree import build_tree

LABELLED_LINES: Final = {"meantime": 6}  # the headline, the date and four sentences


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("set", type=Path)
    path: Path = options.parse_args().set
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    lines = next((n for name, n in LABELLED_LINES.items() if name in str(path.resolve())), None)
    for row in map(json.loads, text.splitlines()):
        found = [{"start": t.start, "end": t.end, "value": t.value} for t in times_of(row, lines)]
        sys.stdout.write(json.dumps({"id": row["id"], "timexes": found}) + "\n")


def times_of(row: dict[str, Any], lines: int | None) -> list[TimeExpression]:
    """The time expressions of a text, by the same steps as an article's, headings and captions included."""
    text = "".join(row["text"].splitlines(keepends=True)[:lines])
    blocks = {(b.start, b.end): b for b in find_blocks(text)}
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks.values()):
        sentences += split_sentences(text, block.start, block.end, number)
    docs = parse(text[s.start : s.end] for s in sentences)
    passages = (
        Passage(text[s.start : s.end], s.start, tense_in(build_tree(doc, s.start, s.end)))
        for s, doc in zip(sentences, docs, strict=True)
    )
    found = find_times(passages, date.fromisoformat(row["dct"][:10]))
    return [time for times in found for time in times if (time.start, time.end) not in blocks]


if __name__ == "__main__":
    main()
