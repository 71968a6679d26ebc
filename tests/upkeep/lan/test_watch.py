"""It sees when devices would be shown a certificate that does not fit, and only then."""

from datetime import UTC, datetime, timedelta

import pytest

from bersinar.upkeep.lan import authority, watch

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NAMES = ["192.168.1.10", "kantor.local"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return authority.prepare(tmp_path_factory.mktemp("data") / "jaringan", NAMES, now=NOW)


@pytest.mark.parametrize(
    ("found", "later", "needed"),
    [
        (NAMES, 0, False),
        (list(reversed(NAMES)), 300, False),
        (["192.168.1.11", "kantor.local"], 0, True),
        ([*NAMES, "10.0.0.4"], 0, True),
        (NAMES, 397 - 30, True),
    ],
    ids=["same", "same in another order", "moved", "a second cable", "old"],
)
def test_it_knows_when_a_new_door_is_needed(files, found, later, needed):
    assert watch.needs_new_door(files, NAMES, found, NOW + timedelta(days=later)) is needed
