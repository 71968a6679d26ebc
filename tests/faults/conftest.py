"""A demo of each test's own, and a way to say its figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def own_folder(tmp_path, demo_folder) -> Path:
    """Copied from one that was built before."""
    folder = tmp_path / "data"
    shutil.copytree(demo_folder, folder)
    return folder


@pytest.fixture
def told(capsys):
    """Say a figure where the person who runs the tests reads it."""

    def say(figure: object) -> None:
        with capsys.disabled():
            print(f"\n{figure}")  # noqa: T201

    return say
