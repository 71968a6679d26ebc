"""What can go wrong in this stage, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.access import BersinarError
from bersinar.methods.categories import Reconciliation

_SHOWN = 20


class MappingError(BersinarError):
    """Anything this stage refuses."""

    code = "mapping.refused"


class NeverChanges(MappingError):
    """A stored run, rule, release or objection was to be edited."""

    code = "mapping.never_changes"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Pemetaan yang tersimpan tidak dapat diubah. Hitung pemetaan baru."))


class OtherOffice(MappingError):
    """Only the office itself maps and releases; offices above it read."""

    code = "mapping.other_office"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("Pemetaan ini milik satuan kerja lain. Anda dapat membacanya, tetapi tidak mengubahnya.")
        )


class NothingToMap(MappingError):
    """A round without a single village."""

    code = "mapping.nothing_to_map"

    def __init__(self) -> None:
        super().__init__(
            _("Putaran data ini belum memuat satu desa pun. Isi datanya dulu, lalu hitung lagi.")
        )


class RuleDoesNotFit(MappingError):
    """The rule asks for indicators the instrument does not have."""

    code = "mapping.rule_does_not_fit"

    def __init__(self, lacking: Sequence[str]) -> None:
        self.lacking = tuple(lacking)
        super().__init__(
            _(
                "Aturan ini memerlukan indikator yang tidak ada di instrumen: %(names)s. "
                "Pilih aturan lain atau instrumen yang sesuai."
            )
            % {"names": ", ".join(lacking)}
        )


class OtherUnits(MappingError):
    """A threshold is written in another unit than the values: 1 kasus is not 1 persen."""

    code = "mapping.other_units"

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            _(
                "Satuan batas dalam aturan ini berbeda dari satuan datanya: %(names)s. "
                "Simpan aturan baru dengan satuan instrumen, lalu hitung lagi."
            )
            % {"names": ", ".join(names)}
        )


class RuleRefused(MappingError):
    """The unit's own lines or thresholds cannot be meant."""

    code = "mapping.rule_refused"


class AlreadyReleased(MappingError):
    """The run has been released and takes no more objections."""

    code = "mapping.already_released"

    def __init__(self) -> None:
        super().__init__(
            _("Pemetaan ini sudah dirilis dan tidak dapat diubah. Hitung pemetaan baru bila datanya berubah.")
        )


class OpenObjections(MappingError):
    """Objections wait for an answer."""

    code = "mapping.open_objections"

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            ngettext(
                "%(number)d keberatan desa belum dijawab. Jawab dulu, lalu rilis.",
                "%(number)d keberatan desa belum dijawab. Jawab dulu, lalu rilis.",
                number,
            )
            % {"number": number}
        )


class AcceptedObjections(MappingError):
    """The office agreed that data are wrong; the run that used them cannot become official."""

    code = "mapping.accepted_objections"

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            _(
                "%(number)d keberatan desa sudah diterima. Perbaiki datanya di langkah Data, hitung lagi, "
                "lalu rilis pemetaan yang baru."
            )
            % {"number": number}
        )


class DataWithdrawn(MappingError):
    """Part of what the run was made from no longer counts."""

    code = "mapping.data_withdrawn"

    def __init__(self) -> None:
        super().__init__(
            _("Sebagian data pemetaan ini sudah ditarik. Hitung lagi, lalu rilis pemetaan yang baru.")
        )


class ResultsChanged(MappingError):
    """The stored rows are not those the run was sealed with."""

    code = "mapping.results_changed"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Isi pemetaan ini tidak lagi sama dengan sidik saat dihitung. Hitung lagi dan laporkan ke admin."
            )
        )


class NotReleased(MappingError):
    """Only a released table leaves the office."""

    code = "mapping.not_released"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Pemetaan ini masih sementara. Tabelnya dapat diunduh sesudah dirilis."))


class SumsDoNotMatch(MappingError):
    """The reconciliation gate: the categories do not add up to the villages."""

    code = "mapping.sums_do_not_match"

    def __init__(self, result: Reconciliation, *, missing: Sequence[str], extra: Sequence[str] = ()) -> None:
        self.result = result
        self.missing, self.extra = tuple(missing), tuple(extra)
        told = [
            _("Jumlah kategori %(total)d, seharusnya %(expected)d. Pemetaan belum dapat dirilis.")
            % {"total": result.total, "expected": result.expected}
        ]
        if missing:
            told.append(_("Desa yang belum dihitung: %(names)s.") % {"names": _listed(missing)})
        if extra:
            told.append(_("Desa yang tidak lagi dilayani unit ini: %(names)s.") % {"names": _listed(extra)})
        told.append(_("Hitung pemetaan baru."))
        super().__init__(" ".join(told))


class AlreadyAnswered(MappingError):
    """An objection has one answer."""

    code = "mapping.already_answered"

    def __init__(self) -> None:
        super().__init__(_("Keberatan ini sudah dijawab. Muat ulang halaman untuk membaca jawabannya."))


class VillageNotInRun(MappingError):
    """An objection about a village that is not in the run."""

    code = "mapping.village_not_in_run"

    def __init__(self) -> None:
        super().__init__(_("Desa itu tidak ada dalam pemetaan ini. Periksa kode desanya."))


class ObjectionInFuture(MappingError):
    """An objection that has not been made yet."""

    code = "mapping.objection_in_future"

    def __init__(self) -> None:
        super().__init__(_("Tanggal keberatan belum tiba. Tulis tanggal saat desa menyampaikannya."))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        shown += _(" dan %(number)d desa lain") % {"number": len(names) - _SHOWN}
    return shown
