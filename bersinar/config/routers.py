"""Which table lives in which database."""

from __future__ import annotations

from typing import Any

SEALED = ("audit", "sealedevent")


class AuditRouter:
    """The chained store lies in a database of its own, so that one damaged file never takes both."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "audit" if (model._meta.app_label, model._meta.model_name) == SEALED else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if model_name is None:
            # Steps that move data name no table; they would look for tables that only the main database has.
            return db != "audit" or app_label == "audit"
        return (db == "audit") == ((app_label, model_name) == SEALED)
