"""The analytic index beside the official category: from indicators to a score, a place, and what they rest on."""

from bersinar.methods.index.aggregation import (
    Aggregation,
    ampi,
    ampi_scale,
    arithmetic,
    geometric,
    harmonic,
    mpi,
)
from bersinar.methods.index.coherence import Audit, audit, cronbach_alpha, remove_one
from bersinar.methods.index.framework import Framework, Group, Item, two_to_one
from bersinar.methods.index.missing import Bounds, rank_bounds, screened_out, weighted_mean
from bersinar.methods.index.outliers import Treated, Treatment, treat
from bersinar.methods.index.outranking import Vikor, copeland, promethee, topsis, vikor
from bersinar.methods.index.ranking import percentile_ranks, ranks
from bersinar.methods.index.recipe import Index, Recipe, build, changed
from bersinar.methods.index.scaling import Goalposts, Scaling, goalposts_of, scale

__all__ = [
    "Aggregation",
    "Audit",
    "Bounds",
    "Framework",
    "Goalposts",
    "Group",
    "Index",
    "Item",
    "Recipe",
    "Scaling",
    "Treated",
    "Treatment",
    "Vikor",
    "ampi",
    "ampi_scale",
    "arithmetic",
    "audit",
    "build",
    "changed",
    "copeland",
    "cronbach_alpha",
    "geometric",
    "goalposts_of",
    "harmonic",
    "mpi",
    "percentile_ranks",
    "promethee",
    "rank_bounds",
    "ranks",
    "remove_one",
    "scale",
    "screened_out",
    "topsis",
    "treat",
    "two_to_one",
    "vikor",
    "weighted_mean",
]
