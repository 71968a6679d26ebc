"""The power goes at any moment and the disk forgets what was not synced: nothing acknowledged is lost."""

import pytest

from tests.support import machine
from tests.support.faults.counts import WHOLE, few_or
from tests.support.faults.cutting import cut_again_and_again, record
from tests.support.faults.decisions import DecisionWork
from tests.support.faults.grid import GridWork
from tests.support.faults.imports import ImportWork
from tests.support.faults.numbering import NumberWork

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(machine.strace() is None, reason="strace tidak ada (apt install strace)"),
]

# Cells and letters write in both ways: rows alone, and rows with files beside them.
KINDS = [(GridWork, 200), (NumberWork, 40), (ImportWork, 12), (DecisionWork, 100)]
FEW = [(GridWork, 30), (NumberWork, 6)]


@pytest.mark.parametrize(("kind", "answers"), KINDS if WHOLE else FEW, ids=lambda one: str(one))
def test_nothing_acknowledged_is_lost(own_folder, told, kind, answers):
    losses = cut_again_and_again(record(own_folder, kind, answers=answers), cuts=few_or(250), seed=5)
    told(losses)
    assert not losses.lost, "\n".join(losses.lost[:5])


def test_it_would_be_found_if_somebody_synced_less(own_folder, told):
    """With synchronous=NORMAL the log is not synced at each commit, and a cut takes what was already answered."""
    stretch = record(own_folder, GridWork, answers=30, FAULTS_SYNCHRONOUS="NORMAL")
    losses = cut_again_and_again(stretch, cuts=few_or(250, few=5), seed=6)
    told(losses)
    assert losses.lost
