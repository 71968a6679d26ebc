"""What can go wrong with letters and files, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class DocumentsError(BersinarError):
    """Anything refused here."""

    code = "documents.refused"


class NeverChanges(DocumentsError):
    """A stored row was to be edited."""

    code = "documents.never_changes"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Surat dan berkas yang tersimpan tidak dapat diubah. Buat versi baru."))


class NoOffice(DocumentsError):
    """The person belongs to no office."""

    code = "documents.no_office"

    def __init__(self) -> None:
        super().__init__(_("Akun Anda tidak terikat pada satu unit. Masuk dengan akun unit."))


class FileTooLarge(DocumentsError):
    """More bytes than are kept."""

    code = "documents.file_too_large"
    status = 413

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _("Berkas ini lebih besar dari %(size)s MB. Kecilkan berkasnya, lalu kirim lagi.")
            % {"size": megabytes}
        )


class FileEmpty(DocumentsError):
    """No bytes at all."""

    code = "documents.file_empty"

    def __init__(self) -> None:
        super().__init__(_("Berkas ini kosong. Periksa berkasnya, lalu kirim lagi."))


class TooSensitive(DocumentsError):
    """Health data and tip-offs have stores of their own."""

    code = "documents.too_sensitive"

    def __init__(self) -> None:
        super().__init__(
            _("Berkas rahasia tidak disimpan di sini. Gunakan bagian rehabilitasi atau laporan rahasia.")
        )


class FileDamaged(DocumentsError):
    """The bytes on disk are gone or are not those that were stored."""

    code = "documents.file_damaged"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            _("Berkas ini hilang atau rusak di tempat penyimpanan. Pulihkan dari cadangan, lalu coba lagi.")
        )


class FactsRefused(DocumentsError):
    """The facts of a letter are incomplete or carry something that must not stand in a letter."""

    code = "documents.facts_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(_("Surat belum dapat dibuat: %(why)s") % {"why": sentence})


class AlreadyIssued(DocumentsError):
    """A letter gets its number once."""

    code = "documents.already_issued"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Surat ini sudah bernomor. Buat versi baru bila isinya perlu diganti."))


class NotTheNewest(DocumentsError):
    """A later version of this letter exists."""

    code = "documents.not_the_newest"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Ada versi yang lebih baru dari surat ini. Buka versi itu, lalu lanjutkan di sana.")
        )


class SignedElsewhere(DocumentsError):
    """The number of this paper comes from whoever signs it."""

    code = "documents.signed_elsewhere"

    def __init__(self) -> None:
        super().__init__(
            _("Surat ini ditandatangani pihak lain. Ketik nomor dan tanggalnya dari naskah bertanda tangan.")
        )


class SignedHere(DocumentsError):
    """The number of this letter comes from the office's own series."""

    code = "documents.signed_here"

    def __init__(self) -> None:
        super().__init__(_("Surat ini surat unit sendiri. Terbitkan, nomornya diambil dari seri unit."))


class SheetHasNoNumber(DocumentsError):
    """A sheet to fill in by hand is printed, not issued."""

    code = "documents.sheet_has_no_number"

    def __init__(self) -> None:
        super().__init__(_("Lembar ini diisi dengan tangan dan tidak bernomor. Cetak saja PDF-nya."))


class NumberTaken(DocumentsError):
    """The same number was typed for another paper of this kind."""

    code = "documents.number_taken"
    status = 409

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Nomor %(number)s sudah dipakai surat lain. Periksa nomor pada naskahnya.") % {"number": number}
        )


class NumberMissing(DocumentsError):
    """An empty number."""

    code = "documents.number_missing"

    def __init__(self) -> None:
        super().__init__(_("Nomor belum diisi. Ketik nomor seperti tertulis pada naskah."))


class DateInFuture(DocumentsError):
    """A letter cannot be dated tomorrow."""

    code = "documents.date_in_future"

    def __init__(self) -> None:
        super().__init__(_("Tanggal surat tidak boleh sesudah hari ini. Periksa tanggalnya."))


class NotIssued(DocumentsError):
    """Only an issued letter can be voided."""

    code = "documents.not_issued"

    def __init__(self) -> None:
        super().__init__(_("Surat ini masih rancangan, jadi belum bernomor. Buat versi baru saja."))


class ReasonMissing(DocumentsError):
    """Voiding without a reason."""

    code = "documents.reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasan pembatalan."))


class PatternRefused(DocumentsError):
    """A number pattern that cannot give distinct, honest numbers."""

    code = "documents.pattern_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(_("Pola nomor belum dapat dipakai: %(why)s") % {"why": sentence})


class TemplateRefused(DocumentsError):
    """An uploaded Word template that cannot be used."""

    code = "documents.template_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(_("Templat belum dapat dipakai: %(why)s") % {"why": sentence})


class FontsMissing(DocumentsError):
    """The fonts are built once at set-up; without them a letter would silently look different."""

    code = "documents.fonts_missing"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            _("Huruf untuk surat belum tersedia. Jalankan ./start --setup sekali, lalu buat suratnya lagi.")
        )


class NotPrintable(DocumentsError):
    """The printer refused a text, mostly for a sign no font has."""

    code = "documents.not_printable"

    def __init__(self, sign: str) -> None:
        super().__init__(
            _(
                "Tanda “%(sign)s” tidak ada di huruf surat. Hapus tandanya dari isi surat, lalu buat versi baru."
            )
            % {"sign": sign}
            if sign
            else _("Surat ini tidak dapat dicetak. Sederhanakan isinya, lalu buat versi baru.")
        )


class FileKindRefused(DocumentsError):
    """A kind of file that has no place beside a meeting, a stage or a promise."""

    code = "documents.file_kind_refused"

    def __init__(self) -> None:
        super().__init__(_("Unggah PDF, JPG, PNG, DOCX, atau XLSX."))


class FileNotItsKind(DocumentsError):
    """The content is not what the name says."""

    code = "documents.file_not_its_kind"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            _("Isi berkas “%(name)s” bukan %(kind)s. Simpan ulang, lalu unggah lagi.")
            % {"name": name, "kind": kind}
        )


class PhotoRefused(DocumentsError):
    """A picture that cannot be drawn anew."""

    code = "documents.photo_refused"

    def __init__(self) -> None:
        super().__init__(
            _("Foto ini rusak atau terlalu besar. Perkecil atau simpan ulang, lalu unggah lagi.")
        )
