"""One folder, one server: the second is refused, and a killed one is in nobody's way."""

import pytest

from tests.support.faults.counts import few_or
from tests.support.faults.killing import sign_in
from tests.support.faults.mortal import Mortal

pytestmark = pytest.mark.server


def test_the_second_is_refused_and_the_next_one_after_a_kill_starts(own_folder, told):
    times = few_or(50)
    with Mortal(own_folder) as server:
        for _time in range(times):
            server.start()
            assert server.start_again() == "the product ended with 3"
            assert "sudah berjalan" in server.log()
            server.kill()
        server.start()
        sign_in(server, "p2m")
    told(f"two servers: {times} of {times} refused, {times} starts after a kill")
