"""Through both steps of the door, as a person with an authenticator application goes."""

from __future__ import annotations

import time

import pyotp
from django.test import Client
from django.urls import reverse

from bersinar.accounts.models import AuthenticatorApp, User
from bersinar.accounts.rules.codes import STEP, step_at
from bersinar.accounts.sealing import seal
from tests.support.people import PASSWORD

LOGIN, SECOND = "accounts:login", "accounts:second_step"


def give_app(username: str) -> str:
    """An application that was set up some time ago; returns its secret."""
    secret = pyotp.random_base32()
    AuthenticatorApp.objects.create(user=User.objects.get(username=username), sealed_secret=seal(secret))
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """What the application shows now, or so many seconds later."""
    return str(pyotp.TOTP(secret).generate_otp(step_at(time.time() + later)))


def first_step(client: Client, username: str, *, password: str = PASSWORD, target: str = ""):
    return client.post(reverse(LOGIN), {"username": username, "password": password, "next": target})


def second_step(client: Client, code: str):
    return client.post(reverse(SECOND), {"code": code})


def enter(client: Client, username: str, *, password: str = PASSWORD, target: str = ""):
    """Both steps, with an application set up for it; the answer to the second."""
    secret = give_app(username)
    first_step(client, username, password=password, target=target)
    return second_step(client, code_of(secret))


__all__ = ["STEP", "code_of", "enter", "first_step", "give_app", "second_step"]
