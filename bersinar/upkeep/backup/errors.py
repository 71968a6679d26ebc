"""Why a copy was not made, not counted, or not brought back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.upkeep.errors import UpkeepError


class BackupRunning(UpkeepError):
    code = "backup.running"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Cadangan lain sedang dibuat. Tunggu sampai selesai, lalu ulangi."))


class TooLittleSpace(UpkeepError):
    code = "backup.no_space"

    def __init__(self, needed_mb: int, free_mb: int) -> None:
        super().__init__(
            _(
                "Ruang disk kurang untuk cadangan: perlu %(needed)s MB, tersisa %(free)s MB. "
                "Kosongkan disk, lalu ulangi; cadangan lama tetap ada."
            )
            % {"needed": needed_mb, "free": free_mb}
        )


class NotMade(UpkeepError):
    code = "backup.not_made"
    status = 500

    def __init__(self, finding: str) -> None:
        super().__init__(
            _(
                "Cadangan tidak dapat dibuat (%(finding)s). Yang lama tetap ada. "
                "Periksa ruang disk dan izin folder dengan: bersinar doctor"
            )
            % {"finding": finding}
        )


class SourceDamaged(UpkeepError):
    code = "backup.source_damaged"
    status = 500

    def __init__(self, name: str, finding: str) -> None:
        super().__init__(
            _(
                "Basis data %(name)s rusak (%(finding)s), jadi cadangan baru tidak dibuat dan yang lama disimpan. "
                "Jalankan: bersinar doctor"
            )
            % {"name": name, "finding": finding}
        )


class NotVerified(UpkeepError):
    """The copy was read back and differs from what was to be kept."""

    code = "backup.not_verified"
    status = 500

    def __init__(self, finding: str) -> None:
        super().__init__(
            _(
                "Cadangan dibaca ulang dan tidak cocok (%(finding)s), jadi tidak dihitung. Yang lama tetap ada. "
                "Periksa disk atau stik USB, lalu ulangi."
            )
            % {"finding": finding}
        )


class WrongWords(UpkeepError):
    code = "backup.wrong_words"

    def __init__(self) -> None:
        super().__init__(
            _("Kata-kata itu tidak cocok dengan kunci pemulihan. Periksa ejaan dan urutannya di kertas.")
        )


class AlreadyPrinted(UpkeepError):
    code = "backup.already_printed"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Kunci pemulihan sudah dicetak dan tidak disimpan di komputer ini lagi. Buat kunci baru bila hilang."
            )
        )


class CopyDamaged(UpkeepError):
    code = "backup.copy_damaged"

    def __init__(self, what: str) -> None:
        super().__init__(
            _(
                "Cadangan ini rusak atau tidak lengkap (%(what)s). Pakai cadangan lain; daftarnya: bersinar backup list"
            )
            % {"what": what}
        )


class NoCopy(UpkeepError):
    code = "backup.no_copy"
    status = 404

    def __init__(self, where: str) -> None:
        super().__init__(
            _("Tidak ada cadangan yang dapat dibuka di %(where)s. Pasang stik USB atau sebutkan foldernya.")
            % {"where": where}
        )


class FolderUnsuitable(UpkeepError):
    code = "backup.folder_unsuitable"

    def __init__(self, why: str) -> None:
        super().__init__(_("Folder itu tidak dapat dipakai untuk salinan kedua: %(why)s") % {"why": why})


class CannotMoveAside(UpkeepError):
    code = "backup.cannot_move_aside"

    def __init__(self, folder: str) -> None:
        super().__init__(
            _(
                "Folder %(folder)s tidak dapat dipindahkan ke samping, jadi tidak ada yang diubah. "
                "Pulihkan ke folder lain: bersinar restore --data DIR"
            )
            % {"folder": folder}
        )


class NoRecentCopy(UpkeepError):
    code = "backup.none_before_upgrade"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tabel PostgreSQL akan diubah, tetapi tidak ada cadangan terperiksa dari sehari terakhir. Jalankan "
                "bersinar backup now dengan versi sebelumnya, lalu ulangi; atau bersinar start --skip-backup."
            )
        )
