"""Workbooks we hand out: the empty template, and the uploaded file with its bad cells marked."""

from bersinar.fieldwork.sheets.marked import marked_copy
from bersinar.fieldwork.sheets.template import template_name, write_template

__all__ = ["marked_copy", "template_name", "write_template"]
