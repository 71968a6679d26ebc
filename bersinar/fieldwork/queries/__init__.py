"""What the collecting stage tells: rounds, the table for computing, and what a person may see of it."""

from bersinar.fieldwork.queries.completeness import Completeness, Share, completeness
from bersinar.fieldwork.queries.current import (
    KnownValues,
    ask_of,
    current_entry,
    enterable,
    known_of,
    known_values,
)
from bersinar.fieldwork.queries.grid import Grid, grid, hidden_indicators, origins, texts_of_entries
from bersinar.fieldwork.queries.imports import (
    Preview,
    import_file,
    import_of,
    imports_of,
    preview,
    problems_of,
)
from bersinar.fieldwork.queries.rounds import (
    instrument_of,
    round_choices,
    round_of,
    rounds,
    villages_of_round,
)
from bersinar.fieldwork.queries.table import (
    IndicatorTable,
    VillageRow,
    fingerprint,
    indicator_table,
    withdrawn_entry_ids,
)
from bersinar.fieldwork.queries.visible import VisibleTable, visible_values

__all__ = [
    "Completeness",
    "Grid",
    "IndicatorTable",
    "KnownValues",
    "Preview",
    "Share",
    "VillageRow",
    "VisibleTable",
    "ask_of",
    "completeness",
    "current_entry",
    "enterable",
    "fingerprint",
    "grid",
    "hidden_indicators",
    "import_file",
    "import_of",
    "imports_of",
    "indicator_table",
    "instrument_of",
    "known_of",
    "known_values",
    "origins",
    "preview",
    "problems_of",
    "round_choices",
    "round_of",
    "rounds",
    "texts_of_entries",
    "villages_of_round",
    "visible_values",
    "withdrawn_entry_ids",
]
