"""Invented indicator values with a known truth; see docs/develop/generator.md.

Nothing here knows what the press or anybody else said of a real place: the only inputs are the code of a
village, whether it is a kelurahan, and a seed.
"""

from bersinar.demo.generator.counts import INDICATORS
from bersinar.demo.generator.layout import Layout, layout_of
from bersinar.demo.generator.observed import Observed, observe
from bersinar.demo.generator.truth import EASY, Setting, Truth, true_values

__all__ = [
    "EASY",
    "INDICATORS",
    "Layout",
    "Observed",
    "Setting",
    "Truth",
    "layout_of",
    "observe",
    "true_values",
]
