"""Villages as a picture: places and outlines in, paths of whole numbers out. No database, no words of a stage."""

from bersinar.territory.drawing.compose import draw
from bersinar.territory.drawing.records import Inset, Label, MapShapes, Outline, Place, VillageShape
from bersinar.territory.drawing.touching import neighbours

__all__ = ["Inset", "Label", "MapShapes", "Outline", "Place", "VillageShape", "draw", "neighbours"]
