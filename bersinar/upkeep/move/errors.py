"""Why a move was refused. Whatever the reason: the source is as before, and so is the setting."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bersinar.upkeep.errors import UpkeepError


class MoveRefused(UpkeepError):
    """Base of these refusals."""


class NothingToMove(MoveRefused):
    code = "move.nothing"

    def __init__(self, folder: object) -> None:
        super().__init__(
            _("Di %(folder)s tidak ada basis data SQLite. Periksa BERSINAR_DATA.") % {"folder": folder}
        )


class AlreadyThere(MoveRefused):
    code = "move.already_there"

    def __init__(self) -> None:
        super().__init__(
            _("Instalasi ini sudah memakai PostgreSQL. Untuk kembali ke SQLite: bersinar move-to-sqlite")
        )


class NotOnPostgresql(MoveRefused):
    code = "move.not_on_postgresql"

    def __init__(self) -> None:
        super().__init__(_("Instalasi ini sudah memakai SQLite; tidak ada yang perlu dipindahkan."))


class AddressWrong(MoveRefused):
    code = "move.address_wrong"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tulis alamatnya seperti postgresql://bersinar:sandi@komputer/bersinar (docs/operate/postgresql.md)."
            )
        )


class Unreachable(MoveRefused):
    code = "move.unreachable"

    def __init__(self, database: str, why: str) -> None:
        super().__init__(
            _(
                "Basis data %(database)s tidak dapat dibuka (%(why)s). Periksa apakah PostgreSQL berjalan, "
                "basis datanya sudah dibuat, dan sandinya benar."
            )
            % {"database": database, "why": why}
        )


class TooOld(MoveRefused):
    code = "move.too_old"

    def __init__(self, version: int) -> None:
        super().__init__(
            _("PostgreSQL ini versi %(version)s. Bersinar memerlukan versi 16 atau lebih baru.")
            % {"version": version // 10000}
        )


class NotUnicode(MoveRefused):
    code = "move.not_unicode"

    def __init__(self, database: str, encoding: str) -> None:
        super().__init__(
            _("Basis data %(database)s memakai pengodean %(encoding)s. Buat ulang dengan ENCODING 'UTF8'.")
            % {"database": database, "encoding": encoding}
        )


class NotEmpty(MoveRefused):
    code = "move.not_empty"

    def __init__(self, database: str) -> None:
        super().__init__(
            _("Basis data %(database)s sudah berisi tabel. Buat basis data baru yang kosong, lalu ulangi.")
            % {"database": database}
        )


class InUse(MoveRefused):
    code = "move.in_use"

    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "Masih ada %(count)s sambungan ke basis data. Hentikan dulu semua server Bersinar, `bersinar worker`, "
                "dan psql di semua komputer, lalu ulangi."
            )
            % {"count": count}
        )


class UnknownTables(MoveRefused):
    code = "move.unknown_tables"

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            _(
                "Basis data ini tidak cocok dengan versi Bersinar ini (%(names)s). "
                "Jalankan dulu bersinar start --setup dengan versi yang biasa Anda pakai, lalu ulangi."
            )
            % {"names": ", ".join(sorted(names)[:5])}
        )


class CopyRefused(MoveRefused):
    code = "move.copy_refused"

    def __init__(self, table: str, why: str) -> None:
        super().__init__(
            _(
                "Tabel %(table)s tidak dapat disalin: %(why)s. Tidak ada yang dipindahkan. "
                "Laporkan kalimat ini kepada pengelola sistem."
            )
            % {"table": table, "why": why}
        )


class CopyDiffers(MoveRefused):
    code = "move.differs"

    def __init__(self, tables: Iterable[str]) -> None:
        super().__init__(
            _(
                "Salinan tidak sama dengan aslinya pada tabel %(tables)s. Tidak ada yang dipindahkan. "
                "Laporkan kalimat ini kepada pengelola sistem."
            )
            % {"tables": ", ".join(sorted(tables)[:5])}
        )


class AuditBroken(MoveRefused):
    code = "move.audit_broken"

    def __init__(self, told: str) -> None:
        super().__init__(
            _("Catatan audit tidak utuh, jadi data tidak dipindahkan. %(told)s") % {"told": told}
        )


class TablesNotMade(MoveRefused):
    code = "move.tables_not_made"

    def __init__(self, told: str) -> None:
        super().__init__(_("Tabel di tempat baru tidak dapat dibuat: %(told)s") % {"told": told})
