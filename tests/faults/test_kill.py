"""kill -9 of the real server at random moments: nothing acknowledged is lost, nothing is stored twice."""

import pytest

from tests.support.faults.counts import few_or
from tests.support.faults.decisions import DecisionWork
from tests.support.faults.grid import GridWork
from tests.support.faults.imports import ImportWork
from tests.support.faults.killing import kill_again_and_again
from tests.support.faults.numbering import NumberWork

pytestmark = pytest.mark.server

# A thousand in all; `pieces` and `longest` lay the kills over a few answers and the time one of them takes.
KILLS = few_or(250)


def test_while_people_save_cells(own_folder, told):
    told(kill_again_and_again(own_folder, GridWork, kills=KILLS, seed=1, pieces=9, longest=0.05))


def test_while_files_are_taken_over(own_folder, told):
    told(kill_again_and_again(own_folder, ImportWork, kills=KILLS, seed=2, pieces=1, longest=0.6))


def test_while_targets_are_decided(own_folder, told):
    told(kill_again_and_again(own_folder, DecisionWork, kills=KILLS, seed=3, pieces=3, longest=0.1))


def test_while_letters_get_their_numbers(own_folder, told):
    told(kill_again_and_again(own_folder, NumberWork, kills=KILLS, seed=4, pieces=2, longest=0.4))
