"""Words met before are worked out once, and come out as the model works them out."""

import json
from pathlib import Path
from typing import Any

import pytest

from claims.demo.articles import EXCHANGE, SUMMIT
from claims.extraction.language import bounded_memory, parser, shipped

pytestmark = pytest.mark.xdist_group("word_memory")

ARTICLES = sorted(Path(__file__).with_name("articles").glob("*.json"))


@pytest.fixture(scope="module")
def model() -> Any:
    """The model as shipped, but for where it parts words."""
    nlp = shipped()
    nlp.tokenizer.infix_finditer = parser().tokenizer.infix_finditer
    return nlp


def read_by(nlp: Any, texts: list[str]) -> list[list[tuple[str, ...]]]:
    return [[(t.text, t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in doc] for doc in nlp.pipe(texts)]


@pytest.mark.parametrize(
    "text", [SUMMIT.text, EXCHANGE.text, *(json.loads(p.read_text())["text"] for p in ARTICLES)]
)
def test_an_article_is_read_as_the_shipped_model_reads_it(model, text):
    assert read_by(parser(), text.split("\n\n")) == read_by(model, text.split("\n\n"))


RULES = [
    "There is a bridge. It's gonna fall, ain't it? Let's go, y'all! I gotta run.",
    "He ain't here.\nThey've  left; she'd gone,\tand we'll see what he's got.",
    "gon go. na na got some ta ta. Let it. 's all y is",  # words of such rules, apart
    "   ",
    "",
]


@pytest.mark.parametrize("times", ["new", "known"])
def test_words_that_depend_on_their_neighbours_are_read_as_the_shipped_model_reads_them(model, times):
    assert read_by(parser(), RULES) == read_by(model, RULES)


def test_words_that_are_forgotten_are_not_remembered(model, monkeypatch):
    monkeypatch.setattr("claims.extraction.language.MOST_WORDS", 0)
    text = ["The zorbled quuxlings were frobnicating Xanthorpians."]
    for _ in range(2):
        with bounded_memory():
            assert read_by(parser(), text) == read_by(model, text)
    assert read_by(parser(), text) == read_by(model, text)
