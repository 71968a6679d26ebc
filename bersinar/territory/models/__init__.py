"""Tables of regions, offices and borders."""

from bersinar.territory.models.borders import Boundary, BoundaryChoice, BoundaryFile, BoundarySet
from bersinar.territory.models.offices import Office, OfficeArea
from bersinar.territory.models.regions import (
    District,
    FormerCode,
    Province,
    Regency,
    Succession,
    Village,
    VillagePoint,
)

__all__ = [
    "Boundary",
    "BoundaryChoice",
    "BoundaryFile",
    "BoundarySet",
    "District",
    "FormerCode",
    "Office",
    "OfficeArea",
    "Province",
    "Regency",
    "Succession",
    "Village",
    "VillagePoint",
]
