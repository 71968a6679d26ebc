"""From the password to a session: half open after the first step, open after the second.

Between the two nobody is signed in: the session holds a number and a moment, and every page still sees a stranger. That
is why no page has to ask whether the second step was done.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from bersinar.accounts import clock, devices, factors, sessions
from bersinar.accounts.actions import people as actions
from bersinar.accounts.models import User
from bersinar.accounts.queries import user_of

ENDED = "berakhir"
_HALF = "setengah"
# The second step must follow soon: a half-open door in an office is an open one.
HALF_OPEN_FOR = 10 * 60


def safe(request: HttpRequest, target: str) -> str:
    """An address of this installation, or nothing."""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    # A path alone: Django takes a bare word for the name of a page, and fails when there is none of that name.
    return target if here and target.startswith("/") else ""


def after_password(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """In at once, or on to the second step."""
    if not factors.needed(user):
        return open_for(request, user, factors.PASSWORD, target)
    request.session.flush()
    request.session[_HALF] = {
        "user": user.pk,
        "since": clock.seconds(),
        "hash": user.get_session_auth_hash(),
        "next": safe(request, target),
    }
    held = factors.held_by(user)
    return redirect("accounts:second_step" if held.any else "accounts:enrol")


def half(request: HttpRequest) -> dict[str, Any]:
    """What the half-open session holds besides: the page may put its own keys there and save."""
    found: dict[str, Any] = request.session.get(_HALF) or {}
    return found


def keep(request: HttpRequest, **facts: Any) -> None:
    """More for the next page of the second step."""
    request.session[_HALF] = half(request) | facts


def waiting(request: HttpRequest) -> User | None:
    """Whose password was right a moment ago, while nothing about the account has changed since."""
    found = half(request)
    if not found or clock.seconds() - found["since"] > HALF_OPEN_FOR:
        return None
    user = user_of(found["user"])
    if user is None or not constant_time_compare(found["hash"], user.get_session_auth_hash()):
        return None
    return user


def open_for(request: HttpRequest, user: User, how: str, target: str, *, pin: str = "") -> HttpResponse:
    """The one place where a session of a person begins; `pin` is the hash of one just chosen on this phone."""
    sessions.SessionStore.clear_expired()
    request.session.flush()
    login(request, user)
    now = clock.seconds()
    request.session.update(
        {
            sessions.SINCE: now,
            sessions.SEEN: now,
            sessions.PROVEN: now,
            sessions.FACTOR: how,
            sessions.LABEL: devices.label(request),
        }
    )
    actions.record_sign_in(user, how)
    response = redirect(safe(request, target) or "reporting:home")
    devices.remember(request, response, user, pin=pin)
    return response
