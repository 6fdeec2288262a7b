"""How much processor time extraction takes beside the bare parse of the same texts: a ratio within one run.

    .venv/bin/python -m benchmarks.extraction [FOLDER]

FOLDER holds .txt files or .json files with a "text" (default: the demo's two articles, 20 times over).
The bare parse is the model as shipped, given the article's paragraphs. One core; each article is parsed
and extracted in turn, so that both meet the same machine; the median of the rounds counts.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from claims.demo.articles import EXCHANGE, SUMMIT
from claims.extraction import Document, extract
from claims.extraction.language import BATCH, shipped

ROUNDS = 7


def texts(folder: str | None) -> list[str]:
    if folder is None:
        return [SUMMIT.text, EXCHANGE.text] * 20
    found = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix == ".json":
            found.append(str(json.loads(path.read_text())["text"]))
        elif path.suffix == ".txt":
            found.append(path.read_text())
    return found


def seconds(act: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    act(text)
    return time.process_time() - began


def round_of(articles: Sequence[str]) -> tuple[float, float]:
    """Seconds of the parse and of the extraction of all articles."""
    parsed = extracted = 0.0
    for text in articles:
        parsed += seconds(parse, text)
        extracted += seconds(whole, text)
    return parsed, extracted


MODEL: Final = shipped()


def parse(text: str) -> object:
    return list(MODEL.pipe(text.split("\n\n"), batch_size=BATCH))


def whole(text: str) -> object:
    return extract(Document(text=text))


def main() -> None:
    articles = texts(sys.argv[1] if len(sys.argv) > 1 else None)
    parse(articles[0]), whole(articles[0])  # Loads what is loaded once.
    rounds = [round_of(articles) for _ in range(ROUNDS)]
    words = sum(len(text.split()) for text in articles)
    ratio = statistics.median(b / a for a, b in rounds)
    parsed = statistics.median(words / a for a, _ in rounds)
    extracted = statistics.median(words / b for _, b in rounds)
    print(f"{len(articles)} articles, {words:,} words, {ROUNDS} rounds")
    print(f"bare parse   {parsed:8,.0f} words/s")
    print(f"extraction   {extracted:8,.0f} words/s   {ratio:.2f} x the time of the bare parse (median)")


if __name__ == "__main__":
    main()
