"""Which two people may decide about a third."""

from __future__ import annotations

from bersinar.access.vocabulary import Role


def may_reset(subject: Role, asker: Role, confirmer: Role) -> bool:
    """The head of the unit and an administrator. Over a head only two others decide, such as two administrators.

    A person never counts twice and never decides about himself; that is checked where the people are known.
    """
    return subject is Role.KEPALA or Role.KEPALA in (asker, confirmer)


def opens_doors(role: Role) -> bool:
    """Positions that can give others rights or a way in: nobody makes such an account alone."""
    return role in (Role.KEPALA, Role.ADMIN)
