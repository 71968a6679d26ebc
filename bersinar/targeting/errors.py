"""What can go wrong in this stage, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


class TargetingError(BersinarError):
    """Anything this stage refuses."""

    code = "targeting.refused"


class DecisionIsFinal(TargetingError):
    """A decision was to be edited."""

    code = "targeting.decision_is_final"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Putusan yang sudah ditetapkan tidak dapat diubah. Buat putusan pengganti dengan alasannya.")
        )


class NoOffice(TargetingError):
    """The person belongs to no office."""

    code = "targeting.no_office"

    def __init__(self) -> None:
        super().__init__(
            _("Akun Anda tidak terikat pada satu unit. Masuk dengan akun unit untuk memilih sasaran.")
        )


class RunNotReleased(TargetingError):
    """A decision may only rest on a released run of the own office."""

    code = "targeting.run_not_released"

    def __init__(self) -> None:
        super().__init__(
            _("Pemetaan ini masih sementara. Rilis dulu di halaman Peta, lalu tetapkan sasaran.")
        )


class NothingChosen(TargetingError):
    """A decision without a village."""

    code = "targeting.nothing_chosen"

    def __init__(self) -> None:
        super().__init__(_("Belum ada desa yang dipilih. Tambahkan desa dari daftar calon."))


class VillageChosenTwice(TargetingError):
    """The same village stands in the list twice."""

    code = "targeting.village_chosen_twice"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("Desa %(name)s dipilih dua kali. Hapus salah satunya.") % {"name": name})


class NotACandidate(TargetingError):
    """A village that is not in the released run."""

    code = "targeting.not_a_candidate"

    def __init__(self) -> None:
        super().__init__(
            _("Salah satu desa tidak ada dalam pemetaan ini. Muat ulang daftar calon, lalu pilih lagi.")
        )


class ReasonMissing(TargetingError):
    """A chosen village without a written reason."""

    code = "targeting.reason_missing"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("Tulis alasan memilih %(name)s.") % {"name": name})


class OverrideReasonMissing(TargetingError):
    """The policy says no, and nobody wrote why the village is chosen all the same."""

    code = "targeting.override_reason_missing"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("%(name)s belum memenuhi syarat. Tulis alasan pengecualian, atau keluarkan dari daftar.")
            % {"name": name}
        )


class PassedOverReasonMissing(TargetingError):
    """Worse and eligible villages were left out without a word."""

    code = "targeting.passed_over_reason_missing"

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        shown = ", ".join(names[:5])
        if len(names) > 5:
            shown += _(" dan %(number)d desa lain") % {"number": len(names) - 5}
        super().__init__(
            _(
                "Ada desa yang memenuhi syarat dan lebih berat, tetapi tidak dipilih: %(names)s. Tulis alasannya."
            )
            % {"names": shown}
        )


class QuotaExceeded(TargetingError):
    """More villages than places for one money source."""

    code = "targeting.quota_exceeded"

    def __init__(self, *, source: str, chosen: int, quota: int) -> None:
        self.source, self.chosen, self.quota = source, chosen, quota
        super().__init__(
            _(
                "Anda memilih %(chosen)d desa untuk %(source)s, kuota tahun ini %(quota)d. "
                "Kurangi pilihan atau ganti sumber dananya."
            )
            % {"chosen": chosen, "source": source, "quota": quota}
        )


class AlreadyDecided(TargetingError):
    """The year's targets stand; a change needs a superseding decision."""

    code = "targeting.already_decided"
    status = 409

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            _(
                "Sasaran %(year)d sudah ditetapkan. Untuk mengubahnya, buat putusan pengganti dengan alasannya."
            )
            % {"year": year}
        )


class AlreadySuperseded(TargetingError):
    """Only the current decision can be replaced."""

    code = "targeting.already_superseded"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Putusan ini sudah diganti. Buka putusan yang berlaku, lalu buat pengganti dari sana.")
        )


class SupersedingReasonMissing(TargetingError):
    """A replacement says why."""

    code = "targeting.superseding_reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasan mengganti putusan yang berlaku."))


class ProposalChanged(TargetingError):
    """Somebody else saved the draft in between."""

    code = "targeting.proposal_changed"
    status = 409

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _(
                "Usulan ini baru saja disimpan oleh %(name)s. "
                "Isian Anda masih tampak di bawah; bandingkan, lalu simpan lagi."
            )
            % {"name": name}
        )


class EvidenceMissing(TargetingError):
    """A signed pact without its whereabouts."""

    code = "targeting.evidence_missing"

    def __init__(self) -> None:
        super().__init__(
            _("Pakta integritas ditandai sudah ditandatangani. Tulis nomor, tanggal, atau tempat simpannya.")
        )


class UnknownItem(TargetingError):
    """An answer to a point the policy does not ask."""

    code = "targeting.unknown_item"

    def __init__(self) -> None:
        super().__init__(
            _("Butir kesiapan itu tidak ada dalam kebijakan tahun ini. Muat ulang halaman, lalu isi lagi.")
        )


class PolicyRefused(TargetingError):
    """The unit's own policy cannot be meant."""

    code = "targeting.policy_refused"
