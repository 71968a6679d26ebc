"""Reads over people, and turning a logged-in person into the plain actor every query asks for."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from bersinar.access import Actor, Role, Section
from bersinar.access.vocabulary import rights_of
from bersinar.accounts.errors import NameTaken
from bersinar.accounts.models import AuthenticatorApp, Passkey, User
from bersinar.accounts.rules.names import is_taken
from bersinar.territory import queries as territory


def actor_of(user: User) -> Actor:
    """The person's facts and rights at this moment; changes of position act from the next request on."""
    role = Role(user.role)
    section = Section(user.section) if user.section else None
    offices = territory.offices_under(user.office_id) if user.office_id else ()
    return Actor(
        name=user.name,
        user_id=user.pk,
        role=role,
        section=section,
        office_id=user.office_id,
        office_name=user.office.name if user.office else "",
        office_ids=tuple(office.id for office in offices),
        prefixes=tuple(sorted({prefix for office in offices for prefix in office.prefixes})),
        village_code=user.village.code if user.village else None,
        rights=rights_of(role, section, enforcement=user.sees_enforcement),
    )


def user_of(user_id: int | None) -> User | None:
    """The active account behind a number kept in a job or a log."""
    if user_id is None:
        return None
    return User.objects.select_related("office", "village").filter(pk=user_id, is_active=True).first()


def own_account(actor: Actor) -> User:
    """The account behind whoever is asking."""
    user = user_of(actor.user_id)
    if user is None:
        raise Http404
    return user


def accounts_of_office(actor: Actor) -> QuerySet[User]:
    """People of the actor's own office and of the villages it serves; nobody without an office."""
    if actor.office_id is None:
        return User.objects.none()
    served = territory.villages_of_office(actor.office_id).values("pk")
    mine = Q(office_id=actor.office_id) | Q(village_id__in=served)
    return User.objects.select_related("office", "village__district").filter(mine)


def position_of(user: User) -> tuple[Role, Section | None]:
    """Role and section as the table of rights names them."""
    return Role(user.role), Section(user.section) if user.section else None


def one_of_office(user_id: int, actor: Actor) -> User:
    """One of those people, to look at."""
    user = accounts_of_office(actor).filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


def account_in_office(user_id: int, actor: Actor) -> User:
    """One of those people, locked for a change. Out of scope and not there look the same."""
    user = accounts_of_office(actor).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


def check_name_is_free(username: str) -> None:
    """NameTaken when somebody's user name is this one or looks like it."""
    if is_taken(username, User.objects.values_list("username", flat=True)):
        raise NameTaken


def people_with_a_factor(actor: Actor) -> set[int]:
    """Who of the people this actor manages has a second factor set up."""
    apps = AuthenticatorApp.objects.for_actor(actor).values_list("user_id", flat=True)
    keys = Passkey.objects.for_actor(actor).values_list("user_id", flat=True)
    return {*apps, *keys}
