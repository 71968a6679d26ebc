"""What can go wrong with keeping an installation, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class UpkeepError(BersinarError):
    """Base of this folder's refusals."""


class DemoFolder(UpkeepError):
    code = "upkeep.demo_folder"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Folder ini berisi contoh dan tidak dicampur kantor sungguhan. Pilih folder lain: BERSINAR_DATA=DIR."
            )
        )


class NotSetUp(UpkeepError):
    code = "upkeep.not_set_up"

    def __init__(self) -> None:
        super().__init__(_("Folder data ini belum disiapkan. Jalankan dulu: bersinar start --setup"))


class AreaUnknown(UpkeepError):
    code = "upkeep.area_unknown"

    def __init__(self, prefix: str, example: str) -> None:
        super().__init__(
            _("Kode wilayah %(prefix)s tidak cocok untuk satuan kerja ini. Tulis misalnya %(example)s.")
            % {"prefix": prefix, "example": example}
        )


class AdministratorExists(UpkeepError):
    code = "upkeep.administrator_exists"

    def __init__(self, office: str) -> None:
        super().__init__(
            _("%(office)s sudah punya administrator. Akun lain dibuat olehnya di halaman Akun.")
            % {"office": office}
        )


class UsernameTaken(UpkeepError):
    code = "upkeep.username_taken"

    def __init__(self, username: str) -> None:
        super().__init__(
            _("Nama pengguna %(username)s sudah dipakai. Pilih yang lain.") % {"username": username}
        )


class NewerSchema(UpkeepError):
    code = "upkeep.newer_schema"

    def __init__(self, migration: str) -> None:
        self.migration = migration
        super().__init__(
            _(
                "Folder data ini sudah dipakai versi Bersinar yang lebih baru (%(migration)s). "
                "Pasang versi itu, atau pakai cadangan dari sebelum pembaruan."
            )
            % {"migration": migration}
        )


class DatabaseHalfCopied(UpkeepError):
    code = "upkeep.half_copied"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Pemindahan ke basis data PostgreSQL ini belum selesai. Data kantor masih utuh di folder data. "
                "Ulangi: bersinar move-to-postgres ALAMAT --commit"
            )
        )


class DatabaseGone(UpkeepError):
    code = "upkeep.database_gone"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Isi basis data PostgreSQL ini sudah dipindahkan kembali ke SQLite; yang ada di sini salinan lama. "
                "Hapus baris BERSINAR_DATABASE_URL dari bersinar.env di komputer ini."
            )
        )


class NotTheKeeper(UpkeepError):
    code = "upkeep.not_the_keeper"
    status = 403

    def __init__(self, office: str) -> None:
        super().__init__(
            _("Cadangan instalasi ini diurus administrator %(office)s. Hubungi mereka.") % {"office": office}
        )
