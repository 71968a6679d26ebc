"""Accounts opened, closed and changed; the right to enforcement values."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, Role, Section
from bersinar.access.vocabulary import MAY_BE_GRANTED_ENFORCEMENT
from bersinar.accounts import brake, sessions
from bersinar.accounts.errors import (
    EnforcementNotPossible,
    NeedsSecondPerson,
    OwnAccount,
    OwnPassword,
    PositionNotPossible,
)
from bersinar.accounts.models import VILLAGE_ROLES, User
from bersinar.accounts.queries import account_in_office, actor_of, check_name_is_free, position_of
from bersinar.accounts.rules.pairs import opens_doors
from bersinar.territory.queries import village_in_office


@transaction.atomic
def open_account(
    *,
    username: str,
    password: str,
    name: str,
    role: Role,
    section: Section | None = None,
    village_code: str = "",
    sees_enforcement: bool = False,
    by: Actor,
) -> User:
    """One new person of the actor's own office, or of a village that office serves.

    Somebody of a village may have no password: the way in is then a paper and a PIN on a phone.
    """
    by.require(Right.ACCOUNTS_MANAGE)
    of_village = role in VILLAGE_ROLES
    village = village_in_office(by.office_id, village_code) if of_village and by.office_id else None
    if of_village != (village is not None) or (role is Role.STAF) != (section is not None):
        raise PositionNotPossible
    if not of_village and not password:
        raise PositionNotPossible
    check_name_is_free(username)
    if opens_doors(role) and by.user_id is not None and not _is_first_head(role, by):
        raise NeedsSecondPerson
    if sees_enforcement:
        by.require(Right.ENFORCEMENT_GRANT)
        if (role, section) not in MAY_BE_GRANTED_ENFORCEMENT:
            raise EnforcementNotPossible
    user = User.objects.create_user(
        username,
        password or None,
        name=name,
        role=role,
        section=section or "",
        office_id=None if of_village else by.office_id,
        village=village,
        sees_enforcement=sees_enforcement,
    )
    audit.record(by, "accounts.opened", about=user, role=role, enforcement=sees_enforcement)
    return user


def _is_first_head(role: Role, by: Actor) -> bool:
    """An office without a head has nobody yet who could agree."""
    if by.office_id is None:
        return False
    return role is Role.KEPALA and not User.objects.filter(office_id=by.office_id, role=Role.KEPALA).exists()


@transaction.atomic
def close_account(user_id: int, *, by: Actor) -> User:
    """The person can no longer log in; what they did keeps their name."""
    by.require(Right.ACCOUNTS_MANAGE)
    if user_id == by.user_id:
        raise OwnAccount
    user = account_in_office(user_id, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_of(user.pk)
    audit.record(by, "accounts.closed", about=user)
    return user


@transaction.atomic
def reopen_account(user_id: int, *, by: Actor) -> User:
    """The person may log in again, with the password they had; what the head had granted, the head grants anew."""
    by.require(Right.ACCOUNTS_MANAGE)
    user = account_in_office(user_id, by)
    user.is_active = True
    dropped = drop_enforcement(user)
    user.save(update_fields=["is_active", "sees_enforcement"])
    audit.record(by, "accounts.reopened", about=user, enforcement_dropped=dropped)
    return user


@transaction.atomic
def give_new_password(user_id: int, password: str, *, by: Actor) -> User:
    """For somebody who forgot theirs; every session of that person ends with it.

    Whoever sets a password could sign in with it, so the right to enforcement values ends too.
    """
    by.require(Right.ACCOUNTS_MANAGE)
    if user_id == by.user_id:
        raise OwnPassword
    user = account_in_office(user_id, by)
    if opens_doors(Role(user.role)):
        raise NeedsSecondPerson
    validate_password(password, user)
    user.set_password(password)
    dropped = drop_enforcement(user)
    user.save(update_fields=["password", "sees_enforcement"])
    brake.release(user.username)
    sessions.end_of(user.pk)
    audit.record(by, "accounts.password_given", about=user, enforcement_dropped=dropped)
    return user


@transaction.atomic
def grant_enforcement(user_id: int, *, granted: bool, by: Actor) -> User:
    """Give or take the right to values that could betray an informant; always to one person, always by the head."""
    by.require(Right.ENFORCEMENT_GRANT)
    user = account_in_office(user_id, by)
    if granted and position_of(user) not in MAY_BE_GRANTED_ENFORCEMENT:
        raise EnforcementNotPossible
    if granted and Right.ACCOUNTS_RESET in actor_of(user).rights:
        # Whoever can make others a way in, the head himself among them, is cleared only with a second person.
        raise NeedsSecondPerson
    user.sees_enforcement = granted
    user.save(update_fields=["sees_enforcement"])
    audit.record(by, "accounts.enforcement_granted", about=user, granted=granted)
    return user


def drop_enforcement(user: User) -> bool:
    """Whether there was something to drop."""
    had, user.sees_enforcement = user.sees_enforcement, False
    return had


@transaction.atomic
def change_own_password(user: User, password: str) -> None:
    """A new password; Django ends the person's other sessions with it."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(actor_of(user), "accounts.password_changed", about=user)


@transaction.atomic
def record_sign_in(user: User, how: str) -> None:
    audit.record(actor_of(user), "accounts.signed_in", about=user, how=how)
