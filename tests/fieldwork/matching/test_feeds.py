"""It takes a yes for a thing one counts, and never for a share or a scale."""

import pytest

from bersinar.fieldwork.matching.columns import Profile, Shape
from bersinar.fieldwork.matching.feeds import Feed, How, proposed, translate
from bersinar.fieldwork.rules.cells import PRESENCE, Fault
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument
from bersinar.fieldwork.vocabulary import State

INSTRUMENT = instrument(*DEFAULT_INSTRUMENT)
NO_YES = ("D3", "D5")


@pytest.mark.parametrize("name", [name for name in INSTRUMENT.names if name not in NO_YES])
def test_it_keeps_a_yes_as_there_is_something(name):
    read = translate("ya", Feed(name, 0, How.YA_TIDAK), INSTRUMENT.indicator(name))
    assert (read.state, read.value, read.note) == (State.TERISI, 1, PRESENCE)


@pytest.mark.parametrize("name", NO_YES)
@pytest.mark.parametrize("word", ["ya", "Tidak", True])
def test_it_refuses_a_yes_where_one_would_mean_next_to_nothing(name, word):
    read = translate(word, Feed(name, 0, How.YA_TIDAK), INSTRUMENT.indicator(name))
    assert isinstance(read, Fault) and read.code == "yes_is_no_amount"


@pytest.mark.parametrize("name, how", [("P1", How.YA_TIDAK), ("D3", How.KATEGORI), ("D5", How.KATEGORI)])
def test_it_suggests_what_a_column_of_yes_and_no_can_say(name, how):
    column = Profile(
        column=0, heading="Ada?", shape=Shape.YES_NO, filled=3, examples=("ya",), values=(("ya", 2),)
    )
    assert proposed(column, INSTRUMENT.indicator(name)) is how
