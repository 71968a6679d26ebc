"""The only writers of files, letters and numbers."""

from bersinar.documents.actions.files import store_file
from bersinar.documents.actions.letters import (
    draft_letter,
    issue_letter,
    record_signed,
    set_number_pattern,
    void_letter,
)
from bersinar.documents.actions.templates import add_template

__all__ = [
    "add_template",
    "draft_letter",
    "issue_letter",
    "record_signed",
    "set_number_pattern",
    "store_file",
    "void_letter",
]
