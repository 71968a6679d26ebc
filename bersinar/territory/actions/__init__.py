"""The only code that writes regions, offices, points and borders."""

from bersinar.territory.actions.history import change_code, close_village
from bersinar.territory.actions.load import load_regions, open_office
from bersinar.territory.actions.points import set_points

__all__ = ["change_code", "close_village", "load_regions", "open_office", "set_points"]
