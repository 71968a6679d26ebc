"""Triggers that refuse changes of history, also from outside Django.

PostgreSQL refuses UPDATE and DELETE. SQLite refuses UPDATE; a deleted row there is told by `audit verify`. They are
set after every migration, because rebuilding a table on SQLite silently drops its triggers.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, router

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'audit: append-only'; END $$
"""


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Set the triggers of the tables that live in this database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        for table in _tables(sender, using):
            if table not in present:
                continue
            for statement in _statements(table, connection.vendor):
                cursor.execute(statement)


def remove(sender: Any, using: str) -> None:
    """Take them away, as somebody with the database's password could."""
    with connections[using].cursor() as cursor:
        for table in _tables(sender, using):
            on = f" ON {table}" if connections[using].vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table)}{on}")


def _tables(app: Any, using: str) -> list[str]:
    models = [app.get_model("event"), app.get_model("sealedevent")]
    return [model._meta.db_table for model in models if router.allow_migrate_model(using, model)]


def _name(table: str) -> str:
    return f"{table}_append_only"


def _statements(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            _FUNCTION,
            f"CREATE OR REPLACE TRIGGER {_name(table)} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_name(table)} BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'audit: append-only'); END"
    ]
