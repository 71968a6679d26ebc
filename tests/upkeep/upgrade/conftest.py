"""An office with the tables of this version."""

import os
import shutil

import pytest

from tests.support.states import lay
from tests.support.versions import bersinar


@pytest.fixture(scope="session")
def office_template(tmp_path_factory):
    """The stored databases of 0.1.0 with the tables of this version."""
    folder = lay(tmp_path_factory.mktemp("kantor") / "data")
    made = bersinar(folder, "start", "--setup")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(autouse=True)
def same_version_throughout(monkeypatch):
    """A commit that somebody makes here meanwhile is a version changed by other means, and rightly noticed."""
    monkeypatch.setenv("GIT_DIR", os.devnull)


@pytest.fixture
def office(office_template, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(office_template, folder)
    return folder
