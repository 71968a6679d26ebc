"""The only writers of files, letters and numbers."""

from bersinar.documents.actions.files import store_file

__all__ = ["store_file"]
