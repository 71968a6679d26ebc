"""Reads over regions, offices and borders."""

from bersinar.territory.queries.borders import (
    MatchReport,
    SetRow,
    boundary_set,
    boundary_sets,
    candidates,
    last_choice,
    match_report,
    set_in_use,
    sets_in_use,
)
from bersinar.territory.queries.finding import MOST_FOUND, FoundVillage, found, search, search_ids
from bersinar.territory.queries.maps import neighbours, places, set_shapes, shapes
from bersinar.territory.queries.regions import (
    OfficeScope,
    former_codes,
    kind_word,
    office_named,
    office_scope,
    offices_under,
    regions_are_loaded,
    village_by_code,
    village_in_office,
    villages_of_office,
)

__all__ = [
    "MOST_FOUND",
    "FoundVillage",
    "MatchReport",
    "OfficeScope",
    "SetRow",
    "boundary_set",
    "boundary_sets",
    "candidates",
    "former_codes",
    "found",
    "kind_word",
    "last_choice",
    "match_report",
    "neighbours",
    "office_named",
    "office_scope",
    "offices_under",
    "places",
    "regions_are_loaded",
    "search",
    "search_ids",
    "set_in_use",
    "set_shapes",
    "sets_in_use",
    "shapes",
    "village_by_code",
    "village_in_office",
    "villages_of_office",
]
