"""Reads over regions, offices and borders."""

from bersinar.territory.queries.regions import (
    OfficeScope,
    former_codes,
    kind_word,
    office_scope,
    offices_under,
    regions_are_loaded,
    village_by_code,
    village_in_office,
    villages_of_office,
)
from bersinar.territory.queries.search import FoundVillage, found, search, search_ids

__all__ = [
    "FoundVillage",
    "OfficeScope",
    "former_codes",
    "found",
    "kind_word",
    "office_scope",
    "offices_under",
    "regions_are_loaded",
    "search",
    "search_ids",
    "village_by_code",
    "village_in_office",
    "villages_of_office",
]
