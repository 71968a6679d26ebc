"""Count rules: which category a village gets, and which ones missing answers leave possible."""

from bersinar.methods.categories.classification import (
    NO_LINE_BIT,
    OPEN,
    Anomaly,
    Classification,
    categories_in,
    classify,
    decision_table,
)
from bersinar.methods.categories.reconciliation import Reconciliation, reconcile
from bersinar.methods.categories.rule import (
    Category,
    CountRule,
    Line,
    Presence,
    RuleError,
    Status,
)

__all__ = [
    "NO_LINE_BIT",
    "OPEN",
    "Anomaly",
    "Category",
    "Classification",
    "CountRule",
    "Line",
    "Presence",
    "Reconciliation",
    "RuleError",
    "Status",
    "categories_in",
    "classify",
    "decision_table",
    "reconcile",
]
