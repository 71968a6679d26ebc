"""Pages of regions and borders."""
