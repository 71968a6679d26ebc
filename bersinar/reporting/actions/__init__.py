"""What this stage changes: the audit of what leaves the office, and the figures kept for the overview."""

from bersinar.reporting.actions.listing import export_list
from bersinar.reporting.actions.overview import refresh_overview

__all__ = ["export_list", "refresh_overview"]
