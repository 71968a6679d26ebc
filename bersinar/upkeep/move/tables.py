"""Which tables lie in which database, and what kind of value each column holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models, router

DATABASES = ("default", "audit")
# Kept by Django itself: its rows say which steps the tables have gone through, and are compared, not copied.
HISTORY = "django_migrations"


class Kind(StrEnum):
    """How one value is written by either database; see values."""

    PLAIN = "plain"  # whole numbers, numbers with a point, text, bytes: the same on both
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    MOMENT = "moment"
    TIME = "time"
    DAY = "day"
    UUID = "uuid"
    JSON = "json"


_KINDS = {
    "BooleanField": Kind.BOOLEAN,
    "DecimalField": Kind.DECIMAL,
    "DateTimeField": Kind.MOMENT,
    "TimeField": Kind.TIME,
    "DateField": Kind.DAY,
    "UUIDField": Kind.UUID,
    "JSONField": Kind.JSON,
}
_PLAIN = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "BinaryField",
    "CharField",
    "FloatField",
    "IntegerField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SlugField",
    "SmallIntegerField",
    "TextField",
}
_NUMBERED = ("AutoField", "BigAutoField")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind
    places: int = 0  # digits after the point of a decimal


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    numbered: str | None  # the column the database numbers by itself

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def tables_of(database: str) -> list[Table]:
    """Every table of the product in this database, by name. LookupError for a kind of column nobody has thought of."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and router.allow_migrate_model(database, model):
            found[options.db_table] = _table(model)
    return [found[name] for name in sorted(found)]


def _table(model: type[models.Model]) -> Table:
    fields = model._meta.concrete_fields
    numbered = [field.column for field in fields if field.get_internal_type() in _NUMBERED]
    return Table(
        name=model._meta.db_table,
        columns=tuple(_column(field) for field in fields),
        numbered=numbered[0] if numbered else None,
    )


def _column(field: models.Field) -> Column:
    holds = field
    # A foreign key holds what the key it points to holds.
    while isinstance(holds, models.ForeignKey):
        holds = holds.target_field
    return Column(str(field.column), _kind(holds), getattr(holds, "decimal_places", None) or 0)


def _kind(field: models.Field) -> Kind:
    name = field.get_internal_type()
    if name in _KINDS:
        return _KINDS[name]
    if name not in _PLAIN:
        raise LookupError(f"{field}: {name} is not known to the move")
    return Kind.PLAIN
