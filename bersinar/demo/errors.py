"""What can go wrong with the demo, the invented nation and the rehearsal copy."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class DemoError(BersinarError):
    """Base of this folder's refusals."""


class NotADemoFolder(DemoError):
    code = "demo.not_a_demo_folder"

    def __init__(self) -> None:
        super().__init__(_("Folder ini bukan folder contoh. Buat contoh di folder lain dengan --data."))


class RealOffice(DemoError):
    code = "demo.real_office"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Di sini ada kantor sungguhan, dan data rekaan tidak dicampur dengannya. "
                "Pakai folder kosong: BERSINAR_DATA=DIR, dengan basis data sendiri."
            )
        )


class ProvinceUnknown(DemoError):
    code = "demo.province_unknown"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Tidak ada provinsi dengan kode %(code)s. Tulis dua angka, misalnya 19.") % {"code": code}
        )


class NotSetUp(DemoError):
    code = "demo.not_set_up"

    def __init__(self) -> None:
        super().__init__(_("Folder data ini belum disiapkan. Jalankan dulu: bersinar start --setup"))


class NoOfficeToRehearse(DemoError):
    code = "demo.no_office_to_rehearse"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Belum ada kantor dengan akun yang dapat disalin. Buka dulu kantornya: bersinar open-office --help"
            )
        )


class NotARehearsal(DemoError):
    code = "demo.not_a_rehearsal"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Folder ini bukan salinan latihan, jadi tidak ada yang dikosongkan. "
                "Jalankan: bersinar start --rehearsal"
            )
        )


class AlreadyARehearsal(DemoError):
    code = "demo.already_a_rehearsal"

    def __init__(self) -> None:
        super().__init__(_("Ini salinan latihan. Salinan latihan dimulai dari folder kantornya."))
