"""A new version beside the old one: tried on a copy of the data, and used only when everything held."""
