"""What the matching refuses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class FileFinished(BersinarError):
    code = "fieldwork.wizard_finished"

    def __init__(self) -> None:
        super().__init__(
            _("Berkas ini sudah sampai di pemeriksaan. Unggah lagi untuk mencocokkannya sekali lagi.")
        )


class StepMissing(BersinarError):
    code = "fieldwork.wizard_step_missing"

    def __init__(self) -> None:
        super().__init__(
            _("Langkah sebelumnya belum selesai. Mulai dari langkah pertama yang belum bertanda.")
        )


class ChoiceUnknown(BersinarError):
    code = "fieldwork.wizard_choice_unknown"

    def __init__(self) -> None:
        super().__init__(_("Pilihan ini tidak ada di berkas Anda. Muat ulang halaman, lalu pilih lagi."))


class NothingMatched(BersinarError):
    code = "fieldwork.wizard_nothing_matched"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Belum ada baris yang cocok dengan desa di wilayah Anda. Periksa kolom kode, desa dan kecamatan."
            )
        )
