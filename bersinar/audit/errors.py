"""What the audit refuses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class AppendOnly(BersinarError):
    """Somebody tried to change or delete history."""

    code = "audit.append_only"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Catatan audit tidak dapat diubah atau dihapus."))


class MissingEvents(BersinarError):
    """Events vanished before they were sealed."""

    code = "audit.missing"
    status = 500

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__(
            _(
                "Catatan audit nomor %(seq)s hilang sebelum disegel. "
                "Jalankan: bersinar audit verify, lalu hubungi pengelola sistem."
            )
            % {"seq": seq}
        )


class OutsideTransaction(RuntimeError):
    """A programming fault: an event must live or die with the change it tells about."""
