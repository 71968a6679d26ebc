"""Weights: given, judged in pairs, or read off the data (scenarios only)."""

from bersinar.methods.index.weighting.data_driven import critic, entropy, pca
from bersinar.methods.index.weighting.pairwise import Judgement, ahp, combine, from_pairs

__all__ = ["Judgement", "ahp", "combine", "critic", "entropy", "from_pairs", "pca"]
