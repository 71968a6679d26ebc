"""One real server with the demo for every attack of this folder, and somebody logged in at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.target import Target


@pytest.fixture(scope="session")
def target(tmp_path_factory) -> Iterator[Target]:
    found = Target(tmp_path_factory.mktemp("attack"))
    yield found
    found.server.kill()
