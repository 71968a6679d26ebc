"""Whose rows about a person are whose: one's own, and for the administrator those of the people of the office."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bersinar.access import Actor, Right
from bersinar.territory import queries as territory


def of_people(queryset: Any, actor: Actor) -> Any:
    """Rows with a `user` that this actor may see."""
    if not actor.is_known:
        return queryset.none()
    mine = Q(user_id=actor.user_id)
    if actor.can(Right.ACCOUNTS_MANAGE) and actor.office_id is not None:
        served = territory.villages_of_office(actor.office_id).values("pk")
        mine |= Q(user__office_id=actor.office_id) | Q(user__village_id__in=served)
    return queryset.filter(mine)
