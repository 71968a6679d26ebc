"""Pages of the reporting stage."""
