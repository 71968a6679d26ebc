"""What every refusal of this stage is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class ProgrammeError(BersinarError):
    """Anything this stage refuses."""

    code = "programme.refused"


class NeverChanges(ProgrammeError):
    """A written row was to be edited."""

    code = "programme.never_changes"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Catatan yang sudah tersimpan tidak diubah. Tarik catatan itu, lalu catat lagi."))
