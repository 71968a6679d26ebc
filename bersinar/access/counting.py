"""After many rows at once: let PostgreSQL look at its tables before it plans the next question."""

from __future__ import annotations

from django.db import connections, models, router

# Below this its own upkeep comes in good time.
MANY = 10_000


def count_anew(*tables: type[models.Model]) -> None:
    """Without it a question about rows that have just arrived is planned for the table as it was before.

    In the caller's transaction, which has put many rows there. SQLite does not plan by counts.
    """
    for table in tables:
        connection = connections[router.db_for_write(table)]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
