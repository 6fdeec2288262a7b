"""An article read by a model: what holds is taken, and the rules read what the model does not."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from claims.extraction import Document
from claims.language_model import prompts
from claims.language_model.client import Endpoint
from claims.language_model.pipeline import LanguageModel
from claims.language_model.reader import STAGES
from tests.language_model.chat import (
    KEY,
    Chat,
    Material,
    Reply,
    Stage,
    check,
    claim,
    completion,
)
from tests.language_model.ferry import (
    DOCUMENT,
    NAME,
    OFFLINE,
    SENTENCES,
    TEXT,
    holds_together,
    texts,
)

STOP = claim(
    1,
    "The ferry Marit Oye will stop in August 2024.",
    claimant="Tomas Lind",
    when="2024-08",
    kind="prediction",
)


def verdicts(**by_start: str) -> Stage:
    def select(material: Material) -> Any:
        first = {s["n"]: s["text"].split()[0] for s in material["sentences"]}
        return {"sentences": [{"n": n, "verdict": by_start.get(word, "claim")} for n, word in first.items()]}

    return select


def test_a_good_models_claims_are_taken_with_their_place_and_origin(chat: Chat) -> None:
    chat.stages[prompts.SELECT] = verdicts(What="rhetoric")
    chat.stages[prompts.DISAMBIGUATE] = lambda material: {
        "sentences": [
            {
                "n": s["n"],
                "text": s["text"].replace("She", "The ferry Marit Oye").replace("It", "Lind & Sons"),
            }
            for s in material["sentences"]
        ]
    }
    chat.stages[prompts.DECOMPOSE] = lambda material: {
        "claims": [
            claim(s["n"], s["alone"]) if s["sentence"] != SENTENCES[1] else STOP | {"n": s["n"]}
            for s in material["sentences"]
        ]
    }
    found = chat.model().extract(DOCUMENT)
    assert [c.sentence for c in found.claims] == [*SENTENCES[:2], *SENTENCES[3:]]
    ferry = found.claims[1]
    assert (ferry.claimant, ferry.when, ferry.kind) == ("Tomas Lind", "2024-08", "prediction")
    origin = TEXT.index("The ferry Marit Oye")
    assert [(e.original, e.replacement, e.source_start) for e in ferry.edits][:1] == [
        ("She", "The ferry Marit Oye", origin)
    ]
    assert [(s.sentence, s.reason) for s in found.skipped] == [(SENTENCES[2], "rhetoric")]
    assert {c.extractor for c in found.claims} == {""}
    assert found.version == NAME
    holds_together(DOCUMENT, found)


def test_the_four_stages_are_asked_in_order_and_progress_is_told(chat: Chat) -> None:
    told: list[tuple[int, int]] = []
    chat.model().extract(DOCUMENT, progress=lambda done, total: told.append((done, total)))
    assert [request["messages"][0]["content"] for request in chat.requests] == list(STAGES)
    assert told == [(done, 4) for done in range(5)]


def test_what_cannot_stand_alone_is_skipped_as_ambiguous(chat: Chat) -> None:
    chat.stages[prompts.DISAMBIGUATE] = lambda material: {
        "sentences": [
            {"n": s["n"], "text": None if s["text"].startswith("She") else s["text"]}
            for s in material["sentences"]
        ]
    }
    found = chat.model().extract(DOCUMENT)
    assert [s.reason for s in found.skipped if s.sentence == SENTENCES[1]] == ["ambiguous"]
    holds_together(DOCUMENT, found)


@pytest.mark.parametrize("field", ["supported", "standalone"])
def test_a_claim_the_model_does_not_stand_by_is_dropped_and_the_sentence_left_to_the_rules(
    chat: Chat, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    def doubting(material: Material) -> Any:
        answer = check(material)
        answer["claims"][0][field] = False
        return answer

    chat.stages[prompts.CHECK] = doubting
    found = chat.model().extract(DOCUMENT)
    assert texts(found, SENTENCES[0]) == texts(OFFLINE, SENTENCES[0])
    assert {c.extractor for c in found.claims if c.sentence == SENTENCES[0]} == {OFFLINE.version}
    assert {c.extractor for c in found.claims if c.sentence == SENTENCES[3]} == {""}
    assert f"claims dropped: {{'not {field}': 1}}" in caplog.text
    holds_together(DOCUMENT, found)


def test_thoughts_and_fences_around_the_answer_are_cut_off(chat: Chat) -> None:
    def chatty(answer: Stage) -> Stage:
        return lambda material: (
            f'<think>{{"claims": []}}</think>Here:\n```json\n{json.dumps(answer(material))}\n```\nDone.'
        )

    chat.stages = {stage: chatty(answer) for stage, answer in chat.stages.items()}
    assert chat.model().extract(DOCUMENT).version == NAME


@pytest.mark.parametrize(
    "every",
    [
        Reply(500),
        Reply(401),
        Reply(200, body=(b"<html></html>",)),
        Reply(302),
        Reply(body=(b"x" * 2_000_000,)),
    ],
)
def test_an_endpoint_that_fails_leaves_the_article_to_the_rules(chat: Chat, every: Reply) -> None:
    chat.every = every
    told: list[tuple[int, int]] = []
    assert chat.model().extract(DOCUMENT, progress=lambda *step: told.append(step)) == OFFLINE
    assert told[-1] == (4, 4)


def test_a_slow_endpoint_leaves_the_article_to_the_rules(chat: Chat) -> None:
    chat.every = Reply(body=(b" ",), pause=0.5)
    assert chat.model(timeout=0.1).extract(DOCUMENT) == OFFLINE
    assert chat.model(seconds=0.1).extract(DOCUMENT) == OFFLINE


def test_a_busy_endpoint_is_asked_again(chat: Chat) -> None:
    chat.replies = [Reply(429), Reply(503)]
    assert chat.model().extract(DOCUMENT).version == NAME


LONG = Document("\n\n".join(f"The town of Brevik built {n} new houses in {1900 + n}." for n in range(2, 60)))


def test_what_exceeds_the_tokens_is_left_to_the_rules(chat: Chat) -> None:
    found = chat.model(tokens=16_000).extract(LONG)
    by_model = [c for c in found.claims if not c.extractor]
    others = [c for c in found.claims if c.extractor == OFFLINE.version]
    assert by_model
    assert others
    assert max(c.start for c in by_model) < min(c.start for c in others)
    assert len(chat.requests) % len(STAGES) == 0
    holds_together(LONG, found)


def test_an_endpoint_that_fails_half_way_keeps_what_it_gave(chat: Chat) -> None:
    passages: list[int] = []

    def failing(material: Material) -> Any:
        passages.append(1)
        if len(passages) == 2:
            chat.every = Reply(500)
        return check(material)

    chat.stages[prompts.CHECK] = failing
    found = chat.model().extract(LONG)
    assert found.version == NAME
    assert [c.extractor for c in found.claims] == sorted(c.extractor for c in found.claims)
    assert {c.extractor for c in found.claims} == {"", OFFLINE.version}
    holds_together(LONG, found)


def test_a_model_that_talks_nonsense_is_not_asked_for_ever(chat: Chat) -> None:
    chat.every = completion("la la la")
    chat.model().extract(LONG)
    assert len(chat.requests) == 3


def test_no_article_no_question(chat: Chat) -> None:
    for text in (
        "",
        " \n\n ",
        "Der Hafen wurde am Montag geschlossen, und die Stadt will ihn im Mai wieder öffnen.",
    ):
        chat.model().extract(Document(text))
    assert chat.requests == []


def test_odd_characters_reach_the_endpoint_and_come_to_no_harm(chat: Chat) -> None:
    document = Document(TEXT.replace("passengers", "\u202epassengers \u0000 😀"))
    holds_together(document, chat.model().extract(document))


def test_the_key_is_never_logged(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chat.model().extract(DOCUMENT)
    chat.every = Reply(401, body=(KEY.encode(),))
    chat.model().extract(DOCUMENT)
    assert "given up" in caplog.text
    assert KEY not in caplog.text


def test_a_long_name_of_a_model_fits_where_it_is_kept() -> None:
    assert len(LanguageModel(Endpoint("http://localhost/v1", "m" * 200), tokens=1).name) == 80
