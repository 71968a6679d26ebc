"""What can go wrong in the collecting stage, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.fieldwork.rules.plan import Known


class FieldworkError(BersinarError):
    """Anything this stage refuses."""

    code = "fieldwork.refused"


class NoOfficeOfOwn(FieldworkError):
    code = "fieldwork.no_office"

    def __init__(self) -> None:
        super().__init__(_("Akun Anda tidak terikat pada satu satuan kerja. Masuk dengan akun satuan kerja."))


class RoundExists(FieldworkError):
    code = "fieldwork.round_exists"
    status = 409

    def __init__(self, title: str, year: int) -> None:
        super().__init__(
            _("Putaran “%(title)s” tahun %(year)d sudah ada. Buka putaran itu, atau beri judul lain.")
            % {"title": title, "year": year}
        )


class OtherOfficesRound(FieldworkError):
    code = "fieldwork.other_offices_round"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Hanya satuan kerja pemilik putaran ini yang mengisi datanya."))


class RoundClosed(FieldworkError):
    code = "fieldwork.round_closed"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Putaran ini sudah ditutup. Buka putaran baru untuk mengisi data."))


class NotInRound(FieldworkError):
    code = "fieldwork.not_in_round"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("Desa atau indikator itu tidak ada dalam putaran ini. Muat ulang halaman."))


class ValueRefused(FieldworkError):
    """What was typed cannot be meant; the sentence comes from the rule."""

    code = "fieldwork.value_refused"


class CellChanged(FieldworkError):
    """Somebody else answered first; both answers are shown and a person chooses."""

    code = "fieldwork.cell_changed"
    status = 409

    def __init__(self, known: Known | None, *, by_name: str) -> None:
        self.known, self.by_name = known, by_name
        super().__init__(
            _("Sel ini baru diisi oleh %(name)s. Bandingkan kedua nilai, lalu pilih.") % {"name": by_name}
        )


class KeyReused(FieldworkError):
    """One key came twice with different answers: which of them is meant nobody can know."""

    code = "fieldwork.key_reused"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Isian ini sudah terkirim dengan jawaban lain. Muat ulang halaman, lalu periksa."))


class ImportNotReady(FieldworkError):
    code = "fieldwork.import_not_ready"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Berkas ini belum dapat disimpan. Buka halaman periksa untuk melihat sebabnya."))


class ImportStale(FieldworkError):
    code = "fieldwork.import_stale"
    status = 409

    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "%(count)d nilai berubah sejak berkas diperiksa. Periksa perubahannya sekali lagi, lalu simpan."
            )
            % {"count": count}
        )


class NothingNew(FieldworkError):
    code = "fieldwork.nothing_new"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Semua nilai dalam berkas ini sudah tersimpan. Tidak ada yang diubah."))


class NotApplied(FieldworkError):
    code = "fieldwork.not_applied"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Berkas ini belum disimpan, jadi tidak ada yang dapat ditarik."))


class AlreadyWithdrawn(FieldworkError):
    code = "fieldwork.already_withdrawn"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Data ini sudah ditarik. Unggah lagi berkasnya bila masih diperlukan."))


class NotMarkable(FieldworkError):
    """The copy with comments cannot be made of this file."""

    code = "fieldwork.not_markable"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Salinan berkomentar hanya dibuat dari berkas .xlsx. Perbaiki menurut daftar di halaman periksa."
            )
        )
