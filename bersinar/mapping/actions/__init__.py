"""What people do with a map: calculate, object, answer, release, and enter their own rule."""

from bersinar.mapping.actions.export import export_table, keep_table
from bersinar.mapping.actions.objections import answer_objection, record_objection
from bersinar.mapping.actions.rulebook import add_own_rule
from bersinar.mapping.actions.runs import release_run, run_mapping

__all__ = [
    "add_own_rule",
    "answer_objection",
    "export_table",
    "keep_table",
    "record_objection",
    "release_run",
    "run_mapping",
]
