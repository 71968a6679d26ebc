"""What the collecting stage tells: rounds, the table for computing, and what a person may see of it."""

from bersinar.fieldwork.queries.current import (
    KnownValues,
    ask_of,
    current_entry,
    enterable,
    known_of,
    known_values,
)
from bersinar.fieldwork.queries.grid_rows import (
    Grid,
    grid,
    grid_of_village,
    texts_of_entries,
    village_after,
    villages_named,
)
from bersinar.fieldwork.queries.imports import (
    Preview,
    basis_of,
    import_file,
    import_of,
    imports_of,
    may_decide,
    may_open_file,
    preview,
)
from bersinar.fieldwork.queries.round_rows import (
    instrument_of,
    round_choices,
    round_of,
    rounds,
    villages_of_round,
)
from bersinar.fieldwork.queries.shares import (
    Completeness,
    Share,
    answered_by_regency,
    completeness,
    progress,
    progresses,
)
from bersinar.fieldwork.queries.table import (
    IndicatorTable,
    VillageRow,
    entry_ids_of_villages,
    fingerprint,
    fingerprints,
    indicator_table,
    withdrawn_entry_ids,
)
from bersinar.fieldwork.queries.villages import VillageValue, latest_round_of, village_values
from bersinar.fieldwork.queries.visible import VisibleTable, visible_values
from bersinar.fieldwork.queries.work import work_queue

__all__ = [
    "Completeness",
    "Grid",
    "IndicatorTable",
    "KnownValues",
    "Preview",
    "Share",
    "VillageRow",
    "VillageValue",
    "VisibleTable",
    "answered_by_regency",
    "ask_of",
    "basis_of",
    "completeness",
    "current_entry",
    "enterable",
    "entry_ids_of_villages",
    "fingerprint",
    "fingerprints",
    "grid",
    "grid_of_village",
    "import_file",
    "import_of",
    "imports_of",
    "indicator_table",
    "instrument_of",
    "known_of",
    "known_values",
    "latest_round_of",
    "may_decide",
    "may_open_file",
    "preview",
    "progress",
    "progresses",
    "round_choices",
    "round_of",
    "rounds",
    "texts_of_entries",
    "village_after",
    "village_values",
    "villages_named",
    "villages_of_round",
    "visible_values",
    "withdrawn_entry_ids",
    "work_queue",
]
