"""PostgreSQL is killed and its connections are cut under two servers: 0 acknowledged lost, 0 stored twice."""

import pytest

from tests.support.faults.counts import few_or
from tests.support.faults.cutting_postgresql import cut_again_and_again
from tests.support.faults.killing import assert_whole
from tests.support.moved import installation
from tests.support.server import Server

pytestmark = pytest.mark.server


@pytest.fixture
def moved(demo_folder, tmp_path):
    # Durable: after a kill the promise rests on what PostgreSQL brought to the disk.
    with installation(demo_folder, tmp_path / "data", version=18, durable=True) as found:
        yield found


def test_while_people_work_at_two_servers(moved, told):
    servers = [Server(moved.folder).start(), Server(moved.folder).start()]
    try:
        told(cut_again_and_again(moved, servers, cuts=few_or(200), seed=22))
    finally:
        for one in servers:
            one.stop()
    assert_whole(moved.folder)
