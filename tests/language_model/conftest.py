from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.language_model.chat import Chat


@pytest.fixture
def chat() -> Iterator[Chat]:
    chat = Chat()
    yield chat
    chat.close()
