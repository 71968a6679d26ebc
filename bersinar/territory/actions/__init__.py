"""The only code that writes regions, offices, points and borders."""

from bersinar.territory.actions.borders import (
    decide_boundary,
    import_boundaries,
    match_content,
    read_borders,
    receive_borders,
    use_boundaries,
)
from bersinar.territory.actions.history import change_code, close_village
from bersinar.territory.actions.load import load_regions, open_office
from bersinar.territory.actions.points import set_points

__all__ = [
    "change_code",
    "close_village",
    "decide_boundary",
    "import_boundaries",
    "load_regions",
    "match_content",
    "open_office",
    "read_borders",
    "receive_borders",
    "set_points",
    "use_boundaries",
]
