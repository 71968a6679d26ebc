"""What can go wrong with accounts, as sentences."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.accounts.vocabulary import TryKind


class AccountsError(BersinarError):
    """Base of this folder's refusals."""


class PositionNotPossible(AccountsError):
    code = "accounts.position_not_possible"

    def __init__(self) -> None:
        super().__init__(
            _("Staf memerlukan satuan kerja dan seksi; perangkat desa memerlukan desa. Lengkapi isiannya.")
        )


class EnforcementNotPossible(AccountsError):
    code = "accounts.enforcement_not_possible"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Hak melihat nilai penindakan hanya untuk kepala unit, staf P2M, dan staf pemberantasan. "
                "Kosongkan pilihan itu."
            )
        )


class OwnAccount(AccountsError):
    code = "accounts.own_account"

    def __init__(self) -> None:
        super().__init__(_("Anda tidak dapat menutup akun sendiri. Minta administrator lain melakukannya."))


class OwnPassword(AccountsError):
    code = "accounts.own_password"

    def __init__(self) -> None:
        super().__init__(_("Untuk kata sandi Anda sendiri, buka Ganti kata sandi."))


class TooManyTries(AccountsError):
    code = "accounts.too_many_tries"
    status = 429

    def __init__(self, wait: timedelta, kind: TryKind) -> None:
        minutes = ceil(wait / timedelta(minutes=1))
        sentences = {
            TryKind.PASSWORD: _(
                "Terlalu banyak kata sandi keliru untuk nama ini. Coba lagi sesudah %(minutes)d menit, "
                "atau minta kata sandi baru kepada administrator."
            ),
            TryKind.SECOND: _(
                "Terlalu banyak kode keliru. Coba lagi sesudah %(minutes)d menit. Bila bukan Anda yang mencoba, "
                "ganti kata sandi Anda: orang lain mengetahuinya."
            ),
            TryKind.PIN: _(
                "Terlalu banyak PIN keliru. Coba lagi sesudah %(minutes)d menit, atau minta kertas masuk baru "
                "kepada kantor BNN."
            ),
        }
        super().__init__(sentences[kind] % {"minutes": minutes})


class SealBroken(AccountsError):
    code = "accounts.seal_broken"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Aplikasi kode Anda tidak dapat diperiksa, karena kunci instalasi ini bukan yang dulu. Masuklah "
                "dengan kode pemulihan, atau minta pemasangan ulang kepada administrator dan kepala unit."
            )
        )


class WrongCode(AccountsError):
    code = "accounts.wrong_code"

    def __init__(self) -> None:
        # The time of this PC: whoever holds the phone beside it sees at once when one of the two is wrong.
        here = timezone.localtime().strftime("%H.%M.%S")
        super().__init__(
            _(
                "Kode ini keliru, sudah dipakai, atau sudah lewat waktunya. Tunggu kode berikutnya, lalu ketik lagi. "
                "Jam sistem ini %(time)s WIB; bila jam ponsel Anda berbeda lebih dari satu menit, betulkan dulu."
            )
            % {"time": here}
        )


class WrongClock(AccountsError):
    code = "accounts.wrong_clock"

    def __init__(self, seconds_ahead: int) -> None:
        minutes = max(1, round(abs(seconds_ahead) / 60))
        where = (
            _("Jam ponsel Anda lebih cepat sekitar %(minutes)d menit daripada jam sistem ini (%(time)s WIB).")
            if seconds_ahead > 0
            else _(
                "Jam ponsel Anda lebih lambat sekitar %(minutes)d menit daripada jam sistem ini (%(time)s WIB)."
            )
        )
        here = timezone.localtime().strftime("%H.%M")
        super().__init__(
            where % {"minutes": minutes, "time": here}
            + " "
            + _("Betulkan jam yang keliru, di ponsel atau di komputer kantor, lalu ketik kode yang baru.")
        )


class AlreadyEnrolled(AccountsError):
    code = "accounts.already_enrolled"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Akun ini sudah memasang langkah kedua. Masuk lagi, lalu ketik kodenya."))


class NameTaken(AccountsError):
    code = "accounts.name_taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Nama pengguna ini, atau yang tampak serupa, sudah dipakai. Pilih yang lain."))


class NeedsSecondPerson(AccountsError):
    code = "accounts.needs_second_person"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Ini tidak dilakukan seorang diri. Mintalah lewat halaman Tindakan berdua; orang lain menyetujuinya."
            )
        )


class AlreadyAsked(AccountsError):
    code = "accounts.already_asked"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Hal yang sama sudah diminta dan masih menunggu persetujuan. Lihat Tindakan berdua.")
        )


class AlreadyDecided(AccountsError):
    code = "accounts.already_decided"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Permintaan ini sudah diputuskan atau ditarik. Muat ulang halaman Tindakan berdua.")
        )


class AskedByOneself(AccountsError):
    code = "accounts.asked_by_oneself"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "Yang menyetujui harus orang lain: bukan yang meminta, dan bukan yang terkena. Sampaikan kepadanya."
            )
        )


class JointExpired(AccountsError):
    code = "accounts.joint_expired"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Permintaan ini sudah lewat waktunya. Bila masih perlu, mintalah lagi."))


class NotThesePeople(AccountsError):
    code = "accounts.not_these_people"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "Dua orang ini tidak dapat memutuskannya. Yang diperlukan: kepala unit dan seorang administrator; "
                "untuk akun kepala unit, dua orang selain kepala itu."
            )
        )


class PasskeyRefused(AccountsError):
    code = "accounts.passkey_refused"

    def __init__(self) -> None:
        super().__init__(
            _("Kunci masuk ini tidak dikenali. Coba sekali lagi, atau pakai kode dari aplikasi.")
        )


class PasskeyNotHere(AccountsError):
    code = "accounts.passkey_not_here"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Kunci masuk memerlukan nama, bukan nomor, di baris alamat. Buka lewat http://localhost, lalu ulangi."
            )
        )


class LastFactor(AccountsError):
    code = "accounts.last_factor"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Ini satu-satunya langkah kedua Anda. Pasang aplikasi kode dulu, baru kunci ini dihapus.")
        )


class NotOfAVillage(AccountsError):
    code = "accounts.not_of_a_village"

    def __init__(self) -> None:
        super().__init__(
            _("Kertas masuk hanya untuk orang desa. Orang kantor masuk dengan kata sandi dan kode.")
        )


class PhonesNotServed(AccountsError):
    code = "accounts.phones_not_served"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Bersinar di komputer ini hanya melayani komputer ini sendiri, jadi ponsel desa tidak dapat masuk. "
                "Pakai kertas dan daftar yang diketik, atau buka untuk jaringan kantor: bersinar start --lan."
            )
        )
