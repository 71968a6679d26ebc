"""What the collecting stage tells: rounds, the table for computing, and what a person may see of it."""

from bersinar.fieldwork.queries.rounds import instrument_of, round_choices, rounds, villages_of_round
from bersinar.fieldwork.queries.table import (
    IndicatorTable,
    VillageRow,
    fingerprint,
    indicator_table,
    withdrawn_entry_ids,
)
from bersinar.fieldwork.queries.visible import VisibleTable, visible_values

__all__ = [
    "IndicatorTable",
    "VillageRow",
    "VisibleTable",
    "fingerprint",
    "indicator_table",
    "instrument_of",
    "round_choices",
    "rounds",
    "villages_of_round",
    "visible_values",
    "withdrawn_entry_ids",
]
