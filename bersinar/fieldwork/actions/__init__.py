"""Everything that changes data of the collecting stage."""

from bersinar.fieldwork.actions.entries import enter_value, withdraw_entry
from bersinar.fieldwork.actions.imports import (
    apply_import,
    keep_plan,
    read_import,
    receive_file,
    refuse_import,
    withdraw_import,
)
from bersinar.fieldwork.actions.rounds import close_round, open_round

__all__ = [
    "apply_import",
    "close_round",
    "enter_value",
    "keep_plan",
    "open_round",
    "read_import",
    "receive_file",
    "refuse_import",
    "withdraw_entry",
    "withdraw_import",
]
