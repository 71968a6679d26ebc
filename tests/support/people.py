"""People in every position, invented for the tests."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from bersinar.access import Actor, Role, Section
from bersinar.accounts import clock
from bersinar.accounts.factors import APP
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.sessions import FACTOR, PROVEN, SEEN, SINCE

PASSWORD = "kata sandi untuk uji 1"


def person(username: str, role: Role, section: Section | None = None, **fields: object) -> Actor:
    user = User.objects.create_user(
        username, PASSWORD, name=f"Uji {username}", role=role, section=section or "", **fields
    )
    return actor_of(User.objects.get(pk=user.pk))


def signed_in(force_login: Callable[..., None]) -> Callable[..., None]:
    """Django's short cut past the door, with what the door leaves in the session of somebody who passed it."""

    @functools.wraps(force_login)
    def passed(client: Any, user: User, backend: str | None = None) -> None:
        force_login(client, user, backend)
        session, now = client.session, clock.seconds()
        session.update({FACTOR: APP, SINCE: now, SEEN: now, PROVEN: now})
        session.save()

    return passed
