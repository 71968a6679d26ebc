"""What can go wrong with accounts, as sentences."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.utils.translation import gettext as _

from bersinar.access import BersinarError


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

    def __init__(self, wait: timedelta) -> None:
        minutes = ceil(wait / timedelta(minutes=1))
        super().__init__(
            _(
                "Terlalu banyak kata sandi keliru untuk nama ini. Coba lagi sesudah %(minutes)d menit, "
                "atau minta kata sandi baru kepada administrator."
            )
            % {"minutes": minutes}
        )
