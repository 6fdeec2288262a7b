"""One Recheck for all of this folder's tests: to make its database takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos.storm import prepare
from tests.operations.conftest import Site


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Its database and its people are there; nothing of it runs."""
    with prepare(tmp_path_factory.mktemp("chaos")) as site:
        yield site
