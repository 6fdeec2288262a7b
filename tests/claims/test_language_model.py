"""Where an operator names a language model, articles are read with it; without one nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims import intake, language_model
from claims.extraction import VERSION
from claims.language_model import prompts
from claims.models import Article
from tests.factories import NOW, TEXT, make_user
from tests.language_model.chat import KEY, Chat, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(settings: Any) -> Iterator[Chat]:
    chat = Chat()
    settings.LLM_URL, settings.LLM_MODEL, settings.LLM_KEY = chat.url, "tiny", KEY
    yield chat
    chat.close()


def worked() -> Article:
    article, _ = intake.add_article(by=make_user(), at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    intake.work_article(at=NOW)
    article.refresh_from_db()
    return article


def test_the_article_and_its_claims_tell_who_found_them(chat: Chat) -> None:
    article = worked()
    assert article.state == "ready"
    assert article.extractor == "language model 1: tiny"
    assert {a.extractor for a in article.appearances.all()} == {"language model 1: tiny"}
    assert (article.progress_done, article.progress_total) == (4, 4)
    assert chat.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_claims_of_both_extractors_stand_side_by_side(chat: Chat) -> None:
    chat.stages[prompts.SELECT] = lambda material: {"sentences": [{"n": 0, "verdict": "claim"}]}
    found = {(a.start, a.extractor) for a in worked().appearances.all()}
    assert {extractor for start, extractor in found if start == 0} == {"language model 1: tiny"}
    assert {extractor for start, extractor in found if start > 0} == {VERSION}


def test_an_endpoint_that_fails_makes_no_article_fail(chat: Chat) -> None:
    chat.every = Reply(401)
    article = worked()
    assert (article.state, article.extractor) == ("ready", VERSION)
    assert {a.extractor for a in article.appearances.all()} == {VERSION}


def test_without_an_address_no_model_is_asked(chat: Chat, settings: Any) -> None:
    settings.LLM_URL = ""
    assert worked().extractor == VERSION
    assert chat.requests == []


def test_the_extract_command_shows_what_the_model_gives(chat: Chat, tmp_path: Path) -> None:
    chat.stages[prompts.SELECT] = lambda material: {"sentences": [{"n": 0, "verdict": "opinion"}]}
    path, out = tmp_path / "bridge.txt", StringIO()
    path.write_text(TEXT)
    call_command("extract", str(path), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["skipped"][0] == {
        "sentence": "The harbour bridge was closed on Monday.", "start": 0, "end": 40, "reason": "opinion"
    }  # fmt: skip


def test_the_model_ends_well_within_the_articles_lease() -> None:
    assert 2 * timedelta(seconds=language_model.LONGEST) < intake.LEASE
