"""Shared ground of the tests: regions of one province, one office, and people in every position."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from pytest_django.plugin import blocking_manager_key

from bersinar.access import Actor, Role, Section
from bersinar.accounts.models import User
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory.models import Office
from bersinar.territory.queries import villages_of_office
from bersinar.territory.vocabulary import OfficeKind
from tests.support import no_network, postgresql
from tests.support.people import person, signed_in
from tests.support.server import Server

TESTS_RUN = pytest.StashKey[int]()


no_network.forbid()


def pytest_configure() -> None:
    """What a test pays for again and again and does not test: slow password hashes, unpacking the codebook."""
    Client.force_login = signed_in(Client.force_login)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    codebook._resource = functools.cache(codebook._resource)
    # How full the disk of whoever runs the tests is says nothing about the product.
    settings.BERSINAR_KEEP_FREE_MB = 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what speaks to a database says anything new; the rest has run already."""
    if "BERSINAR_DATABASE_URL" not in os.environ:
        return
    spare = [item for item in items if not _speaks_to_a_database(item)]
    config.hook.pytest_deselected(items=spare)
    items[:] = [item for item in items if _speaks_to_a_database(item)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After the rows of a test were taken back, and outside of any transaction."""
    yield
    if "BERSINAR_DATABASE_URL" in os.environ:
        item.config.stash[TESTS_RUN] = item.config.stash.get(TESTS_RUN, 0) + 1
        with item.config.stash[blocking_manager_key].unblock():
            postgresql.sweep(item.config.stash[TESTS_RUN])


def _speaks_to_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or bool(fixtures & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(
    django_db_modify_db_settings_parallel_suffix: None, worker_id: str
) -> None:
    """Each process has a SQLite of its own in memory; pytest-django knows only Django's own engine by name."""
    for alias, database in connections.settings.items():
        if database["ENGINE"] == "bersinar.config.sqlite":
            name = f"file:memorydb_{alias}_{worker_id}?mode=memory&cache=shared"
            database.setdefault("TEST", {})["NAME"] = name
            connections[alias].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of this process: a second loop of Playwright beside a running one is refused."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("BERSINAR_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium tidak ada")
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo that was built, and stopped."""
    server = Server(tmp_path_factory.mktemp("demo-folder")).start()
    server.stop()
    return server.folder


@pytest.fixture
def regions(db: None) -> None:
    """Province 19 (Kepulauan Bangka Belitung) alone: 393 villages instead of 83,762."""
    territory.load_regions(provinces=("19",))


@pytest.fixture
def belitung(regions: None) -> Office:
    """BNNK Belitung, which serves two regencies: 88 villages."""
    return territory.open_office(
        kind=OfficeKind.BNNK, name="BNNK Belitung", prefixes=("19.02", "19.06"), seat="Tanjungpandan"
    )


@pytest.fixture
def elsewhere(regions: None) -> Office:
    """Another office of the same province, whose people must see nothing of Belitung."""
    return territory.open_office(
        kind=OfficeKind.BNNK, name="BNNK Bangka", prefixes=("19.01",), seat="Sungailiat"
    )


@pytest.fixture
def province(regions: None, belitung: Office) -> Office:
    return territory.open_office(
        kind=OfficeKind.BNNP, name="BNNP Kepulauan Bangka Belitung", prefixes=("19",), seat="Pangkalpinang"
    )


@pytest.fixture
def actor_p2m(belitung: Office) -> Actor:
    """P2M officer without the right to enforcement values."""
    return person("p2m", Role.STAF, Section.P2M, office=belitung)


@pytest.fixture
def actor_p2m_cleared(belitung: Office) -> Actor:
    """P2M officer who was given the right to enforcement values."""
    return person("p2m.khusus", Role.STAF, Section.P2M, office=belitung, sees_enforcement=True)


@pytest.fixture
def actor_head(belitung: Office) -> Actor:
    return person("kepala", Role.KEPALA, office=belitung)


@pytest.fixture
def actor_admin(belitung: Office) -> Actor:
    return person("admin", Role.ADMIN, office=belitung)


@pytest.fixture
def actor_enforcement(belitung: Office) -> Actor:
    return person("penindakan", Role.STAF, Section.PEMBERANTASAN, office=belitung, sees_enforcement=True)


@pytest.fixture
def actor_rehab(belitung: Office) -> Actor:
    return person("rehab", Role.STAF, Section.REHABILITASI, office=belitung)


@pytest.fixture
def actor_elsewhere(elsewhere: Office) -> Actor:
    return person("p2m.bangka", Role.STAF, Section.P2M, office=elsewhere, sees_enforcement=True)


@pytest.fixture
def actor_province(province: Office) -> Actor:
    return person("p2m.provinsi", Role.STAF, Section.P2M, office=province)


@pytest.fixture
def actor_kades(belitung: Office) -> Actor:
    """The head of one village (the first of the office's list)."""
    return person("kades", Role.KADES, village=villages_of_office(belitung.pk).first())


@pytest.fixture
def client_as(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """`client_as("actor_p2m")`: a browser of that person, logged in."""

    def logged_in(fixture: str) -> Client:
        actor = request.getfixturevalue(fixture)
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return logged_in
