"""What can go wrong with the demo."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class DemoError(BersinarError):
    """Base of this folder's refusals."""


class NotADemoFolder(DemoError):
    code = "demo.not_a_demo_folder"

    def __init__(self) -> None:
        super().__init__(_("Folder ini bukan folder contoh. Buat contoh di folder lain dengan --data."))
