"""Foreign tables matched to ours on plain values: columns, codes, villages. No Django, no models."""
