"""Base page, components, styles, scripts; no business words."""
