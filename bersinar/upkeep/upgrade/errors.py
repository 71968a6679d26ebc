"""Why an upgrade stopped. The version that was in use goes on in every case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.upkeep.errors import UpkeepError


class StaysOld(UpkeepError):
    """Said at the end of every refusal, because that is what people worry about."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence + " " + _("Versi sebelumnya tetap dipakai; data tidak diubah."))


class NotAProgram(StaysOld):
    code = "upgrade.not_a_program"

    def __init__(self, source: str) -> None:
        super().__init__(
            _("%(source)s bukan berkas .whl dan bukan folder Bersinar. Unduh lagi, lalu ulangi.")
            % {"source": source}
        )


class NotInstalled(StaysOld):
    code = "upgrade.not_installed"

    def __init__(self, finding: str) -> None:
        super().__init__(
            _("Versi baru tidak dapat dipasang (%(finding)s). Periksa sambungan internet dan ruang disk.")
            % {"finding": finding}
        )


class TrialFailed(StaysOld):
    code = "upgrade.trial_failed"

    def __init__(self, step: str, finding: str) -> None:
        self.step = step
        super().__init__(
            _("Versi baru dicoba pada salinan data dan gagal di langkah “%(step)s” (%(finding)s).")
            % {"step": step, "finding": finding}
        )


class OnPostgresql(StaysOld):
    code = "upgrade.on_postgresql"

    def __init__(self) -> None:
        super().__init__(_("Pada PostgreSQL pembaruan mengikuti docs/operate/pembaruan.md, bagian server."))


class NothingBefore(UpkeepError):
    code = "upgrade.nothing_before"

    def __init__(self) -> None:
        super().__init__(_("Tidak ada versi sebelumnya yang disimpan untuk folder data ini."))


class TablesAreNewer(UpkeepError):
    code = "upgrade.tables_are_newer"

    def __init__(self, copy: str) -> None:
        super().__init__(
            _(
                "Tabel sudah diubah versi baru, jadi versi sebelumnya tidak dapat membacanya. Pulihkan dulu cadangan "
                "dari sebelum pembaruan: bersinar restore %(copy)s, lalu ulangi bersinar upgrade --back."
            )
            % {"copy": copy}
        )
