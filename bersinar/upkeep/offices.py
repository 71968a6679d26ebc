"""Open a real office with its first administrator; everything after that happens on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import DatabaseError, transaction

from bersinar import audit
from bersinar.access import Actor, Role
from bersinar.accounts import actions as accounts
from bersinar.accounts.models import User
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory import queries as territory_queries
from bersinar.territory.vocabulary import OfficeKind
from bersinar.upkeep import errors

_LENGTH = {OfficeKind.BNNP: 2, OfficeKind.BNNK: 5}
_EXAMPLE = {
    OfficeKind.BNN: "tanpa --prefix",
    OfficeKind.BNNP: "--prefix 19",
    OfficeKind.BNNK: "--prefix 19.02",
}


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What is to be opened, checked."""

    kind: OfficeKind
    name: str
    seat: str
    areas: tuple[tuple[str, str], ...]  # code and published name
    username: str
    person: str


def plan(
    *, kind: OfficeKind, name: str, seat: str, prefixes: Sequence[str], username: str, person: str
) -> NewOffice:
    """Check everything that can be checked without changing anything."""
    if settings.BERSINAR_DEMO:
        raise errors.DemoFolder
    try:
        ready = territory_queries.regions_are_loaded()
    except DatabaseError as error:
        raise errors.NotSetUp from error
    if not ready:
        raise errors.NotSetUp
    if User.objects.filter(username=username).exists():
        raise errors.UsernameTaken(username)
    name = " ".join(name.split())
    if User.objects.filter(office__name=name, role=Role.ADMIN, is_active=True).exists():
        raise errors.AdministratorExists(name)
    return NewOffice(kind, name, seat, _areas(kind, prefixes), username, person)


def open_office(new: NewOffice, *, password: str) -> None:
    """The office, its regions and its administrator, or nothing."""
    validate_password(password, User(username=new.username, name=new.person))
    with transaction.atomic():
        office = territory.open_office(
            kind=new.kind, name=new.name, prefixes=[code for code, _name in new.areas], seat=new.seat
        )
        by = Actor.system("open-office", office_id=office.pk, office_name=office.name)
        accounts.open_account(
            username=new.username, password=password, name=new.person, role=Role.ADMIN, by=by
        )
        audit.record(by, "upkeep.office_opened", about=office, kind=new.kind, areas=len(new.areas))


def _areas(kind: OfficeKind, prefixes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    known = codebook.upper_levels()
    length = _LENGTH.get(kind)
    for prefix in prefixes:
        if len(prefix) != length or prefix not in known:
            raise errors.AreaUnknown(prefix, _EXAMPLE[kind])
    if length is not None and not prefixes:
        raise errors.AreaUnknown("(kosong)", _EXAMPLE[kind])
    return tuple((prefix, known[prefix]) for prefix in prefixes)
