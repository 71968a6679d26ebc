"""Letters as they are read: one composition, printed as PDF by typst and as DOCX for Word."""

from bersinar.documents.papers.paper import Paper

__all__ = ["Paper"]
