"""The only code that creates or changes accounts."""

from bersinar.accounts.actions.people import (
    change_own_password,
    close_account,
    give_new_password,
    grant_enforcement,
    open_account,
    reopen_account,
)

__all__ = [
    "change_own_password",
    "close_account",
    "give_new_password",
    "grant_enforcement",
    "open_account",
    "reopen_account",
]
