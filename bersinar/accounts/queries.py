"""Turning a logged-in person into the plain actor every query asks for."""

from __future__ import annotations

from bersinar.access import Actor, Role, Section
from bersinar.access.vocabulary import rights_of
from bersinar.accounts.models import User
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
    return User.objects.select_related("office", "village").filter(pk=user_id, is_active=True).first()
