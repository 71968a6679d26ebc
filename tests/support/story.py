"""The Belitung story, told once for all tests of a file."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from django.db import transaction
from django.test import override_settings

from bersinar.territory import actions as territory


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole story in province 19, and the sentences it said meanwhile."""
    # Here, not above: a fault in one stage must not keep the tests of the others from being found.
    from bersinar.demo.actions import build_if_absent

    folder = tmp_path_factory.mktemp("demo")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(BERSINAR_DEMO=True, BERSINAR_DATA=folder))
        stack.enter_context(transaction.atomic())
        territory.load_regions(provinces=("19",))
        said: list[str] = []
        build_if_absent(say=said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def scene(told, db):
    """Where the story plays, for one test."""
    from bersinar.demo.story import Stage

    return Stage.set_up()
