"""What can go wrong with meetings, and what to do about it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from bersinar.programme.errors.base import ProgrammeError
from bersinar.ui.writing import day


class SentBefore(ProgrammeError):
    """The same form came twice with different content."""

    code = "programme.sent_before"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halamannya, lalu ubah yang tersimpan.")
        )


class NotTheirYear(ProgrammeError):
    """A village that is not in this office's programme."""

    code = "programme.not_their_year"

    def __init__(self) -> None:
        super().__init__(
            _("Salah satu desa tidak terdaftar sebagai Desa Bersinar unit Anda. Daftarkan dulu desanya.")
        )


class PlanIncomplete(ProgrammeError):
    """A meeting without a title, a place or something to talk about."""

    code = "programme.plan_incomplete"

    def __init__(self, what: str) -> None:
        super().__init__(_("%(what)s belum diisi. Lengkapi rencana rapat.") % {"what": what})


class EndsBeforeStart(ProgrammeError):
    """A meeting that ends before it begins."""

    code = "programme.ends_before_start"

    def __init__(self) -> None:
        super().__init__(_("Jam selesai harus sesudah jam mulai."))


class PlanChanged(ProgrammeError):
    """Somebody else moved the meeting in between."""

    code = "programme.plan_changed"
    status = 409

    def __init__(self, by_name: str) -> None:
        super().__init__(
            _(
                "Rencana ini baru saja diubah oleh %(name)s. Lihat rencana yang baru, lalu ubah lagi bila perlu."
            )
            % {"name": by_name}
        )


class NothingChanged(ProgrammeError):
    """A new plan that says what the old one said."""

    code = "programme.nothing_changed"

    def __init__(self) -> None:
        super().__init__(_("Tidak ada yang berubah. Ubah jadwal, tempat, atau isinya lebih dulu."))


class ReasonMissing(ProgrammeError):
    """A change without a reason."""

    code = "programme.reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasannya, supaya yang diundang dan pemeriksa tahu."))


class MeetingCancelled(ProgrammeError):
    """Something was to be done for a meeting that will not be held."""

    code = "programme.meeting_cancelled"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Rapat ini dibatalkan. Tetapkan jadwal baru lebih dulu."))


class MeetingClosed(ProgrammeError):
    """The plan of a meeting that is over."""

    code = "programme.meeting_closed"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Rapat ini sudah ditutup. Jadwalnya tidak berubah lagi."))


class NotYet(ProgrammeError):
    """The meeting has not been held."""

    code = "programme.meeting_not_yet"

    def __init__(self, on: date) -> None:
        super().__init__(
            _("Rapat ini baru berlangsung %(day)s. Kehadiran dan penutupan dicatat mulai hari itu.")
            % {"day": day(on)}
        )


class HourMissing(ProgrammeError):
    """An invitation needs an hour."""

    code = "programme.hour_missing"

    def __init__(self) -> None:
        super().__init__(_("Jam mulai belum diisi. Isi jamnya di rencana, lalu buat undangan."))


class NobodyInvited(ProgrammeError):
    """An invitation to nobody."""

    code = "programme.nobody_invited"

    def __init__(self) -> None:
        super().__init__(_("Belum ada yang diundang. Pilih desa dan unsurnya di rencana rapat."))


class UnknownPerson(ProgrammeError):
    """Attendance that says nothing about who came."""

    code = "programme.unknown_person"

    def __init__(self) -> None:
        super().__init__(_("Tulis nama, jabatan, atau unsur orang yang hadir."))


class UnclearRow(ProgrammeError):
    """A row of the attendance list that can be read in two ways."""

    code = "programme.unclear_row"

    def __init__(self, seat: str) -> None:
        super().__init__(
            _("%(seat)s: namanya diubah tetapi centang hadir dihapus. Centang lagi, atau kosongkan namanya.")
            % {"seat": seat}
        )


class MinutesChanged(ProgrammeError):
    """Somebody else wrote in between; both texts are kept in sight."""

    code = "programme.minutes_changed"
    status = 409

    def __init__(self, *, revision: int, text: str, by_name: str, at: datetime) -> None:
        self.revision, self.text, self.by_name, self.at = revision, text, by_name, at
        super().__init__(
            _("Notulen ini baru saja diubah oleh %(name)s. Bandingkan kedua tulisan, lalu simpan.")
            % {"name": by_name}
        )


class NothingWritten(ProgrammeError):
    """Minutes without a word."""

    code = "programme.nothing_written"

    def __init__(self) -> None:
        super().__init__(_("Notulen masih kosong. Tulis dulu isinya."))
