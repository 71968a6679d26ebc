"""The question for a second factor, asked at the door and again before what takes data home or gives others power."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from bersinar.access import BersinarError
from bersinar.accounts import brake, devices, factors, passkeys
from bersinar.accounts.forms.doors import CodeForm
from bersinar.accounts.models import User
from bersinar.accounts.vocabulary import TryKind


@dataclass(frozen=True, slots=True)
class Question:
    """How it was answered (empty: not yet), and what the page shows."""

    how: str
    form: CodeForm
    held: factors.Held
    # For the browser's part of a key; empty where the person has none or the address is no name.
    options: str = ""


def asked(request: HttpRequest, user: User) -> Question:
    """Show it, or look at what was sent."""
    held = factors.held_by(user)
    if request.method == "POST" and request.POST.get("passkey"):
        return _by_key(request, user, held)
    form = CodeForm(user, request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return Question(form.how, form, held)
    return Question("", form, held, passkeys.ask(request, user))


def _by_key(request: HttpRequest, user: User, held: factors.Held) -> Question:
    form = CodeForm(user, request, {"code": ""})
    form.errors.clear()
    device = devices.known_to(request, user.username)
    try:
        brake.count(user.username, kind=TryKind.SECOND, device=device)
        passkeys.take(request, user, request.POST["passkey"])
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return Question("", form, held, passkeys.ask(request, user))
    brake.release(user.username, kind=TryKind.SECOND, device=device)
    return Question(factors.PASSKEY, form, held)
