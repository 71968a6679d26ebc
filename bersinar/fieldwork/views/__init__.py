"""Pages of the collecting stage."""
