"""Decisions of the collecting stage on plain values: instruments, cells, templates, plans of an import."""
