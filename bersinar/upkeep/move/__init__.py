"""Moves an installation between SQLite and PostgreSQL, whole, compared, and both ways."""
