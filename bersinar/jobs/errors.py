"""Why a job or a limited process was refused or ended."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class RequesterGone(BersinarError):
    code = "jobs.requester_gone"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Akun yang meminta pekerjaan ini sudah ditutup. Minta rekan Anda mengulanginya dari awal.")
        )


class GaveUp(BersinarError):
    """The work stopped unexpectedly each time it was tried."""

    code = "jobs.gave_up"
    status = 500

    def __init__(self, pk: int) -> None:
        super().__init__(
            _(
                "Pekerjaan ini beberapa kali terhenti karena kesalahan sistem. Yang sudah tersimpan aman. "
                "Ulangi sekali lagi; bila tetap gagal, laporkan nomor pekerjaan %(pk)s kepada pengelola sistem."
            )
            % {"pk": pk}
        )
