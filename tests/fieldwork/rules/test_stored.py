"""It keeps the cells of a file as lines that name each answer once, and still reads what 0.1 kept."""

import json
from decimal import Decimal

from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.lines import NOTHING, Lines
from bersinar.fieldwork.rules.plan import Known
from bersinar.fieldwork.rules.stored import packed, unpacked
from bersinar.fieldwork.vocabulary import State

THREE, NONE = Reading(State.TERISI, Decimal("3.0000")), Reading(State.NIHIL, Decimal(0))
ASKED = Reading(State.BELUM, None, "BELUM_DITANYAKAN")
LINES = Lines(
    asked=(("P1", "E"), ("D5", "Q")),
    answers=(THREE, NONE, ASKED),
    lines=[[5, 11, 0, 2], [6, 12, 1, NOTHING], [7, 13, 0, NOTHING]],
    based=[[0, 41], [0, 0], [0, 0]],
)


def known(entry, reading=THREE):
    return Known(reading.state, reading.value, reading.reason, reading.note, entry)


def test_it_is_the_same_after_being_kept():
    again = unpacked(json.loads(json.dumps(packed(LINES))))
    assert list(again) == list(LINES) and len(again) == len(list(again)) == 4
    assert [(one.row, one.column, one.based_on) for one in again][:2] == [(5, "E", None), (5, "Q", 41)]


def test_it_reads_what_the_first_version_kept():
    kept = [
        [5, "E", 11, "P1", "TERISI", "3.0000", "", "", None],
        [5, "Q", 11, "D5", "BELUM", None, "BELUM_DITANYAKAN", "", 41],
        [6, "E", 12, "P1", "NIHIL", "0", "", "", None],
        [7, "E", 13, "P1", "TERISI", "3.0000", "", "", None],
    ]
    assert list(unpacked(kept)) == list(LINES)
    assert list(unpacked([])) == [] and len(unpacked([])) == 0


def test_it_gives_only_what_was_asked_for():
    only = LINES.only(["D5"])
    assert [(one.village_id, one.indicator, one.based_on) for one in only] == [(11, "D5", 41)]
    assert LINES.only(["P1", "D5"]) is LINES
    assert LINES.only(["D5"]).used == [0] and Lines(LINES.asked, LINES.answers, [[5, 1, -1, 0]]).used == [1]


def test_it_tells_cells_that_moved_since_they_were_compared():
    assert LINES.moved({(11, "D5"): known(41)}) == 0
    assert LINES.moved({}) == 1
    now = {(11, "D5"): known(41), (12, "P1"): known(50)}
    assert LINES.moved(now) == 1
    assert LINES.rebased(now).moved(now) == 0


def test_it_counts_what_would_change():
    same = {(11, "P1"): known(1, THREE), (12, "P1"): known(2, THREE)}
    assert LINES.changes({}) == 4
    assert LINES.changes(same) == 3
