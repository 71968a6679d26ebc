"""What can go wrong in this stage, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.access import BersinarError
from bersinar.methods.categories import Reconciliation


class MappingError(BersinarError):
    """Anything this stage refuses."""

    code = "mapping.refused"


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


class RuleRefused(MappingError):
    """The unit's own lines cannot be meant."""

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


class SumsDoNotMatch(MappingError):
    """The reconciliation gate: the categories do not add up to the villages."""

    code = "mapping.sums_do_not_match"

    def __init__(self, result: Reconciliation, *, missing: Sequence[str]) -> None:
        self.result = result
        self.missing = tuple(missing)
        text = _(
            "Jumlah kategori %(total)d, padahal ada %(expected)d desa. Pemetaan belum dapat dirilis."
        ) % {
            "total": result.total,
            "expected": result.expected,
        }
        if missing:
            text += " " + _("Desa yang belum masuk: %(names)s.") % {"names": ", ".join(missing[:20])}
        super().__init__(text)


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
