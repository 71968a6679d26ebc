"""kill -9 of the real server at random moments: nothing acknowledged is lost, nothing is stored twice."""

import pytest

from tests.support.faults.counts import few_or
from tests.support.faults.grid import GridWork
from tests.support.faults.killing import kill_again_and_again

pytestmark = pytest.mark.server


def test_while_people_save_cells(own_folder, told):
    told(kill_again_and_again(own_folder, GridWork, kills=few_or(250), seed=1, pieces=9, longest=0.05))
