"""What can go wrong when a village is formed, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bersinar.programme.errors.base import ProgrammeError


class NoOffice(ProgrammeError):
    """The person belongs to no office."""

    code = "programme.no_office"

    def __init__(self) -> None:
        super().__init__(_("Akun Anda tidak terikat pada satu satuan kerja. Masuk dengan akun satuan kerja."))


class OtherOfficesYear(ProgrammeError):
    """Offices above may look, the office that formed the village writes."""

    code = "programme.other_offices_year"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Hanya satuan kerja yang membina desa ini yang mencatat tahapnya."))


class VillageNotServed(ProgrammeError):
    """The village lies outside the regions of the office."""

    code = "programme.village_not_served"

    def __init__(self) -> None:
        super().__init__(_("Desa ini di luar wilayah kerja Anda. Pilih desa dari wilayah satuan kerja Anda."))


class AlreadyEnrolled(ProgrammeError):
    """The village has this programme year already."""

    code = "programme.already_enrolled"
    status = 409

    def __init__(self, name: str, year: int, *, by: str, at: str) -> None:
        self.by, self.at = by, at
        super().__init__(
            _("%(name)s sudah terdaftar untuk tahun %(year)d oleh %(by)s, %(at)s.")
            % {"name": name, "year": year, "by": by, "at": at}
        )


class NotChosen(ProgrammeError):
    """The decision does not name the village."""

    code = "programme.not_chosen"

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "Desa ini tidak ada dalam putusan sasaran %(year)d. "
                "Tetapkan dulu di halaman Sasaran, atau daftarkan dengan sumber dan alasannya."
            )
            % {"year": year}
        )


class DecisionReplaced(ProgrammeError):
    """Only the decision that stands may enrol."""

    code = "programme.decision_replaced"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Putusan ini sudah diganti. Muat ulang halaman, lalu daftarkan dari yang berlaku.")
        )


class MoneyDiffers(ProgrammeError):
    """The decision names another money source."""

    code = "programme.money_differs"

    def __init__(self, decided: str) -> None:
        super().__init__(
            _("Putusan menyebut sumber dana %(decided)s. Daftarkan dengan sumber dana itu.")
            % {"decided": decided}
        )


class GroundMissing(ProgrammeError):
    """An enrolment without a decision says how it is known and why."""

    code = "programme.ground_missing"

    def __init__(self) -> None:
        super().__init__(
            _("Tulis sumber dan alasannya: desa ini didaftarkan tanpa putusan yang dibuat di sistem ini.")
        )


class SourceMissing(ProgrammeError):
    """What the press says is worth its source only."""

    code = "programme.source_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis sumbernya: nama media dan tanggal, atau alamat beritanya."))


class UnlikelyDate(ProgrammeError):
    """A day in the future, or before there was a Desa Bersinar."""

    code = "programme.unlikely_date"

    def __init__(self, first: int) -> None:
        super().__init__(
            _(
                "Tanggal harus antara tahun %(first)d dan hari ini. Untuk yang belum terjadi, pakai rencana tanggal."
            )
            % {"first": first}
        )


class UnknownStage(ProgrammeError):
    """The year's template has no such stage."""

    code = "programme.unknown_stage"

    def __init__(self) -> None:
        super().__init__(
            _("Tahap itu tidak ada dalam templat tahun ini. Muat ulang halaman, lalu pilih lagi.")
        )


class UnknownEvidence(ProgrammeError):
    """The stage asks for no such thing."""

    code = "programme.unknown_evidence"

    def __init__(self) -> None:
        super().__init__(_("Bukti itu tidak diminta tahap ini. Muat ulang halaman, lalu pilih lagi."))


class StageAlreadyRecorded(ProgrammeError):
    """Somebody was faster."""

    code = "programme.stage_already_recorded"
    status = 409

    def __init__(self, title: str, *, on: str, by: str, at: str) -> None:
        self.by, self.at = by, at
        super().__init__(
            _(
                "Tahap %(title)s sudah dicatat: %(on)s, oleh %(by)s pada %(at)s. "
                "Bila keliru, tarik catatan itu dulu, lalu catat lagi."
            )
            % {"title": title, "on": on, "by": by, "at": at}
        )


class ExceptionMissing(ProgrammeError):
    """Something speaks against the stage and nobody wrote why it is accepted all the same."""

    code = "programme.exception_missing"

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(
            _("%(sentences)s Lengkapi dulu, atau tulis alasan pengecualian.")
            % {"sentences": " ".join(sentences)}
        )


class EvidenceNowhere(ProgrammeError):
    """Evidence that nobody could find again."""

    code = "programme.evidence_nowhere"

    def __init__(self) -> None:
        super().__init__(_("Unggah berkasnya, atau tulis nomor, alamat, atau tempat simpannya."))


class EvidenceNeeded(ProgrammeError):
    """A stage rests on this evidence."""

    code = "programme.evidence_needed"
    status = 409

    def __init__(self, stage: str) -> None:
        super().__init__(
            _("Tahap %(stage)s diterima atas bukti ini. Tarik dulu tahapnya, atau tambahkan bukti pengganti.")
            % {"stage": stage}
        )


class WithdrawalReasonMissing(ProgrammeError):
    code = "programme.withdrawal_reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasan menarik catatan ini."))


class AlreadyWithdrawn(ProgrammeError):
    code = "programme.already_withdrawn"
    status = 409

    def __init__(self, *, by: str, at: str) -> None:
        super().__init__(_("Catatan ini sudah ditarik oleh %(by)s, %(at)s.") % {"by": by, "at": at})


class YearInUse(ProgrammeError):
    """Stages, evidence or promises rest on the enrolment."""

    code = "programme.year_in_use"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tahun ini sudah berisi tahap, bukti, rapat, atau komitmen. "
                "Tarik dulu semuanya, lalu tarik pendaftarannya."
            )
        )
