"""People in every position, invented for the tests."""

from __future__ import annotations

from bersinar.access import Actor, Role, Section
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of

PASSWORD = "kata sandi untuk uji 1"


def person(username: str, role: Role, section: Section | None = None, **fields: object) -> Actor:
    user = User.objects.create_user(
        username, PASSWORD, name=f"Uji {username}", role=role, section=section or "", **fields
    )
    return actor_of(User.objects.get(pk=user.pk))
